//! `couloir`: serve, and what an operator does beside it.

// Doc comments of arguments are the command line's help, not links.
#![allow(rustdoc::bare_urls, rustdoc::broken_intra_doc_links, rustdoc::invalid_html_tags)]

use clap::{Parser, Subcommand};
use domain::{OrgId, money::Currency, quota::QuotaResource};
use server::{
    admin::{self, Command},
    audit::{self, command::Audit},
    clock::SystemClock,
    cloud::{Cloud, Parts},
    config::{self, Config, ServeArgs, Storage, StorageArgs},
    error::{Error, Result},
    mail::Mail,
    outbound::Outbound,
    serve,
    zones::Zones,
};
use std::{path::PathBuf, process::ExitCode, sync::Arc};
use tracing_subscriber::EnvFilter;

#[derive(Parser)]
#[command(name = "couloir", version, about = "A self-hosted public cloud")]
struct Cli {
    #[command(subcommand)]
    command: Top,
}

#[derive(Subcommand)]
enum Top {
    /// Serves the API and the portal
    Serve(ServeArgs),
    /// What an operator does beside the API
    #[command(subcommand)]
    Admin(Admin),
    /// What anybody does with an exported audit trail
    #[command(subcommand)]
    Audit(Audit),
}

#[derive(clap::Args)]
struct OrganizationArgs {
    /// Name of the organization
    #[arg(long)]
    organization: String,
    /// E-mail address of its first owner
    #[arg(long)]
    email: String,
    /// EUR, CHF or USD
    #[arg(long, default_value = "EUR")]
    currency: Currency,
}

#[derive(clap::Args)]
struct Common {
    #[command(flatten)]
    storage: StorageArgs,
    /// What clients see; for links [default: the running server's, else http://127.0.0.1:8080]
    #[arg(long, env = "COULOIR_ORIGIN")]
    origin: Option<String>,
    /// Address of the server, as for serve; for links when no origin is given
    #[arg(long, env = "COULOIR_LISTEN", hide = true)]
    listen: Option<String>,
    /// Zones, as for serve; needed for what touches an engine when no server runs
    #[arg(long = "zone", env = "COULOIR_ZONES", value_delimiter = ' ')]
    zones: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum Admin {
    /// Makes the first organization, its owner and an API key in an empty database
    Bootstrap {
        #[command(flatten)]
        organization: OrganizationArgs,
        #[command(flatten)]
        common: Common,
    },
    /// Organizations
    #[command(subcommand)]
    Organization(Organization),
    /// The organization of your own staff
    #[command(subcommand)]
    Operator(Operator),
    /// Public templates
    #[command(subcommand)]
    Template(Template),
    /// Limits of an organization
    #[command(subcommand)]
    Quota(Quota),
    /// Makes a one-time sign-in link for a person
    SignInLink {
        #[arg(long)]
        email: String,
        #[command(flatten)]
        common: Common,
    },
    /// How a person signs in
    #[command(subcommand)]
    SecondFactor(SecondFactor),
    /// Verifies database, audit trail and engines
    Check {
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Subcommand)]
enum Organization {
    /// Makes another organization, its owner and an API key
    Create {
        #[command(flatten)]
        organization: OrganizationArgs,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Subcommand)]
enum Operator {
    /// Makes it, once: staff sign in with accounts of their own, which no customer's organization takes
    Create {
        /// Name of the organization
        #[arg(long)]
        organization: String,
        /// E-mail address of its first owner
        #[arg(long)]
        email: String,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Subcommand)]
enum Template {
    /// Makes a public template of an image in the engine's own format
    Import {
        #[arg(long)]
        name: String,
        /// User that the image logs in
        #[arg(long)]
        default_user: String,
        file: PathBuf,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Subcommand)]
enum SecondFactor {
    /// Removes authenticator app, recovery codes and passkeys of a person who has lost them, and ends
    /// their sessions: first make sure who is asking
    Remove {
        #[arg(long)]
        email: String,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Subcommand)]
enum Quota {
    /// Sets how many of a resource an organization may have
    Set {
        /// Id of the organization
        #[arg(long)]
        organization: OrgId,
        /// instance, snapshot, template, iam-key or gpu
        #[arg(long)]
        resource: QuotaResource,
        /// -1 for none
        #[arg(long, allow_negative_numbers = true)]
        limit: i64,
        #[command(flatten)]
        common: Common,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let json = matches!(&cli.command, Top::Serve(args) if args.log_json);
    log(json);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => {
            let result = runtime.block_on(run(cli));
            runtime.shutdown_timeout(std::time::Duration::from_secs(1));
            result
        }
        Err(error) => Err(Error::internal(error)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("couloir: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Logs go to standard error; standard output is for results.
fn log(json: bool) {
    let filter =
        EnvFilter::try_from_env("COULOIR_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json { builder.json().init() } else { builder.init() }
}

async fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Top::Serve(args) => serve::run(Config::of(&args)?).await,
        Top::Admin(command) => admin_command(command).await,
        Top::Audit(command) => {
            println!("{}", audit::command::run(command)?);
            Ok(())
        }
    }
}

async fn admin_command(command: Admin) -> Result<()> {
    let (command, common) = match command {
        Admin::Bootstrap { organization: o, common } => (
            Command::Bootstrap {
                organization: o.organization,
                email: o.email,
                currency: o.currency,
            },
            common,
        ),
        Admin::Organization(Organization::Create { organization: o, common }) => (
            Command::OrganizationCreate {
                organization: o.organization,
                email: o.email,
                currency: o.currency,
            },
            common,
        ),
        Admin::Operator(Operator::Create { organization, email, common }) => {
            (Command::OperatorCreate { organization, email }, common)
        }
        Admin::SignInLink { email, common } => (Command::SignInLink { email }, common),
        Admin::Template(Template::Import { name, default_user, file, mut common }) => {
            let zone = bare_zone(&mut common.zones)?;
            let file = std::path::absolute(&file).map_err(Error::internal)?;
            (Command::TemplateImport { zone, name, default_user, file }, common)
        }
        Admin::Quota(Quota::Set { organization, resource, limit, common }) => {
            (Command::QuotaSet { organization, resource, limit }, common)
        }
        Admin::SecondFactor(SecondFactor::Remove { email, common }) => {
            (Command::SecondFactorRemove { email }, common)
        }
        Admin::Check { common } => (Command::Check, common),
    };
    let storage = Storage::of(&common.storage)?;
    let answer = match admin::socket::ask(&storage.data, &command).await {
        Some(answer) => answer?,
        None => alone(&storage, &common, command).await?,
    };
    if common.json {
        println!("{}", answer.json)
    } else {
        println!("{}", answer.text)
    }
    Ok(())
}

/// `--zone ch-gva-2` names a zone, `--zone ch-gva-2=incus:…` describes one too.
fn bare_zone(zones: &mut Vec<String>) -> Result<String> {
    let Some(at) = zones.iter().position(|z| !z.contains('=')) else {
        let first = zones.first().and_then(|z| z.split('=').next());
        return first
            .map(str::to_owned)
            .ok_or_else(|| Error::Startup("which zone? --zone NAME".into()));
    };
    let name = zones.remove(at);
    if zones.is_empty() {
        *zones = config::zones_of_environment();
    }
    Ok(name)
}

/// No server runs: opens everything itself.
async fn alone(storage: &Storage, common: &Common, command: Command) -> Result<admin::Answer> {
    let serve_args = ServeArgs {
        listen: common.listen.clone(),
        origin: common.origin.clone(),
        storage: common.storage.clone(),
        zones: common.zones.clone(),
        ..ServeArgs::default()
    };
    let config = Config::of(&serve_args)?;
    let opened = serve::open(storage).await?;
    if opened.lock.is_none() {
        return Err(Error::Startup(
            "a server is just starting or ending on this data folder: try again".into(),
        ));
    }
    let cloud = Cloud::new(Parts {
        db: opened.db,
        clock: Arc::new(SystemClock),
        sealer: opened.sealer,
        catalogue: opened.catalogue,
        zones: Zones::open(&config.zones, config.sim_pace, &storage.data)?,
        mail: Mail::open(&config.mail, &config.origin, &storage.data)?,
        outbound: Outbound::open(&config.outbound)?,
        origin: config.origin,
        data: storage.data.clone(),
    });
    let answer = admin::run(&cloud, command).await;
    cloud.db.close().await;
    answer
}
