//! Bytes to and from Incus: a connection for each request.
//!
//! On a local socket a connection costs nothing worth keeping it for, and one that is always new
//! is never a stale one.

use super::address::Address;
use super::failure;
use crate::EngineError;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, header};
use http_body_util::combinators::UnsyncBoxBody;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

const CONNECT_WITHIN: Duration = Duration::from_secs(5);

pub(in crate::incus) trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

pub(in crate::incus) type Connection = Box<dyn Wire>;
pub(super) type Body = UnsyncBoxBody<Bytes, std::io::Error>;

pub(super) async fn send(
    address: &Address,
    method: Method,
    path: &str,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Incoming>, EngineError> {
    let connection = TokioIo::new(connect(address).await?);
    let (mut sender, driver) =
        http1::handshake(connection).await.map_err(|error| failure::unreachable(&error))?;
    // Ends with the connection, which ends with the answer.
    tokio::spawn(driver);
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .body(body)
        .map_err(|error| EngineError::Refused(format!("no such path {path}: {error}")))?;
    *request.headers_mut() = headers;
    request.headers_mut().insert(header::HOST, header::HeaderValue::from_static("incus"));
    sender.send_request(request).await.map_err(|error| failure::unreachable(&error))
}

pub(super) async fn websocket(
    address: &Address,
    path: &str,
) -> Result<WebSocketStream<Connection>, EngineError> {
    let request = format!("ws://incus{path}")
        .into_client_request()
        .map_err(|error| EngineError::Refused(format!("no such path {path}: {error}")))?;
    let connection = connect(address).await?;
    let (socket, _) = tokio_tungstenite::client_async(request, connection)
        .await
        .map_err(|error| failure::unreachable(&error))?;
    Ok(socket)
}

async fn connect(address: &Address) -> Result<Connection, EngineError> {
    let connected = tokio::time::timeout(CONNECT_WITHIN, open(address)).await;
    let connected = connected.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()));
    connected.map_err(|error| failure::unreachable(&error))
}

async fn open(address: &Address) -> std::io::Result<Connection> {
    match address {
        Address::Unix(path) => Ok(Box::new(UnixStream::connect(path).await?)),
        Address::Tls { host, port, config } => {
            let stream = TcpStream::connect((host.as_str(), *port)).await?;
            stream.set_nodelay(true)?;
            let name = ServerName::try_from(host.clone()).map_err(std::io::Error::other)?;
            Ok(Box::new(TlsConnector::from(config.clone()).connect(name, stream).await?))
        }
    }
}
