//! What an ID token must say to be the answer to one sign-in (OpenID Connect Core 1.0, section
//! 3.1.3.7). Its signature was verified before; here is what stands in it.

use crate::Timestamp;
use serde_json::Value;

/// How far the provider's clock and ours may differ, in seconds.
pub const CLOCKS_DIFFER_SECONDS: i64 = 60;
/// Longest subject (section 2).
const SUBJECT_CHARACTERS_MAX: usize = 255;

/// The sign-in that was begun.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    pub issuer: &'a str,
    /// Our client id there.
    pub client: &'a str,
    pub nonce: &'a str,
    pub now: Timestamp,
}

/// Whom the provider has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// What the provider calls them, for ever.
    pub subject: String,
    /// As the provider writes it.
    pub email: String,
    /// The provider says that there was more than one step (`amr` has `mfa`, RFC 8176).
    pub two_steps: bool,
}

/// Why a token is not the answer; the text follows “the provider's answer”.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("names another issuer (iss)")]
    Issuer,
    #[error("is for another client (aud)")]
    Audience,
    #[error("was made for another party (azp)")]
    Party,
    #[error("has no end (exp)")]
    Endless,
    #[error("has expired (exp)")]
    Expired,
    #[error("is not valid yet (nbf or iat): do its clock and ours agree?")]
    Early,
    #[error("belongs to another sign-in (nonce)")]
    Nonce,
    #[error("does not say who it is (sub)")]
    Subject,
    #[error("has no e-mail address (email): let the provider release it")]
    NoEmail,
    #[error("has an e-mail address that the provider has not verified (email_verified)")]
    Unverified,
}

/// Whom the claims are about, when they answer just this sign-in.
pub fn check(claims: &Value, expected: Expected<'_>) -> Result<Identity, Wrong> {
    let text = |name: &str| claims[name].as_str().filter(|text| !text.is_empty());
    if text("iss") != Some(expected.issuer) {
        return Err(Wrong::Issuer);
    }
    let audiences = audiences(&claims["aud"]);
    if !audiences.contains(&expected.client) {
        return Err(Wrong::Audience);
    }
    let party = claims.get("azp");
    if party.is_some_and(|party| party != expected.client)
        || (party.is_none() && audiences.len() > 1)
    {
        return Err(Wrong::Party);
    }
    let now = expected.now.unix_seconds();
    let ends = seconds(&claims["exp"]).ok_or(Wrong::Endless)?;
    if ends.saturating_add(CLOCKS_DIFFER_SECONDS) <= now {
        return Err(Wrong::Expired);
    }
    for name in ["nbf", "iat"] {
        let Some(begins) = claims.get(name) else { continue };
        let begins = seconds(begins).ok_or(Wrong::Early)?;
        if begins > now.saturating_add(CLOCKS_DIFFER_SECONDS) {
            return Err(Wrong::Early);
        }
    }
    if text("nonce") != Some(expected.nonce) {
        return Err(Wrong::Nonce);
    }
    let subject = text("sub").filter(|sub| sub.chars().count() <= SUBJECT_CHARACTERS_MAX);
    let subject = subject.ok_or(Wrong::Subject)?.to_owned();
    let email = text("email").ok_or(Wrong::NoEmail)?.to_owned();
    // Some write it as a text. What is not said at all is up to whoever trusts the provider.
    if claims.get("email_verified").is_some_and(|is| *is != true && *is != "true") {
        return Err(Wrong::Unverified);
    }
    let methods = claims["amr"].as_array().into_iter().flatten();
    let two_steps = methods.into_iter().any(|method| method == "mfa");
    Ok(Identity { subject, email, two_steps })
}

/// A text, or several.
fn audiences(value: &Value) -> Vec<&str> {
    match value {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Whole seconds since 1970; some providers write a fraction.
fn seconds(value: &Value) -> Option<i64> {
    #[allow(clippy::cast_possible_truncation)] // Saturates, which is as early or late as can be.
    value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_800_000_000;

    fn good() -> Value {
        json!({
            "iss": "https://login.acme.example", "aud": "couloir", "sub": "248289761001",
            "exp": NOW + 300, "iat": NOW, "nonce": "n-0S6", "email": "ann@acme.example",
        })
    }

    fn checked(claims: &Value) -> Result<Identity, Wrong> {
        let now = Timestamp::from_unix_seconds(NOW);
        let issuer = "https://login.acme.example";
        check(claims, Expected { issuer, client: "couloir", nonce: "n-0S6", now })
    }

    fn with(name: &str, value: Value) -> Result<Identity, Wrong> {
        let mut claims = good();
        claims[name] = value;
        claims.as_object_mut().into_iter().for_each(|all| all.retain(|_, value| !value.is_null()));
        checked(&claims)
    }

    #[test]
    fn what_answers_the_sign_in_is_taken() {
        for (name, value) in [
            ("aud", json!(["couloir"])),
            ("azp", json!("couloir")),
            ("exp", json!(NOW - 59)),
            ("exp", json!(NOW as f64 + 0.5)),
            ("nbf", json!(NOW + 60)),
            ("iat", Value::Null),
            ("email_verified", json!(true)),
            ("email_verified", json!("true")),
            ("amr", json!("mfa")),
        ] {
            let identity =
                with(name, value.clone()).map_err(|wrong| format!("{name} {value}: {wrong}"));
            assert_eq!(
                identity.map(|of| (of.subject, of.two_steps)),
                Ok(("248289761001".into(), false))
            );
        }
        assert_eq!(with("amr", json!(["pwd", "mfa"])).map(|of| of.two_steps), Ok(true));
        assert_eq!(with("amr", json!(["pwd", "otp"])).map(|of| of.two_steps), Ok(false));
    }

    #[test]
    fn what_answers_anything_else_is_not() {
        let two = json!(["couloir", "another"]);
        for (name, value, wrong) in [
            ("iss", json!("https://evil.example"), Wrong::Issuer),
            ("iss", json!("https://login.acme.example/"), Wrong::Issuer),
            ("iss", json!(["https://login.acme.example"]), Wrong::Issuer),
            ("iss", Value::Null, Wrong::Issuer),
            ("aud", json!("another"), Wrong::Audience),
            ("aud", json!([]), Wrong::Audience),
            ("aud", Value::Null, Wrong::Audience),
            ("aud", two, Wrong::Party),
            ("azp", json!("another"), Wrong::Party),
            ("azp", json!(7), Wrong::Party),
            ("exp", json!(NOW - 60), Wrong::Expired),
            ("exp", json!(-1), Wrong::Expired),
            ("exp", json!("tomorrow"), Wrong::Endless),
            ("exp", Value::Null, Wrong::Endless),
            ("nbf", json!(NOW + 61), Wrong::Early),
            ("nbf", json!("now"), Wrong::Early),
            ("iat", json!(NOW + 61), Wrong::Early),
            ("nonce", json!("another"), Wrong::Nonce),
            ("nonce", Value::Null, Wrong::Nonce),
            ("sub", json!(""), Wrong::Subject),
            ("sub", json!(7), Wrong::Subject),
            ("sub", json!("x".repeat(256)), Wrong::Subject),
            ("sub", Value::Null, Wrong::Subject),
            ("email", Value::Null, Wrong::NoEmail),
            ("email_verified", json!(false), Wrong::Unverified),
            ("email_verified", json!("false"), Wrong::Unverified),
        ] {
            assert_eq!(with(name, value.clone()), Err(wrong), "{name} {value}");
        }
        for nothing in [Value::Null, json!([]), json!("x"), json!({})] {
            assert!(checked(&nothing).is_err());
        }
    }
}
