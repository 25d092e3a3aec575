//! Signing a request as an API key does.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The `Authorization` header of a request without query parameters.
pub fn authorization(
    key: &str,
    secret: &str,
    method: &str,
    path: &str,
    body: &str,
    expires: i64,
) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{method} {path}\n{body}\n\n\n{expires}").as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    format!("EXO2-HMAC-SHA256 credential={key},expires={expires},signature={signature}")
}
