//! `cargo xtask start`: build, prepare the data folder, serve, say how to sign in.

use crate::args::{Accepts, Args};
use crate::build;
use crate::net;
use crate::progress::Progress;
use crate::server::Settings;
use crate::signals;
use crate::workspace::{Profile, Workspace};
use anyhow::{Context, Result, bail};
use std::fs;
use std::net::SocketAddr;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const LISTEN: &str = "127.0.0.1:8080";
/// How many ports after the usual one are tried when nobody asked for one.
const PORTS_TRIED: u16 = 20;
const EMAIL: &str = "admin@localhost";
const INCUS_SOCKET: &str = "/var/lib/incus/unix.socket";

/// The command line of `start`.
pub fn command(given: &[String]) -> Result<ExitCode> {
    let accepts =
        Accepts { switches: &["release"], options: &["engine", "listen", "data"], words: false };
    let args = Args::parse(given, &accepts)?;
    let workspace = Workspace::find()?;
    let profile = Profile::from_release(args.has("release"));
    let zones = zones(args.value("engine").unwrap_or("sim"))?;
    let data = args.value("data").map_or_else(|| workspace.root.join("data"), PathBuf::from);
    refuse_a_second_server(&data)?;
    let progress = Progress::start();
    let listen = address(args.value("listen"), &progress)?;

    let binary = build::everything(&workspace, profile, &progress)?;
    fs::create_dir_all(&data).with_context(|| format!("making {}", data.display()))?;
    let data = data.canonicalize()?;
    let database = format!("sqlite:{}", data.join("couloir.db").display());
    let settings = Settings { binary, listen, data, database, zones, instant: false };
    let link = first_sign_in(&settings, &progress)?;

    signals::forward(false)?;
    progress.say("starting the server");
    let mut server = settings.serve(&progress)?;
    progress.say("ready");
    println!("\n{}\n", welcome(&settings, link.as_deref(), &workspace));
    let status = server.wait()?;
    progress.say(&format!("the server has ended ({status})"));
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What to tell a person once it runs.
fn welcome(settings: &Settings, link: Option<&str>, workspace: &Workspace) -> String {
    let how = match link {
        Some(link) => format!("Sign in (once): {link}"),
        None => format!(
            "New sign-in link: {} admin sign-in-link --email {EMAIL} --database {} --data {}",
            workspace.shown(&settings.binary),
            settings.database,
            workspace.shown(&settings.data),
        ),
    };
    format!("  Couloir runs at {}\n  {how}\n  Ctrl-C ends it.", settings.origin())
}

/// Makes the first organization when there is no database yet; returns its sign-in link.
fn first_sign_in(settings: &Settings, progress: &Progress) -> Result<Option<String>> {
    let file = settings.data.join("couloir.db");
    if fs::metadata(&file).is_ok_and(|present| present.len() > 0) {
        return Ok(None);
    }
    let words = ["admin", "bootstrap", "--organization", "Couloir", "--email", EMAIL, "--json"];
    progress.step("preparing the data folder: organization, admin, sign-in link", || {
        let made = settings.admin(&words).inspect_err(|_| {
            // What a failed first start leaves would make the next one skip this step.
            for suffix in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{suffix}", file.display()));
            }
        })?;
        let link = made["sign-in-url"].as_str().context("bootstrap printed no sign-in-url")?;
        Ok(Some(link.to_owned()))
    })
}

/// The zones of a local platform with the wanted engine.
fn zones(engine: &str) -> Result<Vec<String>> {
    match engine {
        "sim" => Ok(vec!["ch-gva-2=sim".into(), "de-fra-1=sim".into()]),
        "incus" => {
            if let Err(error) = UnixStream::connect(INCUS_SOCKET) {
                bail!("{}", no_incus(&error, Path::new(INCUS_SOCKET).exists()));
            }
            Ok(vec![format!("ch-gva-2=incus:unix://{INCUS_SOCKET}")])
        }
        other => bail!("--engine {other}: known engines are sim and incus"),
    }
}

fn no_incus(error: &std::io::Error, present: bool) -> String {
    let advice = if present {
        "a socket is there: start the daemon (systemctl start incus) or run this as root or as a \
         member of the group incus-admin"
    } else {
        "install Incus (apt-get install incus; on Debian 12 from bookworm-backports), or leave out \
         --engine incus to use the simulated engine"
    };
    format!("no Incus answers at {INCUS_SOCKET} ({error}): {advice}")
}

/// The address to listen on: the one asked for, or the first free one from the usual port up.
fn address(asked: Option<&str>, progress: &Progress) -> Result<SocketAddr> {
    if let Some(asked) = asked {
        let address: SocketAddr =
            asked.parse().with_context(|| format!("--listen {asked} is not ADDRESS:PORT"))?;
        if !net::is_free(address)? {
            bail!("{address} is taken by another program: end it, or choose another --listen");
        }
        return Ok(address);
    }
    let usual: SocketAddr = LISTEN.parse().context("the usual address")?;
    for port in usual.port()..usual.port() + PORTS_TRIED {
        let address = SocketAddr::new(usual.ip(), port);
        if net::is_free(address)? {
            if address != usual {
                progress.say(&format!("{usual} is taken, using {address}"));
            }
            return Ok(address);
        }
    }
    bail!("{usual} and the next {PORTS_TRIED} ports are taken: choose another with --listen")
}

/// One data folder belongs to one server.
fn refuse_a_second_server(data: &Path) -> Result<()> {
    if UnixStream::connect(data.join("admin.sock")).is_ok() {
        bail!(
            "a server already runs on {}: end it, or choose another folder with --data",
            data.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn a_taken_port_is_an_error_only_when_it_was_asked_for() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let taken = listener.local_addr().unwrap().to_string();
        let refused = address(Some(&taken), &Progress::start()).unwrap_err();
        assert!(refused.to_string().contains("is taken"), "{refused}");
        assert!(address(Some("8080"), &Progress::start()).is_err());
    }

    #[test]
    fn zones_follow_the_engine() {
        assert_eq!(zones("sim").unwrap(), ["ch-gva-2=sim", "de-fra-1=sim"]);
        assert!(zones("vmware").unwrap_err().to_string().contains("sim and incus"));
    }

    #[test]
    fn a_missing_incus_says_what_to_do() {
        let error = std::io::Error::from(std::io::ErrorKind::NotFound);
        assert!(no_incus(&error, false).contains("apt-get install incus"));
        assert!(no_incus(&error, true).contains("incus-admin"));
    }
}
