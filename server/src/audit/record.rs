//! What of a request enters the audit trail: everything that says what was asked, no secret, and
//! never so much that a caller could fill the database with it.

use crate::seal::sha256;
use api::FieldChange;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashSet};

/// Of a text, no more than this is recorded.
const TEXT_CHARACTERS_MAX: usize = 256;
/// A body that is longer even then is recorded as its length and hash.
const BODY_BYTES_MAX: usize = 16 * 1_024;
/// A value of a change, likewise; it holds the longest policy that anybody writes.
const VALUE_BYTES_MAX: usize = 64 * 1_024;
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
/// Where something is sent to or fetched from: who knows all of it may often do as much.
const ADDRESS: &str = "url";
/// Parameters that any operation takes in its query.
const EVERYWHERE: [&str; 2] = ["dry-run", api::AT];
/// Stands for what is not recorded; alone, for all of a body.
pub const HIDDEN: &str = "…";

/// A text, or its beginning and how long it is.
pub fn text(text: &str) -> String {
    match text.char_indices().nth(TEXT_CHARACTERS_MAX) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
    }
}

/// A value, or its beginning and what tells it from every other that begins so.
fn cut(value: &str) -> String {
    match value.char_indices().nth(TEXT_CHARACTERS_MAX) {
        None => value.to_owned(),
        Some((end, _)) => format!("{}… ({})", &value[..end], hashed(value)),
    }
}

/// Names and values of a path.
pub fn params<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Map<String, Value> {
    bounded(pairs.map(|(name, value)| (text(name), field(name, &json!(value), cut))).collect())
}

/// Names and values of a query. Of what the operation does not take, the name only: it may be anything,
/// a password with a wrong name, too.
pub fn query(pairs: &[(String, String)], known: &HashSet<&str>) -> Map<String, Value> {
    let is_known = |name: &str| known.contains(name) || EVERYWHERE.contains(&name);
    let pairs = pairs.iter().map(|(name, value)| match is_known(name) {
        true => (text(name), field(name, &json!(value), cut)),
        false => (text(name), json!(HIDDEN)),
    });
    bounded(pairs.collect())
}

/// The fields of a body, likewise.
pub fn body(body: &Value, known: &HashSet<&str>) -> Map<String, Value> {
    let Value::Object(body) = body else { return Map::new() };
    let fields = body.iter().map(|(name, value)| match known.contains(name.as_str()) {
        true => (text(name), field(name, value, cut)),
        false => (text(name), json!(HIDDEN)),
    });
    bounded(fields.collect())
}

/// Fields that are known by their names.
pub fn map(map: &Map<String, Value>) -> Map<String, Value> {
    bounded(map.iter().map(|(name, value)| (text(name), field(name, value, cut))).collect())
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
    let shown = field(name, value, whole);
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

/// What becomes of a long text.
type Long = fn(&str) -> String;

/// Of what was and what is, every letter may be the difference.
fn whole(text: &str) -> String {
    text.to_owned()
}

fn field(name: &str, value: &Value, long: Long) -> Value {
    match value {
        Value::String(text) if name == HASHED => Value::String(hashed(text)),
        _ if name == HASHED => json!(HIDDEN),
        Value::String(url) if name == ADDRESS => Value::String(address(url)),
        Value::Object(_) => shown(value, long),
        _ if SECRETS.contains(&name) => json!(HIDDEN),
        _ => shown(value, long),
    }
}

/// Where it is, and what tells it from every other address there.
fn address(url: &str) -> String {
    let host = url.find("://").map_or(0, |scheme| scheme + "://".len());
    match url[host..].find(['/', '?', '#']).map(|end| url.split_at(host + end)) {
        Some((origin, rest)) if rest.len() > 1 => format!("{}/… ({})", text(origin), hashed(url)),
        _ => cut(url),
    }
}

/// The same value with every secret replaced, and no text too long.
fn shown(value: &Value, long: Long) -> Value {
    match value {
        Value::Object(map) => {
            map.iter().map(|(name, value)| (text(name), field(name, value, long))).collect()
        }
        Value::Array(items) => items.iter().map(|item| shown(item, long)).collect(),
        Value::String(text) => Value::String(long(text)),
        other => other.clone(),
    }
}

fn hashed(text: &str) -> String {
    format!("{} characters, SHA-256 {}", text.chars().count(), sha256(text))
}

#[cfg(test)]
mod tests;
