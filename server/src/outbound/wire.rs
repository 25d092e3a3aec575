//! One request on a connection of its own.

use super::{Outbound, Target, trust};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
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
/// Of an answer's head.
const HEAD_BYTES_MAX: usize = 16 * 1_024;
/// Before the next of a host's addresses is tried.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);

trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// What is sent to be taken.
pub struct Post<'a> {
    pub target: &'a Target,
    pub headers: HeaderMap,
    pub body: String,
}

/// A question, whose answer is read.
pub struct Ask<'a> {
    pub target: &'a Target,
    pub method: Method,
    pub headers: HeaderMap,
    pub body: String,
    /// Most of the answer's body, in bytes; more is an error.
    pub bytes_max: usize,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Vec<u8>,
}

impl Outbound {
    /// Sends it, and says how it was answered; or what came in between, in a sentence.
    pub async fn post(&self, post: Post<'_>) -> Result<StatusCode, String> {
        let Post { target, mut headers, body } = post;
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let asked = self.exchange(target, Method::POST, headers, body, None);
        Ok(self.in_time(asked).await?.status)
    }

    /// Asks, and reads the answer; or says what came in between, in a sentence.
    pub async fn ask(&self, ask: Ask<'_>) -> Result<Answer, String> {
        let Ask { target, method, headers, body, bytes_max } = ask;
        self.in_time(self.exchange(target, method, headers, body, Some(bytes_max))).await
    }

    async fn in_time(
        &self,
        asked: impl Future<Output = Result<Answer, String>>,
    ) -> Result<Answer, String> {
        let late = |_| format!("no answer within {} seconds", self.within.as_secs_f32());
        tokio::time::timeout(self.within, asked).await.map_err(late)?
    }

    async fn exchange(
        &self,
        target: &Target,
        method: Method,
        headers: HeaderMap,
        body: String,
        bytes_max: Option<usize>,
    ) -> Result<Answer, String> {
        let wire = TokioIo::new(self.connect(target).await?);
        let said = |e: hyper::Error| format!("the connection ended without an answer: {e}");
        let shaken = http1::Builder::new().max_buf_size(HEAD_BYTES_MAX).handshake(wire).await;
        let (mut sender, driver) = shaken.map_err(said)?;
        let mut request = Request::builder()
            .method(method)
            .uri(&target.path)
            .header(header::HOST, &target.authority)
            .header(header::USER_AGENT, AGENT)
            .body(Full::new(Bytes::from(body)))
            .map_err(|e| e.to_string())?;
        request.headers_mut().extend(headers);
        let answered = async {
            let answer = sender.send_request(request).await.map_err(said)?;
            let status = answer.status();
            let Some(most) = bytes_max else { return Ok(Answer { status, body: Vec::new() }) };
            let body = Limited::new(answer.into_body(), most).collect().await;
            let body = body.map_err(|e| format!("its answer can't be read to the end: {e}"))?;
            Ok(Answer { status, body: body.to_bytes().into() })
        };
        // The connection goes with this future, whatever the other side still has to say.
        let mut driver = std::pin::pin!(driver);
        let mut answered = std::pin::pin!(answered);
        tokio::select! {
            biased;
            answer = &mut answered => return answer,
            ended = &mut driver => ended.map_err(said)?,
        }
        // The other side has ended it, and what it said before is still to be read.
        answered.await
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
        let tls = tls.map_err(|e| trust::reason(&target.host, &e))?;
        Ok(Box::new(tls))
    }
}
