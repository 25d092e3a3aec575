//! EXO2-HMAC-SHA256: how API keys sign requests, as Exoscale's clients do it.
//!
//! The message is five lines: method and path as sent, raw body, values of the signed query
//! parameters, nothing, expiry. Source: Exoscale's specification, "request signature".

use crate::error::{Error, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

pub const SCHEME: &str = "EXO2-HMAC-SHA256";
/// How far ahead an expiry may lie, and what clocks may differ by.
const EXPIRY_AHEAD_SECONDS: i64 = 600;
const CLOCKS_SECONDS: i64 = 30;

/// The `Authorization` header, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub credential: String,
    pub signed_query: Vec<String>,
    pub expires: i64,
    pub signature: String,
}

impl Signature {
    /// Reads what stands behind the scheme. Only the first `=` separates: base64 ends in more.
    pub fn parse(text: &str) -> Result<Signature> {
        let (mut credential, mut signed_query, mut expires, mut signature) =
            (None, None, None, None);
        for part in text.trim().split(',') {
            let (name, value) = part.trim().split_once('=').unwrap_or((part, ""));
            let slot = match name {
                "credential" => &mut credential,
                "signed-query-args" => &mut signed_query,
                "expires" => &mut expires,
                "signature" => &mut signature,
                _ => return Err(refused("holds an unknown part")),
            };
            if slot.replace(value.to_owned()).is_some() {
                return Err(refused("names a part twice"));
            }
        }
        let (Some(credential), Some(expires), Some(signature)) = (credential, expires, signature)
        else {
            return Err(refused("needs credential, expires and signature"));
        };
        let names = signed_query.unwrap_or_default();
        Ok(Signature {
            credential,
            signed_query: names.split(';').filter(|n| !n.is_empty()).map(str::to_owned).collect(),
            expires: expires.parse().map_err(|_| refused("has an expiry that is no number"))?,
            signature,
        })
    }

    /// Checks expiry and signature, and that no query parameter travels unsigned. Answers the
    /// parameters that count: blank and repeated ones that clients leave out are ignored.
    pub fn verify(
        &self,
        secret: &[u8],
        now: Timestamp,
        signed: &Signed<'_>,
    ) -> Result<Vec<(String, String)>> {
        let now = now.unix_seconds();
        if self.expires <= now {
            return Err(refused("has expired: check the clock of the client"));
        }
        if self.expires > now + EXPIRY_AHEAD_SECONDS + CLOCKS_SECONDS {
            return Err(refused("expires more than 600 seconds from now"));
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any length is a key");
        mac.update(&self.message(signed));
        let expected = mac.finalize().into_bytes();
        let given = STANDARD.decode(&self.signature).unwrap_or_default();
        if !bool::from(expected.as_slice().ct_eq(&given)) {
            return Err(refused("is wrong"));
        }
        self.used_query(signed.query)
    }

    fn message(&self, signed: &Signed<'_>) -> Vec<u8> {
        let mut message = format!("{} {}\n", signed.method, signed.path).into_bytes();
        message.extend_from_slice(signed.body);
        message.push(b'\n');
        for name in &self.signed_query {
            if let [only] = values(signed.query, name)[..] {
                message.extend_from_slice(only.as_bytes());
            }
        }
        message.extend_from_slice(format!("\n\n{}", self.expires).as_bytes());
        message
    }

    fn used_query(&self, query: &[(String, String)]) -> Result<Vec<(String, String)>> {
        let mut used = Vec::new();
        for (name, value) in query {
            let once = values(query, name).len() == 1;
            match self.signed_query.contains(name) {
                true if once => used.push((name.clone(), value.clone())),
                false if once && !value.is_empty() => {
                    return Err(refused(&format!("does not cover the query parameter {name}")));
                }
                _ => {}
            }
        }
        Ok(used)
    }
}

/// What is signed of a request.
pub struct Signed<'a> {
    pub method: &'a str,
    /// As sent, with any prefix, without the query.
    pub path: &'a str,
    pub body: &'a [u8],
    /// Decoded, in order.
    pub query: &'a [(String, String)],
}

fn values<'a>(query: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    query.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect()
}

fn refused(what: &str) -> Error {
    Error::Unauthenticated(format!("The request's signature {what}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"aGVsbG8td29ybGQtdGhpcy1pcy1hLXNlY3JldA";
    const EXPIRES: i64 = 1_767_225_600;

    fn pairs(query: &[(&str, &str)]) -> Vec<(String, String)> {
        query.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
    }

    fn check(
        method: &str,
        path: &str,
        body: &str,
        query: &[(&str, &str)],
        args: &str,
        signature: &str,
        seconds_before: i64,
    ) -> std::result::Result<Vec<(String, String)>, String> {
        let args =
            if args.is_empty() { String::new() } else { format!(",signed-query-args={args}") };
        let header = format!("credential=EXO0{args},expires={EXPIRES},signature={signature}");
        let query = pairs(query);
        let signed = Signed { method, path, body: body.as_bytes(), query: &query };
        Signature::parse(&header)
            .and_then(|s| {
                s.verify(SECRET, Timestamp::from_unix_seconds(EXPIRES - seconds_before), &signed)
            })
            .map_err(|e| e.to_string())
    }

    #[test]
    fn the_published_vectors_verify() {
        let start = "/v2/instance/4bf4bd5a-1c1a-4a0b-9d43-6b5b4d2b3b11:start";
        let body = r#"{"name": "web", "description": "front \u00e9"}"#;
        let times = [("to", "2026-01-01T00:00:00Z"), ("from", "2025-12-31T00:00:00Z")];
        let blank = [("visibility", "public"), ("family", ""), ("x", "1"), ("x", "2")];
        for (method, path, body, query, args, signature) in [
            ("GET", "/v2/zone", "", &[][..], "", "7svyXIP9FcmXb8d1oCIfxML3cemYXTW5mdc638omGOA="),
            (
                "POST",
                "/v2/security-group",
                body,
                &[],
                "",
                "ZgPbXfIJ4FLKzDXnvSXuw57VRQPl2AptBZt607Rto3Y=",
            ),
            (
                "GET",
                "/v2/event",
                "",
                &times,
                "from;to",
                "bM4IiSCqTVDuNI+bbQ4AAzoq+laCPua1AgTSfCbpv3I=",
            ),
            ("PUT", start, "", &[], "", "Ci3j/F8ItMC4lecFugpszoChwuSL7n6r6l7DTaFEUJg="),
            (
                "GET",
                "/v2/template",
                "",
                &blank,
                "visibility;x",
                "jGa8MRd7MruOzsbtW0cazeonReELyI+tq+QaLLLvSwE=",
            ),
        ] {
            let used = check(method, path, body, query, args, signature, 600);
            assert!(used.is_ok(), "{path}: {used:?}");
        }
        let used = check(
            "GET",
            "/v2/template",
            "",
            &blank,
            "visibility;x",
            "jGa8MRd7MruOzsbtW0cazeonReELyI+tq+QaLLLvSwE=",
            600,
        );
        assert_eq!(
            used,
            Ok(pairs(&[("visibility", "public")])),
            "blank and repeated ones are ignored"
        );
    }

    #[test]
    fn what_is_wrong_is_refused() {
        let zone = "7svyXIP9FcmXb8d1oCIfxML3cemYXTW5mdc638omGOA=";
        let says = |result: std::result::Result<_, String>| {
            result.map(|_: Vec<_>| ()).expect_err("refused")
        };
        assert!(says(check("GET", "/v2/zonE", "", &[], "", zone, 600)).contains("is wrong"));
        assert!(says(check("GET", "/v2/zone", "x", &[], "", zone, 600)).contains("is wrong"));
        assert!(says(check("GET", "/v2/zone", "", &[], "", zone, 0)).contains("expired"));
        assert!(says(check("GET", "/v2/zone", "", &[], "", zone, 631)).contains("600 seconds"));
        assert!(check("GET", "/v2/zone", "", &[], "", zone, 630).is_ok());
        assert!(
            says(check("GET", "/v2/zone", "", &[("x", "1")], "", zone, 600))
                .contains("parameter x")
        );
        assert!(check("GET", "/v2/zone", "", &[("x", "")], "", zone, 600).is_ok());
        assert!(Signature::parse("credential=a,expires=1").is_err());
        assert!(Signature::parse("credential=a,credential=b,expires=1,signature=x").is_err());
    }
}
