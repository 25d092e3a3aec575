//! One request on a connection of its own.

use super::{Outbound, Target};
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::Full;
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::time::Duration;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;

const AGENT: &str = concat!("Couloir/", env!("CARGO_PKG_VERSION"));
/// Of an answer's head; its body is not read.
const HEAD_BYTES_MAX: usize = 16 * 1_024;
/// Before the next of a host's addresses is tried.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);

trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// What is sent.
pub struct Post<'a> {
    pub target: &'a Target,
    pub headers: HeaderMap,
    pub body: String,
}

impl Outbound {
    /// Sends it, and says how it was answered; or what came in between, in a sentence.
    pub async fn post(&self, post: Post<'_>) -> Result<StatusCode, String> {
        let late = |_| format!("no answer within {} seconds", self.within.as_secs_f32());
        tokio::time::timeout(self.within, self.ask(post)).await.map_err(late)?
    }

    async fn ask(&self, Post { target, headers, body }: Post<'_>) -> Result<StatusCode, String> {
        let wire = TokioIo::new(self.connect(target).await?);
        let said = |e: hyper::Error| format!("the connection ended without an answer: {e}");
        let shaken = http1::Builder::new().max_buf_size(HEAD_BYTES_MAX).handshake(wire).await;
        let (mut sender, driver) = shaken.map_err(said)?;
        let mut request = Request::post(&target.path)
            .header(header::HOST, &target.authority)
            .header(header::USER_AGENT, AGENT)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body)))
            .map_err(|e| e.to_string())?;
        request.headers_mut().extend(headers);
        // The connection goes with this future, whatever the other side still has to say.
        let answered = async {
            let mut driver = std::pin::pin!(driver);
            let mut sending = std::pin::pin!(sender.send_request(request));
            tokio::select! {
                answer = &mut sending => answer,
                Err(error) = &mut driver => Err(error),
            }
        };
        answered.await.map(|answer| answer.status()).map_err(said)
    }

    async fn connect(&self, target: &Target) -> Result<Box<dyn Wire>, String> {
        let mut why = format!("{} has no address", target.host);
        for address in self.resolve(target).await? {
            let connected = tokio::time::timeout(CONNECT_WITHIN, TcpStream::connect(address)).await;
            match connected.map_err(|_| "it takes too long".to_owned()) {
                Ok(Ok(stream)) => return self.secured(target, stream).await,
                Ok(Err(error)) => why = format!("{address} can't be connected to: {error}"),
                Err(error) => why = format!("{address} can't be connected to: {error}"),
            }
        }
        Err(why)
    }

    async fn secured(&self, target: &Target, stream: TcpStream) -> Result<Box<dyn Wire>, String> {
        let _ = stream.set_nodelay(true);
        if !target.https {
            return Ok(Box::new(stream));
        }
        let name = ServerName::try_from(target.host.clone()).map_err(|e| e.to_string())?;
        let tls = TlsConnector::from(self.tls()).connect(name, stream).await;
        let tls = tls.map_err(|e| format!("{} is not who it should be: {e}", target.host))?;
        Ok(Box::new(tls))
    }
}
