//! Every answer against the platform's own document: the right schema, nothing missing, nothing
//! beside it, no null, and an error envelope that is one.

use super::Answer;
use api::Resolved;
use serde_json::Value;
use server::http::openapi;

/// Panics when the answer is not what the document promises.
pub fn check(method: &str, path_and_query: &str, answer: &Answer) {
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
    if path.starts_with("/export") && answer.status == 200 || path.ends_with("/openapi.json") {
        return;
    }
    let document = openapi::document();
    let schema = if answer.status >= 400 {
        check_envelope(answer);
        &document["components"]["responses"]["error"]["content"]["application/json"]["schema"]
    } else if query.contains("dry-run=true") && method != "GET" {
        &document["components"]["responses"]["preview"]["content"]["application/json"]["schema"]
    } else {
        let below = path.split_once("/v2").map_or("", |(_, below)| below);
        let Resolved::Found(endpoint, _) = api::resolve(method, below) else {
            panic!("{method} {path} answers {} and is not in the table", answer.status);
        };
        if endpoint.kind == api::Kind::Stream {
            return;
        }
        let operation = &document["paths"][endpoint.path][method.to_lowercase()];
        &operation["responses"]["200"]["content"]["application/json"]["schema"]
    };
    if let Err(what) = matches(document, schema, &answer.json(), "") {
        panic!(
            "{method} {path} answers {} against its schema: {what}\n{}",
            answer.status,
            answer.text()
        );
    }
}

/// A sentence for people, and the id under which the log knows it.
fn check_envelope(answer: &Answer) {
    let message = answer.message();
    let sentence = message.chars().next().is_some_and(|c| !c.is_lowercase())
        && message.ends_with(['.', '!', '?']);
    assert!(sentence, "{} is no sentence: {}", answer.status, answer.text());
    assert_eq!(answer.json()["request-id"], answer.header("x-request-id"));
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

fn matches(document: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        let target = document.pointer(pointer).ok_or(format!("{at}: no {reference}"))?;
        return matches(document, target, value, at);
    }
    if value.is_null() {
        let anything = schema.as_object().is_none_or(|s| s.is_empty());
        return if anything { Ok(()) } else { Err(format!("{at} is null")) };
    }
    for word in ["allOf", "anyOf", "oneOf"] {
        let Some(options) = schema[word].as_array() else { continue };
        let results: Vec<_> = options.iter().map(|o| matches(document, o, value, at)).collect();
        let failed = if word == "allOf" {
            results.into_iter().find_map(Result::err)
        } else if results.iter().any(Result::is_ok) {
            None
        } else {
            results.into_iter().find_map(Result::err)
        };
        if let Some(what) = failed {
            return Err(what);
        }
    }
    if let Some(values) = schema["enum"].as_array()
        && !values.contains(value)
    {
        return Err(format!("{at} is {value}, which is none of {values:?}"));
    }
    match schema["type"].as_str() {
        Some("object") => object(document, schema, value, at),
        Some("array") => {
            let items = value.as_array().ok_or(format!("{at} is no array"))?;
            items.iter().enumerate().try_for_each(|(n, item)| {
                matches(document, &schema["items"], item, &format!("{at}[{n}]"))
            })
        }
        Some("string") => {
            let text = value.as_str().ok_or(format!("{at} is no string"))?;
            let right = match schema["format"].as_str() {
                Some("uuid") => text.len() == 36 && text.parse::<domain::Uuid>().is_ok(),
                Some("date-time") => domain::Timestamp::parse(text).is_some(),
                _ => true,
            };
            if right { Ok(()) } else { Err(format!("{at} is {text:?}")) }
        }
        Some("integer") if !value.is_i64() => Err(format!("{at} is no integer")),
        Some("number") if !value.is_number() => Err(format!("{at} is no number")),
        Some("boolean") if !value.is_boolean() => Err(format!("{at} is no boolean")),
        _ => Ok(()),
    }
}

fn object(document: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let map = value.as_object().ok_or(format!("{at} is no object"))?;
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !map.contains_key(name) {
            return Err(format!("{at}.{name} is missing"));
        }
    }
    let open = &schema["additionalProperties"];
    for (name, value) in map {
        let at = format!("{at}.{name}");
        match schema["properties"].get(name) {
            Some(schema) => matches(document, schema, value, &at)?,
            None if open.is_object() => matches(document, open, value, &at)?,
            None if open.as_bool() == Some(true) => {}
            None if schema["properties"].is_null() && open.is_null() => {}
            None => return Err(format!("{at} is not in the document")),
        }
    }
    Ok(())
}
