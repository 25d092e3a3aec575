//! Every place of a query or a body where an id can stand, read from the platform's own document.

use api::Endpoint;
use serde_json::{Value, json};
use server::http::openapi;

/// What is an id by its name, whatever its format says.
const NAMES: [&str; 4] = ["id", "ids", "api-key", "resource"];
/// Ways in a body that lead to a name by which things are known.
const NAMED: [&str; 2] = ["ssh-key/name", "ssh-keys/0/name"];
/// What every operation of a kind takes.
const OF_ALL: [&str; 2] = ["dry-run", "at"];

/// Where an id stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A parameter of the query.
    Query(String),
    /// A way through a body, without a slash before it: `mapping/rules/0/role-id`.
    Body(String),
}

impl Place {
    pub fn name(&self) -> &str {
        match self {
            Place::Query(name) | Place::Body(name) => name,
        }
    }
}

/// All of them, with the operation that takes them.
pub fn places() -> Vec<(&'static Endpoint, Place)> {
    let document = openapi::document();
    let mut all = Vec::new();
    for endpoint in api::ENDPOINTS {
        let operation = &document["paths"][endpoint.path][endpoint.method.as_str().to_lowercase()];
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        for parameter in parameters.filter(|one| one["in"] == "query") {
            let name = parameter["name"].as_str().unwrap();
            if !OF_ALL.contains(&name) {
                let found = walked(document, &parameter["schema"], name);
                all.extend(found.into_iter().map(|at| (endpoint, Place::Query(at))));
            }
        }
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let found = walked(document, schema, "");
        all.extend(found.into_iter().map(|at| (endpoint, Place::Body(at))));
    }
    all
}

fn walked(document: &Value, schema: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(document, schema, at, &mut Vec::new(), &mut found);
    found.dedup();
    found
}

fn walk(
    document: &Value,
    schema: &Value,
    at: &str,
    within: &mut Vec<String>,
    found: &mut Vec<String>,
) {
    if let Some(reference) = schema["$ref"].as_str() {
        if within.iter().all(|one| one != reference) {
            within.push(reference.to_owned());
            let target = document.pointer(reference.trim_start_matches('#')).unwrap();
            walk(document, target, at, within, found);
            within.pop();
        }
        return;
    }
    if is_id(schema, at) {
        found.push(at.to_owned());
    }
    let below = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") };
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        walk(document, schema, &below(name), within, found);
    }
    for schema in ["allOf", "anyOf", "oneOf"].iter().filter_map(|of| schema[of].as_array()) {
        schema.iter().for_each(|schema| walk(document, schema, at, within, found));
    }
    if schema["items"].is_object() {
        walk(document, &schema["items"], &below("0"), within, found);
    }
    if schema["additionalProperties"].is_object() {
        walk(document, &schema["additionalProperties"], &below("any"), within, found);
    }
}

fn is_id(schema: &Value, at: &str) -> bool {
    let last = at.split('/').rfind(|step| *step != "0").unwrap_or_default();
    let is_named = NAMES.contains(&last)
        || last.ends_with("-id")
        || NAMED.iter().any(|named| at.ends_with(named));
    schema["format"] == "uuid" || schema["type"] == "string" && is_named
}

/// Writes an id into a body, with all that has to be around it.
pub fn put(body: &mut Value, at: &str, id: &str) {
    let mut here = body;
    for step in at.split('/') {
        here = match step.parse::<usize>() {
            Ok(_) => {
                if here.as_array().is_none_or(Vec::is_empty) {
                    *here = json!([null]);
                }
                &mut here[0]
            }
            Err(_) => {
                if !here.is_object() {
                    *here = json!({});
                }
                &mut here[step]
            }
        };
    }
    *here = json!(id);
}
