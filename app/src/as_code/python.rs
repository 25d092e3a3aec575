//! An operation as lines of Python that run as they stand: with Exoscale's own SDK for what
//! Exoscale's API has, and with `requests` for what only this platform has.

use super::{Facts, Python, is_secret};
use api::{Access, Method, SESSION_COOKIE, fill};
use serde_json::Value;

/// What Exoscale's lists can be asked; what only ours can goes by `requests`.
const ASKED_OF_EXOSCALE: &[&str] =
    &["manager-id", "manager-type", "ip-address", "labels", "visibility", "family", "from", "to"];
/// What bodies have that Exoscale's have not.
const OWN_FIELDS: &[(&str, &str)] = &[("create-api-key", "days"), ("create-user", "language")];
/// Words of the language, which can't be names of arguments.
const KEYWORDS: &[&str] = &["from"];

pub fn lines(facts: &Facts<'_>) -> Python {
    let sdk = facts.endpoint.compatible && is_known_to_exoscale(facts);
    let lines = if sdk { with_sdk(facts) } else { with_requests(facts) };
    Python { lines, sdk }
}

fn is_known_to_exoscale(facts: &Facts<'_>) -> bool {
    let known = |name: &String| match facts.endpoint.method {
        Method::GET => name == "zone" || ASKED_OF_EXOSCALE.contains(&name.as_str()),
        _ => !OWN_FIELDS.contains(&(facts.endpoint.operation, name.as_str())),
    };
    facts.input.as_object().is_none_or(|fields| fields.keys().all(known))
}

fn with_sdk(facts: &Facts<'_>) -> String {
    let zone = facts.input["zone"].as_str();
    // Each zone has an address of its own, as at Exoscale.
    let url = match zone {
        Some(zone) => format!("{}/{zone}/v2", facts.origin),
        None => format!("{}/v2", facts.origin),
    };
    let mut arguments = Vec::new();
    for (name, value) in facts.params {
        arguments.push(argument(name, string(value)));
    }
    for (name, value) in facts.input.as_object().into_iter().flatten() {
        if name != "zone" {
            arguments.push(argument(name, literal(value, 1)));
        }
    }
    let method = facts.endpoint.operation.replace('-', "_");
    format!(
        "import os\n\nfrom exoscale.api.v2 import Client\n\nclient = Client(\n    \
         os.environ[\"EXOSCALE_API_KEY\"],\n    os.environ[\"EXOSCALE_API_SECRET\"],\n    \
         url={},\n)\nprint(client.{method}({}))",
        string(&url),
        listed(&arguments, 0)
    )
}

fn argument(name: &str, value: String) -> String {
    match KEYWORDS.contains(&name) {
        true => format!("**{{{}: {value}}}", string(name)),
        false => format!("{}={value}", name.replace('-', "_")),
    }
}

/// Who asks. A cookie counts only with the address of the platform's own pages.
fn headers(facts: &Facts<'_>) -> String {
    match facts.endpoint.access {
        Access::Session => format!(
            "{{\"Origin\": {}, \"Cookie\": f\"{SESSION_COOKIE}={{os.environ['COULOIR_SESSION']}}\"}}",
            string(facts.origin)
        ),
        Access::Public | Access::Anyone | Access::Person => {
            "{\"Authorization\": f\"Bearer {os.environ['COULOIR_TOKEN']}\"}".to_owned()
        }
    }
}

fn with_requests(facts: &Facts<'_>) -> String {
    let path = fill(facts.endpoint.path, facts.params);
    let url = string(&format!("{}/v2{path}", facts.origin));
    let mut arguments = vec![url, format!("headers={}", headers(facts))];
    if facts.input.as_object().is_some_and(|fields| !fields.is_empty()) {
        let of = if facts.endpoint.method == Method::GET { "params" } else { "json" };
        arguments.push(format!("{of}={}", literal(facts.input, 1)));
    }
    let method = facts.endpoint.method.as_str().to_lowercase();
    format!(
        "import os\n\nimport requests\n\nanswer = requests.{method}({})\nprint(answer.status_code, answer.text)",
        listed(&arguments, 0)
    )
}

/// Values side by side, or one per line where they are many.
fn listed(values: &[String], depth: usize) -> String {
    let one = values.join(", ");
    if one.len() <= 60 && !one.contains('\n') {
        return one;
    }
    let (inner, outer) = ("    ".repeat(depth + 1), "    ".repeat(depth));
    let lines: String = values.iter().map(|value| format!("{inner}{value},\n")).collect();
    format!("\n{lines}{outer}")
}

/// A value as Python writes it.
fn literal(value: &Value, depth: usize) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => string(text),
        Value::Array(values) => {
            let values: Vec<_> = values.iter().map(|value| literal(value, depth + 1)).collect();
            format!("[{}]", listed(&values, depth))
        }
        Value::Object(fields) => {
            let pair = |(name, value): (&String, &Value)| match is_secret(name) {
                true => {
                    let variable = name.to_uppercase().replace('-', "_");
                    format!("{}: os.environ[\"COULOIR_{variable}\"]", string(name))
                }
                false => format!("{}: {}", string(name), literal(value, depth + 1)),
            };
            let pairs: Vec<_> = fields.iter().map(pair).collect();
            format!("{{{}}}", listed(&pairs, depth))
        }
    }
}

/// What JSON escapes, Python escapes alike; the rest stands for itself in both.
fn string(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
