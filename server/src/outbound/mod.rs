//! Requests to addresses that customers name: never to the inside of a network, never for long, never
//! elsewhere than was asked.
//!
//! The name is resolved here, every address that it has must be allowed, and the connection goes to one
//! of these and not to what the name means a moment later. No answer is followed or read beyond its
//! status.

mod address;
mod trust;
mod wire;

pub use trust::read as authorities;
pub use wire::{Answer, Ask, Post};

use crate::error::Result as Started;
use address::is_allowed;
use http::{Uri, uri::Scheme};
use rustls::{ClientConfig, pki_types::CertificateDer};
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::{Arc, OnceLock},
    time::Duration,
};

pub const URL_CHARACTERS_MAX: usize = 1_000;
/// Resolving, connecting, sending and the answer's head, together.
const WITHIN: Duration = Duration::from_secs(10);

/// What the operator says about them.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// Addresses of private networks and of this machine may be asked, also without TLS.
    pub private: bool,
    /// PEM certificates of authorities that are believed beside those of the system.
    pub ca_file: Option<PathBuf>,
}

pub struct Outbound {
    private: bool,
    authorities: Vec<CertificateDer<'static>>,
    within: Duration,
    /// Made when it is first needed: the system's certificates are many.
    tls: OnceLock<Arc<ClientConfig>>,
}

/// An address that may be asked, as far as its text tells.
#[derive(Clone, Debug)]
pub struct Target {
    https: bool,
    /// As a resolver takes it: without the brackets of an IPv6 address.
    host: String,
    port: u16,
    /// As the header says it.
    authority: String,
    path: String,
}

impl Target {
    /// The host, with its port where that is not the usual one.
    pub fn authority(&self) -> &str {
        &self.authority
    }
}

impl Outbound {
    /// An error if the file of authorities can't be used: found out at the start, not by a webhook.
    pub fn open(setting: &Setting) -> Started<Outbound> {
        let authorities = setting.ca_file.as_deref().map(trust::read).transpose()?;
        Ok(Outbound {
            private: setting.private,
            authorities: authorities.unwrap_or_default(),
            within: WITHIN,
            tls: OnceLock::new(),
        })
    }

    /// The same, more impatient: for tests.
    pub fn within(self, within: Duration) -> Outbound {
        Outbound { within, ..self }
    }

    /// Reads an address; what is wrong follows the name of its field.
    pub fn target(&self, url: &str) -> Result<Target, String> {
        if url.chars().count() > URL_CHARACTERS_MAX {
            return Err(format!("has more than {URL_CHARACTERS_MAX} characters"));
        }
        let uri: Uri =
            url.parse().map_err(|_| "is no address: write https://host/path".to_owned())?;
        let https = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP && self.private => false,
            _ => return Err("must begin with https://".into()),
        };
        let authority = uri.authority().map(|authority| authority.as_str()).unwrap_or_default();
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if authority.contains('@') {
            return Err(
                "must not hold a user or password: what it is sent to checks the signature".into(),
            );
        }
        if host.is_empty() || url.contains('#') {
            return Err("must be a host and a path, without a part behind #".into());
        }
        if let Ok(ip) = host.parse::<IpAddr>()
            && !is_allowed(ip, self.private)
        {
            return Err(refused(ip));
        }
        Ok(Target {
            https,
            host,
            port: uri.port_u16().unwrap_or(if https { 443 } else { 80 }),
            authority: authority.to_owned(),
            path: uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        })
    }

    /// The addresses of a name. One that is not allowed refuses all.
    async fn resolve(&self, target: &Target) -> Result<Vec<SocketAddr>, String> {
        let found = tokio::net::lookup_host((target.host.as_str(), target.port)).await;
        let found: Vec<_> =
            found.map_err(|e| format!("{} has no address: {e}", target.host))?.collect();
        // Which address it is, is for nobody outside to know.
        match found.iter().all(|address| is_allowed(address.ip(), self.private)) {
            false => Err(format!("{} leads to what is not a public address", target.host)),
            true => Ok(found),
        }
    }

    fn tls(&self) -> Arc<ClientConfig> {
        let make = || Arc::new(trust::config(&self.authorities));
        self.tls.get_or_init(make).clone()
    }
}

fn refused(ip: IpAddr) -> String {
    format!("is at {ip}, which is not a public address")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(url: &str, private: bool) -> String {
        let outbound = Outbound::open(&Setting { private, ca_file: None }).unwrap();
        outbound.target(url).map(|_| String::new()).unwrap_or_else(|e| e)
    }

    #[test]
    fn only_https_to_a_public_host_is_taken() {
        assert_eq!(why("https://hooks.example/a?b=c", false), "");
        for wrong in [
            "http://hooks.example/",
            "ftp://hooks.example/",
            "hooks.example/path",
            "https://",
            "https:///path",
            "https://user:secret@hooks.example/",
            "https://hooks.example/#part",
            "https://127.0.0.1/",
            "https://10.1.2.3:8443/",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/",
            "https://[::ffff:192.168.0.1]/",
            "https://hooks.example/ü ",
        ] {
            assert_ne!(why(wrong, false), "", "{wrong}");
        }
        assert_ne!(why(&format!("https://hooks.example/{}", "x".repeat(1_000)), false), "");
    }

    #[test]
    fn an_operator_may_allow_private_addresses_but_no_metadata() {
        assert_eq!(why("http://127.0.0.1:9000/", true), "");
        assert_eq!(why("https://10.1.2.3/", true), "");
        assert_ne!(why("http://169.254.169.254/latest/meta-data", true), "");
    }

    #[tokio::test]
    async fn a_name_is_refused_for_any_of_its_addresses() {
        let outbound = Outbound::open(&Setting::default()).unwrap();
        // As resolvers read them, whatever they look like.
        for host in ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0"] {
            let target = outbound.target(&format!("https://{host}/")).unwrap_or_else(|_| Target {
                https: true,
                host: host.to_owned(),
                port: 443,
                authority: host.to_owned(),
                path: "/".to_owned(),
            });
            assert!(outbound.resolve(&target).await.is_err(), "{host}");
        }
    }
}
