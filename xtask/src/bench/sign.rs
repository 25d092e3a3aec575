//! The signature of the API: EXO2-HMAC-SHA256.

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// An API key and its secret.
#[derive(Clone, Debug)]
pub struct Key {
    pub key: String,
    pub secret: String,
}

impl Key {
    /// The value of the `Authorization` header.
    ///
    /// `query` holds names and decoded values, already sorted by name.
    pub fn authorization(
        &self,
        method: &str,
        path: &str,
        query: &[(&str, &str)],
        body: &[u8],
        expires: u64,
    ) -> Result<String> {
        let values: String = query.iter().map(|(_, value)| *value).collect();
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes())?;
        mac.update(format!("{method} {path}\n").as_bytes());
        mac.update(body);
        mac.update(format!("\n{values}\n\n{expires}").as_bytes());
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        let names: Vec<&str> = query.iter().map(|(name, _)| *name).collect();
        let signed = match names.as_slice() {
            [] => String::new(),
            names => format!(",signed-query-args={}", names.join(";")),
        };
        let key = &self.key;
        Ok(format!(
            "EXO2-HMAC-SHA256 credential={key}{signed},expires={expires},signature={signature}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(method: &str, path: &str, query: &[(&str, &str)], body: &[u8]) -> String {
        let key = Key {
            key: "EXO0123456789abcdef01234567".into(),
            secret: "aGVsbG8td29ybGQtdGhpcy1pcy1hLXNlY3JldA".into(),
        };
        let header = key.authorization(method, path, query, body, 1_767_225_600).unwrap();
        header.split_once("signature=").unwrap().1.to_owned()
    }

    #[test]
    fn signatures_are_those_of_the_real_clients() {
        assert_eq!(
            signature("GET", "/v2/zone", &[], b""),
            "7svyXIP9FcmXb8d1oCIfxML3cemYXTW5mdc638omGOA="
        );
        let body = br#"{"name": "web", "description": "front \u00e9"}"#;
        assert_eq!(
            signature("POST", "/v2/security-group", &[], body),
            "ZgPbXfIJ4FLKzDXnvSXuw57VRQPl2AptBZt607Rto3Y="
        );
        let query = [("from", "2025-12-31T00:00:00Z"), ("to", "2026-01-01T00:00:00Z")];
        assert_eq!(
            signature("GET", "/v2/event", &query, b""),
            "bM4IiSCqTVDuNI+bbQ4AAzoq+laCPua1AgTSfCbpv3I="
        );
    }
}
