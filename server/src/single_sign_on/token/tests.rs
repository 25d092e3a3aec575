//! Tokens that another implementation has signed (Node.js, whose keys were thrown away), and what becomes
//! of them when they are changed.

use super::*;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;

fn signed() -> Value {
    serde_json::from_str(include_str!("signed.json")).expect("a file of ours")
}

fn keys() -> Vec<Jwk> {
    serde_json::from_value(signed()["keys"].clone()).expect("keys")
}

fn token(algorithm: &str) -> String {
    signed()["tokens"][algorithm].as_str().expect(algorithm).to_owned()
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[test]
fn tokens_of_every_kind_of_key_are_believed() {
    for algorithm in ["RS256", "PS256", "ES256", "ES384", "EdDSA"] {
        let claims = verified(&token(algorithm), &keys());
        assert_eq!(claims, Ok(json!({ "sub": "ann" })), "{algorithm}");
    }
}

#[test]
fn a_token_that_was_changed_is_not() {
    for algorithm in ["RS256", "PS256", "ES256", "ES384", "EdDSA"] {
        let token = token(algorithm);
        let parts: Vec<_> = token.split('.').collect();
        let forged = encoded(&json!({ "sub": "bob" }));
        let forged = format!("{}.{forged}.{}", parts[0], parts[2]);
        assert_eq!(verified(&forged, &keys()), Err(Unverified::Signature), "{algorithm}");
        let unsigned = format!("{}.{}.", parts[0], parts[1]);
        assert_eq!(verified(&unsigned, &keys()), Err(Unverified::Signature), "{algorithm}");
        for cut in [&token[..token.len() - 8], parts[0], &format!("{token}.{}", parts[2]), ""] {
            assert!(verified(cut, &keys()).is_err(), "{cut}");
        }
    }
}

/// `none`, and a signature made with the public key as if it were a shared secret.
#[test]
fn no_signature_and_a_shared_secret_are_refused_before_any_key_is_looked_at() {
    let payload = encoded(&json!({ "sub": "bob" }));
    for none in ["none", "None", "NONE"] {
        let head = encoded(&json!({ "alg": none, "kid": "RS256" }));
        for end in ["", "x"] {
            let token = format!("{head}.{payload}.{end}");
            assert_eq!(verified(&token, &keys()), Err(Unverified::Form), "{none}");
        }
    }
    let key = signed()["keys"][0]["n"].as_str().expect("a modulus").to_owned();
    let head = encoded(&json!({ "alg": "HS256", "kid": "RS256" }));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_bytes()).expect("any length");
    mac.update(format!("{head}.{payload}").as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    let token = format!("{head}.{payload}.{signature}");
    assert_eq!(verified(&token, &keys()), Err(Unverified::Form));
    let shared: Jwk =
        serde_json::from_value(json!({ "kty": "oct", "k": key, "kid": "RS256" })).expect("a key");
    assert!(!is_usable(&shared));
    assert_eq!(verified(&token, &[shared]), Err(Unverified::Form));
}

#[test]
fn a_key_is_used_for_its_own_algorithm_and_purpose_only() {
    let with = |name: &str, value: &str| {
        let mut key = signed()["keys"][0].clone();
        key[name] = json!(value);
        vec![serde_json::from_value::<Jwk>(key).expect("a key")]
    };
    let token = token("RS256");
    assert!(verified(&token, &with("alg", "RS256")).is_ok());
    for (name, value) in [("alg", "PS256"), ("use", "enc"), ("kid", "another")] {
        assert_eq!(verified(&token, &with(name, value)), Err(Unverified::UnknownKey), "{name}");
    }
    assert_eq!(verified(&token, &[]), Err(Unverified::UnknownKey));
}
