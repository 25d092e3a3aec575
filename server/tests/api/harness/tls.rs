//! An authority of one's own, and servers that speak TLS with what it signed, rightly and wrongly.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// The name that right certificates are for.
pub const HOST: &str = "localhost";

pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: TempDir,
}

/// What a server shows, and its key.
pub struct Shown(CertificateDer<'static>, PrivateKeyDer<'static>);

impl Authority {
    pub fn new() -> Authority {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(file(folder.path()), issuer.pem()).unwrap();
        Authority { issuer, folder }
    }

    /// Its certificate, as an operator has it.
    pub fn file(&self) -> PathBuf {
        file(self.folder.path())
    }

    /// A certificate for this name.
    pub fn certificate(&self, name: &str) -> Shown {
        self.signs(params(name))
    }

    /// One whose time is over.
    pub fn expired(&self) -> Shown {
        let mut params = params(HOST);
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(2001, 1, 1);
        self.signs(params)
    }

    /// One whose time is yet to come.
    pub fn of_later(&self) -> Shown {
        let mut params = params(HOST);
        params.not_before = date_time_ymd(4000, 1, 1);
        self.signs(params)
    }

    fn signs(&self, params: CertificateParams) -> Shown {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Shown(certificate.der().clone(), key.into())
    }
}

/// One that only its holder vouches for.
pub fn self_signed() -> Shown {
    let key = KeyPair::generate().unwrap();
    let certificate = params(HOST).self_signed(&key).unwrap();
    Shown(certificate.der().clone(), key.into())
}

fn params(name: &str) -> CertificateParams {
    CertificateParams::new([name.to_owned()]).unwrap()
}

fn file(folder: &Path) -> PathBuf {
    folder.join("ca.pem")
}

/// TLS in front of a server that speaks plain HTTP.
pub struct Front {
    port: u16,
    connections: Arc<AtomicUsize>,
}

impl Front {
    /// Before what listens at `behind`, an address such as `http://127.0.0.1:1/`.
    pub async fn of(behind: &str, Shown(certificate, key): Shown) -> Front {
        let behind = behind.trim_start_matches("http://").trim_end_matches('/');
        let behind: SocketAddr = behind.parse().unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = connections.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(pass(acceptor.clone(), stream, behind));
            }
        });
        Front { port, connections }
    }

    /// By this name, or however the address of this machine is written.
    pub fn url(&self, host: &str) -> String {
        format!("https://{host}:{}", self.port)
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Who does not shake hands gets nothing.
async fn pass(acceptor: TlsAcceptor, stream: TcpStream, behind: SocketAddr) -> Option<()> {
    let mut secured = acceptor.accept(stream).await.ok()?;
    let mut inner = TcpStream::connect(behind).await.ok()?;
    tokio::io::copy_bidirectional(&mut secured, &mut inner).await.ok()?;
    Some(())
}
