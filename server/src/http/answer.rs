//! Answers: JSON, status, and the headers that belong to them.

use super::compression;
use crate::{error::Error, sessions};
use axum::{body::Body, response::Response};
use domain::RequestId;
use http::{HeaderName, HeaderValue, StatusCode, header};

/// A success.
#[derive(Default)]
pub struct Success {
    /// JSON.
    pub body: String,
    pub version: Option<i64>,
    /// `</v2/…?cursor=…>; rel="next"`
    pub link: Option<String>,
    /// A new session token, or `Some(None)` to remove the cookie.
    pub session: Option<Option<String>>,
    /// It was only read, and holds no secret.
    pub compressible: bool,
}

/// What an endpoint answers.
pub enum Answer {
    Json(Success),
    Stream(Response),
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

fn json(status: StatusCode, body: String, request_id: RequestId) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    insert(headers, REQUEST_ID, &request_id.to_string());
    response
}

fn insert(headers: &mut http::HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

pub fn success(success: Success, request_id: RequestId) -> Response {
    let mut response = json(StatusCode::OK, success.body, request_id);
    let headers = response.headers_mut();
    if let Some(version) = success.version {
        insert(headers, header::ETAG, &format!("\"{version}\""));
    }
    if let Some(link) = success.link {
        insert(headers, header::LINK, &link);
    }
    match success.session {
        Some(Some(token)) => {
            let age = sessions::LIFETIME.as_secs();
            insert(
                headers,
                header::SET_COOKIE,
                &format!(
                    "{}={token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={age}",
                    api::SESSION_COOKIE
                ),
            );
        }
        Some(None) => insert(
            headers,
            header::SET_COOKIE,
            &format!("{}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", api::SESSION_COOKIE),
        ),
        None => {}
    }
    if success.compressible {
        compression::allow(&mut response);
    }
    response
}

/// An error, logged once, here.
pub fn error(error: &Error, request_id: RequestId) -> Response {
    let (status, _) = error.status();
    if status.is_server_error() {
        tracing::error!(%error, %request_id, status = status.as_u16(), "request failed");
    } else {
        tracing::debug!(%error, %request_id, status = status.as_u16(), "request refused");
    }
    let body = serde_json::to_string(&error.body(request_id)).unwrap_or_default();
    let mut response = json(status, body, request_id);
    let headers = response.headers_mut();
    match error {
        Error::RateLimited { retry_after_seconds, .. } => {
            insert(headers, header::RETRY_AFTER, &retry_after_seconds.to_string());
        }
        Error::Unavailable(_) | Error::Database(_) => insert(headers, header::RETRY_AFTER, "5"),
        Error::MethodNotAllowed { allow, .. } => insert(headers, header::ALLOW, allow),
        Error::Unauthenticated(_) => {
            insert(headers, header::WWW_AUTHENTICATE, "EXO2-HMAC-SHA256, Bearer");
        }
        _ => {}
    }
    response
}
