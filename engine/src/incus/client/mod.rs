//! A thin client of Incus' REST API: one connection for each request, a limit on every wait.
//!
//! Incus answers in one of three envelopes: a value, an operation to wait for, or an error. What
//! it says in words is sorted into [`EngineError`] in one place, [`failure`].

mod address;
mod envelope;
pub(super) mod failure;
#[cfg(test)]
mod tests;
mod tls;
mod transport;

use crate::EngineError;
use address::Address;
use bytes::Bytes;
use envelope::{Answer, Operation};
use futures::{Stream, StreamExt};
use http::{HeaderMap, Method, header};
use http_body_util::{BodyExt, Full, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::{Duration, Instant};
use tokio_tungstenite::WebSocketStream;
pub(super) use transport::Connection;

/// Largest answer that is read into memory: a list of ten thousand instances takes half of it.
const ANSWER_MAX_BYTES: usize = 256 << 20;
/// Until Incus begins to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// One round of waiting for an operation; there are as many rounds as its deadline allows.
const WAIT_ROUND_SECONDS: u64 = 20;

/// How long an operation may take.
#[derive(Clone, Copy)]
pub(super) struct Deadline(pub Duration);

impl Deadline {
    /// Anything that only turns switches.
    pub(super) const SHORT: Deadline = Deadline(Duration::from_secs(120));
    /// Anything that copies disks.
    pub(super) const LONG: Deadline = Deadline(Duration::from_secs(3600));
}

pub(super) struct Client {
    address: Address,
}

impl Client {
    pub(super) fn new(url: &str) -> Result<Client, EngineError> {
        Ok(Client { address: Address::parse(url)? })
    }

    /// Reads a value.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, EngineError> {
        let answer = self.ask(Method::GET, path, HeaderMap::new(), full(None)).await?;
        envelope::read(answer.metadata)
    }

    /// Sends a request and waits until it is done. Gives what the operation, or else the answer,
    /// has to say.
    pub(super) async fn act(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        deadline: Deadline,
    ) -> Result<Value, EngineError> {
        let answer = self.ask(method, path, HeaderMap::new(), full(body)).await?;
        self.finish(answer, deadline).await
    }

    /// Starts an operation and gives it as it is at its beginning.
    pub(super) async fn begin(
        &self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Result<Operation, EngineError> {
        let answer = self.ask(method, path, HeaderMap::new(), full(Some(body))).await?;
        envelope::read(answer.metadata)
    }

    /// Sends `body` as it comes and waits until it is taken in.
    pub(super) async fn upload(
        &self,
        path: &str,
        headers: HeaderMap,
        body: impl Stream<Item = std::io::Result<Bytes>> + Send + 'static,
        deadline: Deadline,
    ) -> Result<Value, EngineError> {
        let body = StreamBody::new(body.map(|part| part.map(Frame::data)));
        let send = self.ask_within(Method::POST, path, headers, body.boxed_unsync(), deadline.0);
        let answer = send.await?;
        self.finish(answer, deadline).await
    }

    /// Opens a body to be read as it comes.
    pub(super) async fn download(&self, path: &str) -> Result<Incoming, EngineError> {
        let empty = full(None);
        let send = transport::send(&self.address, Method::GET, path, HeaderMap::new(), empty);
        let response = within(ANSWER_WITHIN, send).await?;
        if response.status().is_success() {
            return Ok(response.into_body());
        }
        let bytes = collect(response.into_body()).await?;
        Err(envelope::parse(&bytes).err().unwrap_or_else(|| failure::unexpected("a status")))
    }

    pub(super) async fn websocket(
        &self,
        path: &str,
    ) -> Result<WebSocketStream<Connection>, EngineError> {
        within(ANSWER_WITHIN, transport::websocket(&self.address, path)).await
    }

    pub(super) async fn wait(
        &self,
        operation: &Operation,
        deadline: Deadline,
    ) -> Result<Value, EngineError> {
        let until = Instant::now() + deadline.0;
        let path = format!("/1.0/operations/{}/wait?timeout={WAIT_ROUND_SECONDS}", operation.id);
        loop {
            let now = match self.get::<Operation>(&path).await {
                // Forgotten by a restart, which says nothing of what it was about.
                Err(EngineError::NotFound(text)) if text == "Operation not found" => {
                    return Err(EngineError::Unreachable(text));
                }
                // An operation that failed at once is told as an error, not as an operation.
                other => other?,
            };
            match now.result() {
                Some(Ok(metadata)) => return Ok(metadata),
                Some(Err(error)) => return Err(error),
                None if Instant::now() < until => {}
                None => {
                    let text = format!("{} is still going on", operation.description);
                    return Err(EngineError::Busy(text));
                }
            }
        }
    }

    async fn finish(&self, answer: Answer, deadline: Deadline) -> Result<Value, EngineError> {
        if !answer.is_operation {
            return Ok(answer.metadata);
        }
        let operation: Operation = envelope::read(answer.metadata)?;
        self.wait(&operation, deadline).await
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: HeaderMap,
        body: transport::Body,
    ) -> Result<Answer, EngineError> {
        self.ask_within(method, path, headers, body, ANSWER_WITHIN).await
    }

    async fn ask_within(
        &self,
        method: Method,
        path: &str,
        mut headers: HeaderMap,
        body: transport::Body,
        limit: Duration,
    ) -> Result<Answer, EngineError> {
        let json = header::HeaderValue::from_static("application/json");
        headers.entry(header::CONTENT_TYPE).or_insert(json);
        let begun = Instant::now();
        let answer = within(limit, async {
            let send = transport::send(&self.address, method.clone(), path, headers, body);
            envelope::parse(&collect(send.await?.into_body()).await?)
        })
        .await;
        let took_us = begun.elapsed().as_micros();
        tracing::debug!(%method, path, took_us, is_ok = answer.is_ok(), "Incus was asked");
        answer
    }
}

fn full(body: Option<&Value>) -> transport::Body {
    let bytes = body.map(|value| Bytes::from(value.to_string())).unwrap_or_default();
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

async fn collect(body: Incoming) -> Result<Bytes, EngineError> {
    let collected = Limited::new(body, ANSWER_MAX_BYTES).collect().await;
    Ok(collected.map_err(|error| failure::unreachable(&*error))?.to_bytes())
}

async fn within<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, EngineError>>,
) -> Result<T, EngineError> {
    tokio::time::timeout(limit, work).await.unwrap_or_else(|_| {
        Err(EngineError::Unreachable(format!("no answer in {} seconds", limit.as_secs())))
    })
}
