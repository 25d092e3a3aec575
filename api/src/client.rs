//! The client that portal and tests use: one method per table row by type, over any transport.

use crate::{
    ErrorBody, ErrorCode, Preview,
    endpoints::{Call, Endpoint, Method},
    resolve::{encode, fill},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{collections::BTreeMap, future::Future, pin::Pin, sync::Arc};

/// A request as a transport sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRequest {
    pub method: Method,
    /// `/v2/instance?limit=50`
    pub path_and_query: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<String>,
}

/// An answer as a transport receives it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RawResponse {
    pub status: u16,
    pub etag: Option<String>,
    pub link: Option<String>,
    pub body: String,
}

/// The server was not reached.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TransportError(pub String);

#[cfg(not(target_arch = "wasm32"))]
pub type Answering<'a> =
    Pin<Box<dyn Future<Output = Result<RawResponse, TransportError>> + Send + 'a>>;
#[cfg(target_arch = "wasm32")]
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<RawResponse, TransportError>> + 'a>>;

/// How requests reach the server: `fetch` in a browser, the router itself on the server.
pub trait Transport: Send + Sync {
    fn send(&self, request: RawRequest) -> Answering<'_>;
}

/// A typed answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply<T> {
    pub body: T,
    /// Version of what was read, for `If-Match`.
    pub etag: Option<String>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// Calls endpoints by their type.
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    headers: Vec<(&'static str, String)>,
}

impl Client {
    pub fn new(transport: Arc<dyn Transport>) -> Self {
        Client { transport, headers: Vec::new() }
    }

    /// The same client, sending one header more.
    pub fn with_header(&self, name: &'static str, value: impl Into<String>) -> Self {
        let mut client = self.clone();
        client.headers.push((name, value.into()));
        client
    }

    /// Calls an endpoint.
    pub async fn call<C: Call>(
        &self,
        _operation: C,
        params: &[(&str, &str)],
        input: &C::Input,
    ) -> Result<Reply<C::Output>, ErrorBody> {
        self.send::<C, C::Output>(params, input, false).await
    }

    /// Asks what a mutation would do, without doing it.
    pub async fn preview<C: Call>(
        &self,
        _operation: C,
        params: &[(&str, &str)],
        input: &C::Input,
    ) -> Result<Preview, ErrorBody> {
        Ok(self.send::<C, Preview>(params, input, true).await?.body)
    }

    async fn send<C: Call, O: DeserializeOwned>(
        &self,
        params: &[(&str, &str)],
        input: &C::Input,
        dry_run: bool,
    ) -> Result<Reply<O>, ErrorBody> {
        let input = serde_json::to_value(input).map_err(|e| unreadable(&e.to_string()))?;
        let reply = self.text(&C::ENDPOINT, params, input, dry_run).await?;
        reply.read()
    }

    /// Calls an endpoint whose types only the caller knows; the body stays text.
    pub async fn text(
        &self,
        endpoint: &Endpoint,
        params: &[(&str, &str)],
        input: Value,
        dry_run: bool,
    ) -> Result<Reply<String>, ErrorBody> {
        let mut path_and_query = format!("/v2{}", fill(endpoint.path, params));
        let mut body = None;
        if endpoint.method == Method::GET {
            path_and_query.push_str(&query(&input));
        } else {
            body = Some(input.to_string());
        }
        if dry_run {
            path_and_query.push_str("?dry-run=true");
        }
        let headers = self.headers.clone();
        let request = RawRequest { method: endpoint.method, path_and_query, headers, body };
        let answer = self.transport.send(request).await.map_err(|e| unreachable(&e))?;
        if !(200..300).contains(&answer.status) {
            return Err(serde_json::from_str(&answer.body)
                .unwrap_or_else(|_| unreadable(&format!("status {}", answer.status))));
        }
        let body = if answer.body.is_empty() { "{}".to_owned() } else { answer.body };
        let next = answer.link.as_deref().and_then(next_cursor);
        Ok(Reply { body, etag: answer.etag, next })
    }
}

impl Reply<String> {
    /// The answer as what it is.
    pub fn read<O: DeserializeOwned>(self) -> Result<Reply<O>, ErrorBody> {
        let body = serde_json::from_str(&self.body).map_err(|e| unreadable(&e.to_string()))?;
        Ok(Reply { body, etag: self.etag, next: self.next })
    }
}

/// A query string of a flat struct, `?` included; empty when nothing is set.
pub fn query<I: Serialize>(input: &I) -> String {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(input) else {
        return String::new();
    };
    let mut text = String::new();
    for (name, value) in fields {
        let value = match value {
            serde_json::Value::Null => continue,
            serde_json::Value::String(s) => s,
            other => other.to_string(),
        };
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(&format!("{}={}", encode(&name), encode(&value)));
    }
    text
}

/// `<…cursor=abc…>; rel="next"` → `abc`
fn next_cursor(link: &str) -> Option<String> {
    let url = link.split(';').next()?.trim().trim_matches(['<', '>']);
    let query = url.split_once('?')?.1;
    let value = query.split('&').find_map(|p| p.strip_prefix("cursor="))?;
    crate::resolve::decode(value)
}

/// What to say when the server was not reached.
pub fn unreachable(error: &TransportError) -> ErrorBody {
    ErrorBody {
        message: format!("The server could not be reached ({error}). Nothing is lost: try again."),
        code: ErrorCode::Unavailable,
        fields: BTreeMap::new(),
        request_id: None,
        request_access: None,
    }
}

fn unreadable(what: &str) -> ErrorBody {
    ErrorBody {
        message: format!("The server's answer could not be read ({what}). Reload the page."),
        code: ErrorCode::Internal,
        fields: BTreeMap::new(),
        request_id: None,
        request_access: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_hold_only_what_is_set() {
        let input =
            crate::ListInstances { q: Some("a b".into()), limit: Some(50), ..Default::default() };
        assert_eq!(query(&input), "?limit=50&q=a%20b");
        assert_eq!(query(&crate::Nothing {}), "");
    }

    #[test]
    fn the_next_cursor_comes_from_the_link() {
        let link = "</v2/instance?limit=50&cursor=a%3D>; rel=\"next\"";
        assert_eq!(next_cursor(link).as_deref(), Some("a="));
    }
}
