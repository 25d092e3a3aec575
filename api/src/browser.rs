//! The browser's transport: `fetch`, with the session cookie.

use crate::{
    Method,
    client::{Answering, RawRequest, RawResponse, Transport, TransportError},
    forms::FormOutcome,
};
use gloo_net::http::RequestBuilder;

/// Requests to the page's own origin.
pub struct Fetch;

impl Transport for Fetch {
    fn send(&self, request: RawRequest) -> Answering<'_> {
        Box::pin(async move {
            let failed = |e: gloo_net::Error| TransportError(e.to_string());
            let method = match request.method {
                Method::GET => http::Method::GET,
                Method::POST => http::Method::POST,
                Method::PUT => http::Method::PUT,
                Method::DELETE => http::Method::DELETE,
            };
            let mut builder = RequestBuilder::new(&request.path_and_query)
                .method(method)
                .credentials(web_sys::RequestCredentials::SameOrigin)
                .header("content-type", "application/json");
            for (name, value) in &request.headers {
                builder = builder.header(name, value);
            }
            let ready = match request.body {
                Some(body) => builder.body(body),
                None => builder.build(),
            };
            let response = ready.map_err(failed)?.send().await.map_err(failed)?;
            Ok(RawResponse {
                status: response.status(),
                etag: response.headers().get("etag"),
                link: response.headers().get("link"),
                body: response.text().await.map_err(failed)?,
            })
        })
    }
}

/// What stands at an address.
pub async fn text_of(url: &str) -> Result<String, TransportError> {
    let failed = |e: gloo_net::Error| TransportError(e.to_string());
    let answer = RequestBuilder::new(url).send().await.map_err(failed)?;
    match answer.ok() {
        true => answer.text().await.map_err(failed),
        false => Err(TransportError(format!("the answer was {}", answer.status()))),
    }
}

/// Sends a form's fields, already urlencoded, to the adapter that they would go to without scripts.
pub async fn submit_form(action: &str, fields: String) -> Result<FormOutcome, TransportError> {
    let failed = |e: gloo_net::Error| TransportError(e.to_string());
    let request = RequestBuilder::new(action)
        .method(http::Method::POST)
        .credentials(web_sys::RequestCredentials::SameOrigin)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "application/json")
        .body(fields)
        .map_err(failed)?;
    let answer = request.send().await.map_err(failed)?;
    answer.json().await.map_err(failed)
}
