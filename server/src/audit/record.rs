//! What of a request enters the audit trail: everything that says what was asked, no secret, and
//! never so much that a caller could fill the database with it.

use crate::seal::sha256;
use serde_json::{Map, Value, json};

/// Of a text, no more than this is recorded.
const TEXT_CHARACTERS_MAX: usize = 256;
/// A body that is longer even then is recorded as its length and hash.
const BODY_BYTES_MAX: usize = 16 * 1_024;
/// Values of these fields never enter the trail.
const SECRETS: [&str; 5] = ["password", "current", "token", "secret", "key"];
/// Of this one the trail can tell whether it was the same: it may hold secrets, and is long.
const HASHED: &str = "user-data";
const HIDDEN: &str = "…";

/// A text, or its beginning and how long it is.
pub fn text(text: &str) -> String {
    match text.char_indices().nth(TEXT_CHARACTERS_MAX) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
    }
}

/// Names and values of a query or a path.
pub fn params<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Map<String, Value> {
    bounded(pairs.map(|(name, value)| (text(name), field(name, &json!(value)))).collect())
}

/// The fields of a body.
pub fn body(body: &Value) -> Map<String, Value> {
    match shown(body) {
        Value::Object(map) => bounded(map),
        _ => Map::new(),
    }
}

fn bounded(map: Map<String, Value>) -> Map<String, Value> {
    let written = json!(map).to_string();
    if written.len() <= BODY_BYTES_MAX {
        return map;
    }
    Map::from_iter([(HIDDEN.to_owned(), Value::String(hashed(&written)))])
}

fn field(name: &str, value: &Value) -> Value {
    match value {
        Value::String(text) if name == HASHED => Value::String(hashed(text)),
        _ if name == HASHED => json!(HIDDEN),
        Value::Object(_) => shown(value),
        _ if SECRETS.contains(&name) => json!(HIDDEN),
        _ => shown(value),
    }
}

/// The same value with every secret replaced, and no text too long.
fn shown(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            map.iter().map(|(name, value)| (text(name), field(name, value))).collect()
        }
        Value::Array(items) => items.iter().map(shown).collect(),
        Value::String(long) => Value::String(text(long)),
        other => other.clone(),
    }
}

fn hashed(text: &str) -> String {
    format!("{} characters, SHA-256 {}", text.chars().count(), sha256(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_replaced_at_any_depth() {
        let sent = json!({"name": "a", "password": "p", "x": [{"token": "t"}], "key": 7});
        let expected = json!({"name": "a", "password": "…", "x": [{"token": "…"}], "key": "…"});
        assert_eq!(Value::Object(body(&sent)), expected);
        assert_eq!(params([("token", "t")].into_iter())["token"], "…");
    }

    #[test]
    fn user_data_is_recognized_and_not_shown() {
        let sent = body(&json!({"user-data": "IyE=", "in": {"user-data": ["IyE="]}}));
        assert_eq!(sent["user-data"], format!("4 characters, SHA-256 {}", sha256("IyE=")));
        assert_eq!(sent["in"]["user-data"], HIDDEN);
    }

    #[test]
    fn long_texts_and_long_bodies_are_cut() {
        let long = "é".repeat(TEXT_CHARACTERS_MAX);
        assert_eq!(text(&long), long);
        assert_eq!(text(&format!("{long}!")), format!("{long}… (257 characters)"));
        let many = body(&json!({"labels": vec![1; BODY_BYTES_MAX]}));
        assert_eq!(many.keys().collect::<Vec<_>>(), [HIDDEN]);
    }
}
