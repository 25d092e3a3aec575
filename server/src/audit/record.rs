//! What of a request enters the audit trail: everything that says what was asked, no secret, and
//! never so much that a caller could fill the database with it.

use crate::seal::sha256;
use api::FieldChange;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Of a text, no more than this is recorded.
const TEXT_CHARACTERS_MAX: usize = 256;
/// A body that is longer even then is recorded as its length and hash.
const BODY_BYTES_MAX: usize = 16 * 1_024;
/// A value of a change, likewise.
const VALUE_BYTES_MAX: usize = 4 * 1_024;
/// Changes with everything, and says nothing.
const VERSION: &str = "version";
/// Values of these fields never enter the trail.
const SECRETS: [&str; 9] = [
    "password",
    "current",
    "token",
    "secret",
    "client-secret",
    "key",
    "presigned-url",
    "code",
    "binding",
];
/// Of this one the trail can tell whether it was the same: it may hold secrets, and is long.
const HASHED: &str = "user-data";
/// Stands for what is not recorded; alone, for all of a body.
pub const HIDDEN: &str = "…";

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

/// Fields that are known by their names.
pub fn map(map: &Map<String, Value>) -> Map<String, Value> {
    bounded(map.iter().map(|(name, value)| (text(name), field(name, value))).collect())
}

/// The fields in which two descriptions of a thing differ.
pub fn changes(before: Value, after: Value) -> Vec<FieldChange> {
    let (Value::Object(mut before), Value::Object(mut after)) = (before, after) else {
        return Vec::new();
    };
    let names: BTreeSet<_> = before.keys().chain(after.keys()).cloned().collect();
    let changed = names.into_iter().filter_map(|name| {
        let take = |from: &mut Map<String, Value>| from.remove(&name).filter(|v| !v.is_null());
        let (was, is) = (take(&mut before), take(&mut after));
        (was != is && name != VERSION).then(|| FieldChange {
            before: was.map(|value| bounded_value(&name, &value)),
            after: is.map(|value| bounded_value(&name, &value)),
            field: name,
        })
    });
    changed.collect()
}

fn bounded_value(name: &str, value: &Value) -> Value {
    let shown = field(name, value);
    let written = shown.to_string();
    if written.len() > VALUE_BYTES_MAX { Value::String(hashed(&written)) } else { shown }
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
    fn changes_say_what_was_and_what_is_without_secrets() {
        let before =
            json!({"name": "a", "labels": {"x": "1"}, "password": "p", "gone": 1, "version": 1});
        let after =
            json!({"name": "b", "labels": {"x": "1"}, "password": "q", "gone": null, "version": 2});
        let found: Vec<_> = changes(before, after)
            .into_iter()
            .map(|FieldChange { field, before, after }| (field, before, after))
            .collect();
        let expected = [
            ("gone", Some(json!(1)), None),
            ("name", Some(json!("a")), Some(json!("b"))),
            ("password", Some(json!("…")), Some(json!("…"))),
        ];
        assert_eq!(found, expected.map(|(field, was, is)| (field.to_owned(), was, is)));
        let long = json!({"policy": vec!["rule"; 2_000]});
        let long = changes(json!({}), long).remove(0).after;
        assert!(long.is_some_and(|value| value.to_string().contains("SHA-256")));
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
