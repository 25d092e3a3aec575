//! The API, called without a socket, as the visitor.

use crate::http::compression;
use api::{RawRequest, RawResponse, Transport, TransportError};
use axum::{
    Router,
    body::{Body, to_bytes},
};
use http::{Extensions, HeaderMap, HeaderName, Request, Response, header, request::Parts};
use std::{
    future::Future,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
};
use tower::ServiceExt;

/// What of the visitor's request the API gets to see.
const FORWARDED: [HeaderName; 6] = [
    header::COOKIE,
    header::ORIGIN,
    header::HOST,
    header::USER_AGENT,
    header::ACCEPT_LANGUAGE,
    HeaderName::from_static("sec-fetch-site"),
];
/// Longest answer that a page or form takes in, in bytes.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// Calls the API's router with one visitor's credentials and address.
pub struct InProcess {
    api: Router,
    headers: HeaderMap,
    extensions: Extensions,
    got_secret: AtomicBool,
}

/// What the API said.
pub struct Answer {
    pub status: http::StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl InProcess {
    pub fn new(api: Router, visitor: &Parts) -> Self {
        let mut headers = HeaderMap::new();
        for name in FORWARDED {
            for value in visitor.headers.get_all(&name) {
                headers.append(name.clone(), value.clone());
            }
        }
        let extensions = visitor.extensions.clone();
        InProcess { api, headers, extensions, got_secret: AtomicBool::new(false) }
    }

    /// Whether the API gave something that must not be compressed, nor a page that shows it.
    pub fn got_secret(&self) -> bool {
        self.got_secret.load(Ordering::Relaxed)
    }

    pub async fn call(&self, request: RawRequest) -> Result<Answer, TransportError> {
        let failed = |error: String| TransportError(error);
        let mut built = Request::builder()
            .method(request.method.as_str())
            .uri(&request.path_and_query)
            .body(Body::from(request.body.unwrap_or_default()))
            .map_err(|error| failed(error.to_string()))?;
        *built.headers_mut() = self.headers.clone();
        *built.extensions_mut() = self.extensions.clone();
        built
            .headers_mut()
            .insert(header::CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
        for (name, value) in request.headers {
            let value = value.parse().map_err(|_| failed(format!("{name} can't be a header")))?;
            built.headers_mut().insert(name, value);
        }
        let response: Response<Body> = match self.api.clone().oneshot(built).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        if response.status().is_success() && !compression::is_allowed(&response) {
            self.got_secret.store(true, Ordering::Relaxed);
        }
        let (parts, body) = response.into_parts();
        let bytes =
            to_bytes(body, ANSWER_BYTES_MAX).await.map_err(|error| failed(error.to_string()))?;
        let body = String::from_utf8(bytes.into()).map_err(|error| failed(error.to_string()))?;
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    }
}

impl Transport for InProcess {
    fn send(
        &self,
        request: RawRequest,
    ) -> Pin<Box<dyn Future<Output = Result<RawResponse, TransportError>> + Send + '_>> {
        Box::pin(async move {
            let answer = self.call(request).await?;
            let text = |name| answer.headers.get(name).and_then(|v| v.to_str().ok());
            Ok(RawResponse {
                status: answer.status.as_u16(),
                etag: text(header::ETAG).map(str::to_owned),
                link: text(header::LINK).map(str::to_owned),
                body: answer.body,
            })
        })
    }
}
