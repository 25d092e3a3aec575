//! Reading what was sent into what an operation takes, with errors that name the field.

use crate::error::{Error, Result};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// Deepest nesting of a body. The types need three.
const DEPTH_MAX: usize = 16;

/// The body as JSON. None is an empty object; a compatible operation's nulls are left out.
pub fn json(bytes: &[u8], compatible: bool) -> Result<Value> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Object(Default::default()));
    }
    let mut value: Value = serde_json::from_slice(bytes)
        .map_err(|e| Error::invalid(format!("The body is not JSON: {e}.")))?;
    if !value.is_object() {
        return Err(Error::invalid("The body must be a JSON object."));
    }
    if depth(&value) > DEPTH_MAX {
        return Err(Error::invalid(format!("The body is nested deeper than {DEPTH_MAX} levels.")));
    }
    if let Some(path) = text_with_nul(&value, "") {
        return Err(Error::field(&path, "must not contain the character U+0000"));
    }
    if compatible {
        drop_nulls(&mut value);
    }
    Ok(value)
}

/// What PostgreSQL can't store is refused for every operation alike, in path and query…
pub fn check_texts(params: &api::Params, query: &[(String, String)]) -> Result<()> {
    let params = params.iter().map(|(name, value)| (*name, value.as_str()));
    let query = query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    match params.chain(query).find(|(name, value)| name.contains('\0') || value.contains('\0')) {
        Some((name, _)) => Err(Error::field(name, "must not contain the character U+0000")),
        None => Ok(()),
    }
}

/// … and in the body.
fn text_with_nul(value: &Value, path: &str) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(|| path.to_owned()),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(n, item)| text_with_nul(item, &format!("{path}[{n}]"))),
        Value::Object(map) => map.iter().find_map(|(name, value)| {
            let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if name.contains('\0') { Some(path.to_owned()) } else { text_with_nul(value, &below) }
        }),
        _ => None,
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, v| !v.is_null());
            map.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// A body as the operation's type.
pub fn body<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_path_to_error::deserialize(value).map_err(|e| {
        let path = e.path().to_string();
        wrong(&path, &e.into_inner().to_string())
    })
}

/// The parameters of a query that count: repeated and blank ones do not.
pub fn counting(pairs: &[(String, String)]) -> impl Iterator<Item = &(String, String)> {
    pairs.iter().filter(|(name, value)| {
        !value.is_empty() && pairs.iter().filter(|(n, _)| n == name).count() == 1
    })
}

/// A query as the operation's type.
pub fn query<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T> {
    let text: String = counting(pairs)
        .map(|(name, value)| format!("{}={}&", api::encode(name), api::encode(value)))
        .collect();
    let parser = serde_urlencoded::Deserializer::new(form_urlencoded::parse(
        text.trim_end_matches('&').as_bytes(),
    ));
    serde_path_to_error::deserialize(parser).map_err(|e| {
        let path = e.path().to_string();
        wrong(&path, &e.into_inner().to_string())
    })
}

/// `missing field `template`` is about `template`, not about the object around it.
fn wrong(path: &str, message: &str) -> Error {
    let base = if path == "." { "" } else { path };
    let named = ["missing field `", "unknown field `"]
        .iter()
        .find_map(|start| message.strip_prefix(start)?.split('`').next().map(|f| (*start, f)));
    let (field, what) = match named {
        Some((start, name)) => {
            let field = if base.is_empty() || base.ends_with(name) {
                if base.is_empty() { name.to_owned() } else { base.to_owned() }
            } else {
                format!("{base}.{name}")
            };
            let what =
                if start.starts_with("missing") { "is required" } else { "is not known here" };
            (field, what.to_owned())
        }
        None if base.is_empty() => {
            return Error::invalid(format!("The request is wrong: {message}."));
        }
        None => (base.to_owned(), format!("is wrong: {}", message.trim_end_matches('.'))),
    };
    let text = format!("The field {field} {what}.");
    Error::Invalid { message: text, fields: BTreeMap::from([(field, what)]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(error: Error) -> Vec<String> {
        match error {
            Error::Invalid { fields, .. } => fields.into_keys().collect(),
            _ => vec![],
        }
    }

    #[test]
    fn errors_name_the_field() {
        let create = |text: &str| -> Vec<String> {
            let value = json(text.as_bytes(), true).expect("JSON");
            body::<api::CreateInstance>(value).map_err(fields).expect_err("refused")
        };
        assert_eq!(create("{}"), ["instance-type"]);
        assert_eq!(create(r#"{"instance-type":{"id":"x"}}"#), ["instance-type.id"]);
        assert_eq!(create(r#"{"instance-type":{}}"#), ["instance-type.id"]);
        let labels =
            r#"{"instance-type":{"id":"019a3f1c-0000-7000-8000-000000000000"},"labels":3}"#;
        assert_eq!(create(labels), ["labels"]);
    }

    #[test]
    fn nulls_and_unknown_fields_of_real_clients_are_ignored() {
        let value =
            json(br#"{"name":null,"deploy-target":null,"x":{"y":null}}"#, true).expect("JSON");
        assert_eq!(value.to_string(), r#"{"x":{}}"#);
        assert!(body::<api::UpdateInstance>(value).is_ok());
        assert!(json(b"[1]", true).is_err());
        assert!(json(b"{", true).is_err());
        assert!(json(b"  ", true).is_ok());
    }

    #[test]
    fn queries_are_read_by_type() {
        let pairs = |list: &[(&str, &str)]| -> Vec<(String, String)> {
            list.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
        };
        let read =
            query::<api::ListInstances>(&pairs(&[("limit", "5"), ("q", "a b&c")])).expect("read");
        assert_eq!((read.limit, read.q.as_deref()), (Some(5), Some("a b&c")));
        assert!(query::<api::ListInstances>(&pairs(&[("limit", "five")])).is_err());
        assert!(query::<api::ListInstances>(&pairs(&[("state", "dead")])).is_err());
    }
}
