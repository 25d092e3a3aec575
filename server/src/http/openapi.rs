//! `GET /v2/openapi.json`: the document of everything that is served, made from the table.

use api::{ENDPOINTS, Endpoint, ErrorBody, Kind, Method, Preview};
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// The document. The same on every server, so that it is checked in and compared.
pub fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(build);
    &DOCUMENT
}

/// What an operation takes besides its path: the names in its query or its body.
pub fn fields(endpoint: &Endpoint) -> &'static HashSet<&'static str> {
    static FIELDS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
        let document = document();
        ENDPOINTS.iter().map(|of| (of.operation, fields_of(document, of))).collect()
    });
    static NONE: LazyLock<HashSet<&'static str>> = LazyLock::new(HashSet::new);
    FIELDS.get(endpoint.operation).unwrap_or(&NONE)
}

fn fields_of(document: &'static Value, endpoint: &Endpoint) -> HashSet<&'static str> {
    let operation = &document["paths"][endpoint.path][endpoint.method.as_str().to_lowercase()];
    if endpoint.method == Method::GET {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let query = parameters.filter(|parameter| parameter["in"] == "query");
        return query.filter_map(|parameter| parameter["name"].as_str()).collect();
    }
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let reference = schema["$ref"].as_str().map(|to| to.trim_start_matches('#'));
    let schema = reference.and_then(|to| document.pointer(to)).unwrap_or(schema);
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.map(|(name, _)| name.as_str()).collect()
}

fn build() -> Value {
    let settings = SchemaSettings::openapi3();
    let mut schemas = settings.into_generator();
    let mut paths = Map::new();
    for endpoint in ENDPOINTS {
        let item = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        item[endpoint.method.as_str().to_lowercase()] = operation(&mut schemas, endpoint);
    }
    let error = schemas.subschema_for::<ErrorBody>();
    let preview = schemas.subschema_for::<Preview>();
    let definitions = schemas.take_definitions(true);
    let mut document = json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Couloir API",
            "version": "2.0.0",
            "description": DESCRIPTION,
        },
        "servers": [{ "url": "/v2" }],
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {
                "signature": { "type": "apiKey", "in": "header", "name": "Authorization",
                    "description": "EXO2-HMAC-SHA256 credential=…,signed-query-args=…,expires=…,signature=…" },
                "token": { "type": "http", "scheme": "bearer" },
                "session": { "type": "apiKey", "in": "cookie", "name": api::SESSION_COOKIE },
            },
            "responses": {
                "error": { "description": "What is wrong and what to do next.",
                    "content": { "application/json": { "schema": error } } },
                "preview": { "description": "What the mutation would do (`dry-run=true`).",
                    "content": { "application/json": { "schema": preview } } },
            },
        },
    });
    leave_out_null(&mut document);
    document
}

/// What is optional is left out here, never null, so no schema may say otherwise.
fn leave_out_null(value: &mut Value) {
    if let Value::Object(map) = value {
        map.remove("nullable");
        if let Some(Value::Array(types)) = map.get_mut("type") {
            types.retain(|t| t != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                map.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(any)) = map.get_mut("anyOf") {
            any.retain(|one| one["type"] != "null");
            if let [only] = any.as_slice() {
                let only = only.clone();
                map.remove("anyOf");
                map.extend(only.as_object().cloned().unwrap_or_default());
            }
        }
    }
    match value {
        Value::Object(map) => map.values_mut().for_each(leave_out_null),
        Value::Array(items) => items.iter_mut().for_each(leave_out_null),
        _ => {}
    }
}

const DESCRIPTION: &str = "Compatible with Exoscale's API v2 for the operations it serves. \
Every mutation takes `dry-run=true` and answers what it would do (see `components.responses.preview`); \
`If-Match` with the `ETag` that was read answers 412 when somebody changed it since; a mutation that is \
sent again with the same signature before it expires, or with the same `Idempotency-Key` within a day, \
has no second effect and gets the first one's answer. What this costs: two equal requests signed within \
one second are one; send an `Idempotency-Key` of its own with each to say that they are two. \
Reads that take `at` answer what they would have answered at that instant; prices and types are those of now.";

fn operation(schemas: &mut SchemaGenerator, endpoint: &Endpoint) -> Value {
    let names = endpoint.path.split(['{', '}']).skip(1).step_by(2);
    let mut parameters: Vec<Value> = names
        .map(|name| {
            let uuid = name.ends_with("id")
                && !matches!(
                    endpoint.operation,
                    "get-api-key" | "delete-api-key" | "delete-session"
                );
            let schema = if uuid {
                json!({"type": "string", "format": "uuid"})
            } else {
                json!({"type": "string"})
            };
            json!({ "in": "path", "name": name, "required": true, "schema": schema })
        })
        .collect();
    let input = (endpoint.input)(schemas);
    if endpoint.method == Method::GET {
        parameters.extend(query_parameters(schemas, &input));
        if api::is_known_of_the_past(endpoint.operation) {
            parameters.push(json!({ "in": "query", "name": api::AT,
                "schema": { "type": "string", "format": "date-time" } }));
        }
    } else if endpoint.is_mutation() {
        parameters
            .push(json!({ "in": "query", "name": "dry-run", "schema": { "type": "boolean" } }));
        for name in ["Idempotency-Key", "If-Match"] {
            parameters
                .push(json!({ "in": "header", "name": name, "schema": { "type": "string" } }));
        }
    }
    let output = (endpoint.output)(schemas);
    let content = match endpoint.kind {
        Kind::Stream => "text/event-stream",
        _ => "application/json",
    };
    let mut document = json!({
        "operationId": endpoint.operation,
        "summary": endpoint.summary,
        "parameters": parameters,
        "responses": {
            "200": { "description": "Done, or accepted.", "content": { content: { "schema": output } } },
            "default": { "$ref": "#/components/responses/error" },
        },
        "security": security(endpoint),
        "x-iam-service": endpoint.service,
        "x-asynchronous": endpoint.kind == Kind::Task,
        "x-asks-for-proof": endpoint.is_sensitive(),
    });
    if endpoint.method != Method::GET && has_properties(schemas, &input) {
        document["requestBody"] = json!({ "content": { "application/json": { "schema": input } } });
    }
    document
}

fn security(endpoint: &Endpoint) -> Value {
    match endpoint.access {
        api::Access::Public => json!([]),
        api::Access::Anyone => json!([{"signature": []}, {"token": []}, {"session": []}]),
        api::Access::Person => json!([{"token": []}, {"session": []}]),
        api::Access::Session => json!([{"session": []}]),
    }
}

/// The object behind a reference.
fn resolve(schemas: &SchemaGenerator, schema: &schemars::Schema) -> Value {
    let value = serde_json::to_value(schema).unwrap_or_default();
    let name = value["$ref"].as_str().and_then(|r| r.rsplit('/').next());
    name.and_then(|name| schemas.definitions().get(name).cloned()).unwrap_or(value)
}

fn has_properties(schemas: &SchemaGenerator, schema: &schemars::Schema) -> bool {
    resolve(schemas, schema)["properties"].as_object().is_some_and(|p| !p.is_empty())
}

fn query_parameters(schemas: &SchemaGenerator, schema: &schemars::Schema) -> Vec<Value> {
    let object = resolve(schemas, schema);
    let Some(properties) = object["properties"].as_object() else { return Vec::new() };
    properties
        .iter()
        .map(|(name, schema)| json!({ "in": "query", "name": name, "schema": schema }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compared as JSON: the order of fields follows from how the whole workspace is built.
    #[test]
    fn the_generated_document_is_the_one_that_is_checked_in()
    -> Result<(), Box<dyn std::error::Error>> {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../api/openapi.json");
        if std::env::var("COULOIR_BLESS").is_ok_and(|bless| bless == "1") {
            std::fs::write(file, format!("{}\n", serde_json::to_string_pretty(document())?))?;
        }
        let checked_in: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        assert!(checked_in == *document(), "cargo xtask bless writes api/openapi.json anew");
        Ok(())
    }

    /// Policies tell fields apart with underscores for hyphens, and see only those that are known.
    #[test]
    fn the_fields_of_every_operation_are_known_and_can_be_told_apart() {
        for endpoint in ENDPOINTS {
            let fields = fields(endpoint);
            assert!(fields.iter().all(|name| !name.contains('_')), "{}", endpoint.operation);
            let operation = &document()["paths"][endpoint.path];
            let has_body =
                operation[endpoint.method.as_str().to_lowercase()]["requestBody"].is_object();
            assert!(!has_body || !fields.is_empty(), "{}", endpoint.operation);
        }
        let of = |operation| fields(api::find(operation).expect(operation));
        assert!(of("create-instance").contains("public-ip-assignment"));
        assert!(of("list-instances").contains("state"));
        assert!(of("stop-instance").is_empty());
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn walk(value: &Value, document: &Value) {
            if let Some(reference) = value["$ref"].as_str() {
                assert!(
                    document.pointer(reference.trim_start_matches('#')).is_some(),
                    "{reference}"
                );
            }
            let below: Vec<&Value> = match value {
                Value::Object(map) => map.values().collect(),
                Value::Array(items) => items.iter().collect(),
                _ => Vec::new(),
            };
            below.into_iter().for_each(|value| walk(value, document));
        }
        walk(document(), document());
    }
}
