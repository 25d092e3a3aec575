//! Whose certificates are believed, and what is wrong with one that is not.

use crate::error::{Error, Result};
use rustls::{
    CertificateError, ClientConfig, Error as TlsError, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{io, path::Path, sync::Arc};

/// The certificates of a PEM file; an error that says what to do if it has none.
pub fn read(file: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let unusable = |why: &str| {
        Error::Startup(format!(
            "--ca-file {} can't be used: {why}; it must be a PEM file of certificates",
            file.display()
        ))
    };
    let found = CertificateDer::pem_file_iter(file)
        .and_then(Iterator::collect::<std::result::Result<Vec<_>, _>>)
        .map_err(|e| unusable(&e.to_string()))?;
    let mut roots = RootCertStore::empty();
    for (number, certificate) in (1..).zip(&found) {
        let added = roots.add(certificate.clone());
        added.map_err(|e| unusable(&format!("its certificate {number} can't be read ({e})")))?;
    }
    match found.is_empty() {
        true => Err(unusable("there is no certificate in it")),
        false => Ok(found),
    }
}

/// The authorities of this system, and `more` beside them.
pub fn config(more: &[CertificateDer<'static>]) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    let (added, ignored) =
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots.add_parsable_certificates(more.iter().cloned());
    tracing::info!(added, ignored, more = more.len(), "authorities that are believed");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// Why no connection to `host` could be secured, in a sentence for who set up the address.
pub fn reason(host: &str, error: &io::Error) -> String {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>());
    match inner {
        Some(TlsError::InvalidCertificate(what)) => certificate(host, what),
        // The first bytes of an answer are those of no TLS record.
        Some(TlsError::InvalidMessage(_)) => format!("{host} speaks no TLS at this port"),
        _ => format!("no TLS connection to {host} came about: {error}"),
    }
}

fn certificate(host: &str, what: &CertificateError) -> String {
    use CertificateError as Wrong;
    match what {
        Wrong::UnknownIssuer | Wrong::BadSignature => format!(
            "the certificate of {host} is not from an authority that is trusted here, or {host} does not \
             send the certificates between them"
        ),
        Wrong::Expired | Wrong::ExpiredContext { .. } => {
            format!("the certificate of {host} has expired")
        }
        Wrong::NotValidYet | Wrong::NotValidYetContext { .. } => {
            format!("the certificate of {host} is not valid yet")
        }
        Wrong::NotValidForName | Wrong::NotValidForNameContext { .. } => {
            format!("the certificate that {host} shows is for another name")
        }
        Wrong::Revoked => format!("the certificate of {host} was revoked"),
        other => format!("the certificate of {host} can't be believed: {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_certificates_is_refused_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        let why = || read(&file).map(|found| found.len()).map_err(|e| e.to_string()).unwrap_err();
        assert!(why().contains("--ca-file") && why().contains("ca.pem"), "{}", why());
        std::fs::write(&file, "").unwrap();
        assert!(why().contains("no certificate in it"), "{}", why());
        let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        std::fs::write(&file, nonsense).unwrap();
        assert!(why().contains("certificate 1 can't be read"), "{}", why());
    }
}
