//! From the fields of a form, as they are typed, to the body that the form's adapter will send. The
//! adapter reads the schema of the operation; here a few names say as much, and a test holds them
//! against the schemas.

use api::{
    forms::{self, Fields},
    policy_form,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

/// The body of a form's operation.
pub fn of_fields(fields: &Fields) -> Value {
    let fields = policy_form::settled(fields.clone());
    if let Some((_, text)) = fields.iter().rev().find(|(name, _)| name == ":json") {
        return parsed(text);
    }
    let mut body = Value::Object(Map::new());
    for (name, text) in fields.iter().filter(|(name, _)| !name.starts_with('_')).flat_map(lines) {
        if let Some(name) = name.strip_suffix("{}") {
            // There, though nothing may be in it.
            place_empty(&mut body, name);
            continue;
        }
        let (name, how) = name.split_once(':').unwrap_or((name, ""));
        if how == "json" {
            place(&mut body, name, parsed(text));
            continue;
        }
        let encoded = how.starts_with("base64") && !text.is_empty();
        let text = match encoded {
            true => STANDARD.encode(text.replace("\r\n", "\n")),
            false => text.to_owned(),
        };
        if text.is_empty() && !how.ends_with("or-empty") && !forms::is_map(name) {
            continue;
        }
        place(&mut body, name, scalar(name, text));
    }
    forms::close_up(&mut body);
    body
}

/// JSON as it is typed; what is none is a text.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}

/// A list may be typed with a line for each value.
fn lines((name, text): &(String, String)) -> Vec<(&str, &str)> {
    match name.contains("[]") && text.contains('\n') {
        true => text.lines().map(|line| (name.as_str(), line.trim())).collect(),
        false => vec![(name, text)],
    }
}

/// Puts a value where `a.b`, `a[].b` or `a[2].b` says.
fn place(target: &mut Value, path: &str, value: Value) {
    let Value::Object(object) = target else { return };
    let (first, rest) = path.split_once('.').map_or((path, None), |(a, b)| (a, Some(b)));
    if let (Some((name, at)), Some(rest)) = (forms::placed(first), rest) {
        if let Value::Array(list) = object.entry(name).or_insert_with(|| json!([])) {
            list.resize_with(list.len().max(at + 1), || json!({}));
            place(&mut list[at], rest, value);
        }
        return;
    }
    if let Some(name) = first.strip_suffix("[]") {
        if let Value::Array(list) = object.entry(name).or_insert_with(|| json!([])) {
            list.push(rest.map_or(value.clone(), |rest| {
                let mut one = json!({});
                place(&mut one, rest, value);
                one
            }));
        }
        return;
    }
    match rest {
        Some(rest) => place(object.entry(first).or_insert_with(|| json!({})), rest, value),
        None => drop(object.insert(first.to_owned(), value)),
    }
}

fn place_empty(body: &mut Value, name: &str) {
    if body[name].is_null() {
        body[name] = json!({});
    }
}

fn scalar(name: &str, text: String) -> Value {
    if forms::is_map(name) {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let pairs = lines.map(|line| line.split_once('=').unwrap_or((line, "")));
        return pairs.map(|(key, value)| (key.trim().to_owned(), json!(value.trim()))).collect();
    }
    let trimmed = text.trim();
    if forms::is_number(name)
        && let Ok(number) = trimmed.parse::<i64>()
    {
        return json!(number);
    }
    match trimmed {
        "true" | "on" if forms::is_flag(name) => json!(true),
        "false" if forms::is_flag(name) => json!(false),
        _ => json!(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_become_what_the_adapter_makes_of_them() {
        let fields = [
            ("_path.id", "7"),
            ("name", "it's"),
            ("template.id", ""),
            ("disk-size", "20"),
            ("ssh-keys[].name", "a"),
            ("ssh-keys[].name", "b"),
            ("labels", "env=prod\n tier = web "),
            ("user-data:base64-or-empty", ""),
            ("description:or-empty", ""),
            ("shared", "on"),
            ("instance-type.id", "t"),
            ("permissions:json", "[]"),
            ("permissions[]", "p"),
            ("policy:json", r#"{"services":{}}"#),
        ];
        let fields = fields.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
        assert_eq!(
            of_fields(&fields),
            json!({
                "name": "it's", "disk-size": 20, "ssh-keys": [{"name": "a"}, {"name": "b"}],
                "labels": {"env": "prod", "tier": "web"}, "user-data": "", "description": "",
                "shared": true, "instance-type": {"id": "t"}, "permissions": ["p"],
                "policy": {"services": {}},
            })
        );
    }
}
