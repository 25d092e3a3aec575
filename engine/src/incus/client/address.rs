//! Where an Incus is, written as one URL.

use super::tls;
use crate::EngineError;
use rustls::ClientConfig;
use std::path::PathBuf;
use std::sync::Arc;

pub(super) enum Address {
    Unix(PathBuf),
    Tls { host: String, port: u16, config: Arc<ClientConfig> },
}

impl Address {
    /// Reads `unix:///path/to/unix.socket` or
    /// `https://host:8443?cert=client.crt&key=client.key&server=server.crt`, with or without
    /// `incus:` before it.
    pub(super) fn parse(url: &str) -> Result<Address, EngineError> {
        let bare = url.strip_prefix("incus:").unwrap_or(url);
        if let Some(path) = bare.strip_prefix("unix://") {
            if !path.starts_with('/') {
                return Err(wrong(url, "the path of the socket has to begin with /"));
            }
            return Ok(Address::Unix(path.into()));
        }
        let Some(rest) = bare.strip_prefix("https://") else {
            return Err(wrong(url, "it has to begin with unix:// or https://"));
        };
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, port) = split_port(place.trim_end_matches('/'));
        let port = port.parse().map_err(|_| wrong(url, "the port is no number"))?;
        let file = |name: &str| {
            let found = query.split('&').filter_map(|pair| pair.split_once('='));
            let value = found.filter(|(key, _)| *key == name).map(|(_, value)| value).next();
            let value = value.filter(|value| !value.is_empty());
            value.ok_or_else(|| wrong(url, &format!("it needs {name}=FILE")))
        };
        let config = tls::config(file("cert")?, file("key")?, file("server")?)?;
        Ok(Address::Tls { host: host.to_owned(), port, config: Arc::new(config) })
    }
}

/// Of `[::1]:8443`, `host:8443` and `host`; the port of Incus is 8443.
fn split_port(place: &str) -> (&str, &str) {
    match place.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => {
            (host.trim_start_matches('[').trim_end_matches(']'), port)
        }
        _ => (place.trim_start_matches('[').trim_end_matches(']'), "8443"),
    }
}

fn wrong(url: &str, why: &str) -> EngineError {
    EngineError::Refused(format!("the address of Incus {url:?} can't be used: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_addresses_are_explained() {
        for (url, why) in [
            ("http://host", "begin with"),
            ("unix://relative", "begin with /"),
            ("https://host:port", "no number"),
            ("incus:https://host", "cert=FILE"),
            ("https://host?cert=a&key=b", "server=FILE"),
            ("https://host?cert=/no/such&key=b&server=c", "/no/such"),
        ] {
            let error = Address::parse(url).err().map(|error| error.to_string());
            assert!(error.as_ref().is_some_and(|text| text.contains(why)), "{url}: {error:?}");
        }
    }

    #[test]
    fn hosts_and_ports_are_told_apart() {
        assert_eq!(split_port("host:9"), ("host", "9"));
        assert_eq!(split_port("host"), ("host", "8443"));
        assert_eq!(split_port("[::1]:9"), ("::1", "9"));
        assert_eq!(split_port("[::1]"), ("::1", "8443"));
    }
}
