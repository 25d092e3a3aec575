//! Settings: flag before environment before the table `[couloir]` of `Leptos.toml`. The only reader
//! of the environment.

// Doc comments of arguments are the command line's help, not links.
#![allow(rustdoc::bare_urls, rustdoc::broken_intra_doc_links, rustdoc::invalid_html_tags)]

mod storage;

use crate::{
    error::{Error, Result},
    mail, outbound,
    zones::ZoneSetting,
};
use clap::Args;
use engine::sim::Pace;
use ipnet::IpNet;
use serde::Deserialize;
use std::{net::SocketAddr, path::PathBuf};
pub use storage::{Storage, StorageArgs};

const DEFAULT_LISTEN: &str = "127.0.0.1:8080";
const DEFAULT_ZONES: [&str; 2] = ["ch-gva-2=sim", "de-fra-1=sim"];

#[derive(Args, Clone, Debug, Default)]
pub struct ServeArgs {
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "COULOIR_LISTEN")]
    pub listen: Option<String>,
    /// What clients see, such as https://cloud.example [default: http://LISTEN]
    #[arg(long, env = "COULOIR_ORIGIN")]
    pub origin: Option<String>,
    #[command(flatten)]
    pub storage: StorageArgs,
    /// NAME=sim[:SEED], NAME=incus:unix:///PATH or
    /// NAME=incus:https://HOST:8443?cert=FILE&key=FILE&server=FILE (PEM: client certificate, its
    /// key, the server's certificate); may be repeated
    #[arg(long = "zone", env = "COULOIR_ZONES", value_delimiter = ' ')]
    pub zones: Vec<String>,
    /// real (calls take their time, as with a real engine) or instant: how simulated zones answer
    /// [default: real]
    #[arg(long, env = "COULOIR_SIM_PACE", value_parser = ["real", "instant"])]
    pub sim_pace: Option<String>,
    /// Network of a proxy whose X-Forwarded-For is believed; may be repeated
    #[arg(long = "trusted-proxy", env = "COULOIR_TRUSTED_PROXIES", value_delimiter = ' ')]
    pub trusted_proxies: Vec<IpNet>,
    /// Mail server, such as smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST:587?tls=required;
    /// without one mail becomes files in DATA/mail
    #[arg(long, env = "COULOIR_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Address that mail comes from [default: no-reply@ the origin's host]
    #[arg(long, env = "COULOIR_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Webhooks may be at addresses of private networks and of this machine, also without TLS
    #[arg(long, env = "COULOIR_WEBHOOKS_TO_PRIVATE_ADDRESSES")]
    pub webhooks_to_private_addresses: bool,
    /// Authorities, PEM, that certificates of webhooks, identity providers and the mail server may be
    /// from, beside those of this system
    #[arg(long, env = "COULOIR_CA_FILE")]
    pub ca_file: Option<PathBuf>,
    /// Certificate chain, PEM: serves https
    #[arg(long, env = "COULOIR_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Private key, PEM
    #[arg(long, env = "COULOIR_TLS_KEY", requires = "tls_cert", hide_env_values = true)]
    pub tls_key: Option<PathBuf>,
    /// Address of GET /metrics; none when left out
    #[arg(long, env = "COULOIR_METRICS")]
    pub metrics: Option<SocketAddr>,
    /// Log as JSON lines
    #[arg(long, env = "COULOIR_LOG_JSON")]
    pub log_json: bool,
}

/// The table `[couloir]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct File {
    listen: Option<String>,
    origin: Option<String>,
    database: Option<String>,
    database_connections: Option<u32>,
    data: Option<PathBuf>,
    zones: Vec<String>,
    trusted_proxies: Vec<IpNet>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    webhooks_to_private_addresses: bool,
    ca_file: Option<PathBuf>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    metrics: Option<SocketAddr>,
}

impl File {
    fn read() -> Result<File> {
        let Ok(text) = std::fs::read_to_string("Leptos.toml") else { return Ok(File::default()) };
        let table: toml::Table =
            text.parse().map_err(|e| Error::Startup(format!("Leptos.toml: {e}")))?;
        match table.get("couloir") {
            None => Ok(File::default()),
            Some(part) => part
                .clone()
                .try_into()
                .map_err(|e| Error::Startup(format!("Leptos.toml, [couloir]: {e}"))),
        }
    }
}

/// Everything `serve` needs, decided and checked.
#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    pub origin: String,
    pub storage: Storage,
    pub zones: Vec<ZoneSetting>,
    /// How simulated zones answer; load tests do not want to wait for them.
    pub sim_pace: Pace,
    pub trusted_proxies: Vec<IpNet>,
    pub mail: mail::Setting,
    pub outbound: outbound::Setting,
    pub tls: Option<(PathBuf, PathBuf)>,
    pub metrics: Option<SocketAddr>,
}

impl Config {
    pub fn of(args: &ServeArgs) -> Result<Config> {
        let file = File::read()?;
        let storage = Storage::decide(&args.storage, &file);
        let listen = args.listen.clone().or(file.listen).unwrap_or_else(|| DEFAULT_LISTEN.into());
        let listen: SocketAddr = listen.parse().map_err(|_| {
            Error::Startup(format!(
                "--listen {listen:?} is no address: write IP:PORT, such as 127.0.0.1:8080"
            ))
        })?;
        let tls =
            args.tls_cert.clone().or(file.tls_cert).zip(args.tls_key.clone().or(file.tls_key));
        let scheme = if tls.is_some() { "https" } else { "http" };
        let origin =
            args.origin.clone().or(file.origin).unwrap_or_else(|| format!("{scheme}://{listen}"));
        let origin = check_origin(&origin)?;
        let mut zones = if args.zones.is_empty() { file.zones } else { args.zones.clone() };
        zones.retain(|z| !z.is_empty());
        if zones.is_empty() {
            zones = DEFAULT_ZONES.map(str::to_owned).to_vec();
        }
        let zones =
            zones.iter().map(|z| z.parse().map_err(Error::Startup)).collect::<Result<_>>()?;
        let mut trusted_proxies = args.trusted_proxies.clone();
        if trusted_proxies.is_empty() {
            trusted_proxies = file.trusted_proxies;
        }
        let ca_file = args.ca_file.clone().or(file.ca_file);
        Ok(Config {
            listen,
            origin,
            storage,
            zones,
            sim_pace: match args.sim_pace.as_deref() {
                Some("instant") => Pace::Instant,
                _ => Pace::Real,
            },
            trusted_proxies,
            mail: mail::Setting {
                smtp: args.smtp_url.clone().or(file.smtp_url),
                from: args.mail_from.clone().or(file.mail_from),
                ca_file: ca_file.clone(),
            },
            outbound: outbound::Setting {
                private: args.webhooks_to_private_addresses || file.webhooks_to_private_addresses,
                ca_file,
            },
            tls,
            metrics: args.metrics.or(file.metrics),
        })
    }
}

/// The zones that the environment describes, for a command whose `--zone` only names one.
pub fn zones_of_environment() -> Vec<String> {
    let text = std::env::var("COULOIR_ZONES").unwrap_or_default();
    text.split_whitespace().map(str::to_owned).collect()
}

/// Over plain http only a browser on this very machine may sign in.
impl Config {
    /// Whether the origin is the address of all interfaces, which is no address to go to.
    pub fn has_no_real_origin(&self) -> bool {
        let uri = self.origin.parse::<http::Uri>().unwrap_or_default();
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_unspecified())
    }
}

fn check_origin(origin: &str) -> Result<String> {
    let trimmed = origin.trim_end_matches('/');
    let uri: http::Uri =
        trimmed.parse().map_err(|_| Error::Startup(format!("--origin {origin:?} is no URL")))?;
    let host = uri.host().unwrap_or_default();
    let only_host = trimmed.split("://").nth(1).is_some_and(|rest| !rest.contains('/'));
    if host.is_empty() || !only_host {
        return Err(Error::Startup(format!(
            "--origin {origin:?} must be scheme, host and port only, such as https://cloud.example"
        )));
    }
    let loopback = host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    match uri.scheme_str() {
        Some("https") => Ok(trimmed.to_owned()),
        Some("http") if loopback => Ok(trimmed.to_owned()),
        Some("http") => Err(Error::Startup(format!(
            "With the origin {origin} passwords and sessions would travel unencrypted, so this does not start.\n\
             Put TLS before it, in one of two ways:\n  \
             couloir serve --tls-cert CHAIN.pem --tls-key KEY.pem --origin https://{host}\n  \
             a proxy that ends TLS:  couloir serve --listen 127.0.0.1:8080 --origin https://{host} --trusted-proxy 127.0.0.1/32"
        ))),
        _ => {
            Err(Error::Startup(format!("--origin {origin:?} must begin with https:// or http://")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_is_explained_where_people_look() {
        let readme = include_str!("../../README.md");
        let serve = ServeArgs::augment_args(clap::Command::new("serve"));
        for option in serve.get_arguments() {
            let flag = format!("`--{}", option.get_long().unwrap_or_default());
            let variable = option.get_env().and_then(|name| name.to_str()).unwrap_or_default();
            assert!(readme.contains(&flag), "{flag} is not in the README");
            assert!(readme.contains(&format!("`{variable}`")), "{variable} is not in the README");
        }
        let help = serve.get_arguments().find(|o| o.get_long() == Some("zone"));
        let help = help.and_then(|option| option.get_help()).map(ToString::to_string);
        for file in ["cert=FILE", "key=FILE", "server=FILE"] {
            assert!(help.as_ref().is_some_and(|help| help.contains(file)), "{help:?}");
        }
    }

    #[test]
    fn http_is_for_loopback_only() {
        for right in [
            "http://127.0.0.1:8080",
            "http://localhost:1",
            "http://[::1]:80",
            "https://cloud.example",
            "https://x:8443/",
        ] {
            assert!(check_origin(right).is_ok(), "{right}");
        }
        for wrong in [
            "http://cloud.example",
            "http://0.0.0.0:80",
            "http://10.0.0.1",
            "ftp://x",
            "cloud.example",
            "https://x/portal",
            "",
        ] {
            assert!(check_origin(wrong).is_err(), "{wrong}");
        }
        let message =
            check_origin("http://cloud.example").map_err(|e| e.to_string()).expect_err("refused");
        assert!(message.contains("--tls-cert") && message.contains("--trusted-proxy"));
    }
}
