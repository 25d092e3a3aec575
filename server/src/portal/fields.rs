//! From a form's fields to an operation's JSON, by the schema of its input.
//!
//! `a.b` is nested, `a[].b` repeated, `a[2].b` in the third of a list whose empty ones close up, `a:base64` encoded. Whole numbers and booleans follow the
//! schema; `a:json` is written as JSON, `:json` the whole body; `a{}` is there though nothing may be in it; a map is lines of `key=value`, or `map.key`. An empty text is a field left out, an empty
//! map an empty map, and an empty `a:or-empty` or `a:base64-or-empty` empties what is there. What does not fit its
//! schema is passed on as it is: the API says what is wrong.

use api::{
    Endpoint,
    forms::{Fields, close_up, placed},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

const OBJECT: &str = "{}";
const JSON: &str = ":json";
const ENCODED: &str = ":base64";
const OR_EMPTY: &str = ":or-empty";
const ENCODED_OR_EMPTY: &str = ":base64-or-empty";

/// The last value of a field.
pub fn given<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().rev().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
}

/// The body of a call.
pub fn to_json(endpoint: &Endpoint, fields: &Fields) -> Value {
    if let Some(text) = given(fields, JSON) {
        return parsed(text);
    }
    let mut generator = SchemaGenerator::default();
    let root = (endpoint.input)(&mut generator).to_value();
    let definitions = generator.definitions();
    let schemas = Schemas { definitions };
    let mut body = Value::Object(Map::new());
    for (name, text) in fields.iter().filter(|(name, _)| !name.starts_with('_')) {
        if let Some(path) = name.strip_suffix(OBJECT) {
            if body[path].is_null() {
                body[path] = json!({});
            }
            continue;
        }
        if let Some(path) = name.strip_suffix(JSON) {
            body[path] = parsed(text);
            continue;
        }
        let encoded_or_empty = name.strip_suffix(ENCODED_OR_EMPTY);
        let may_be_empty = encoded_or_empty.or_else(|| name.strip_suffix(OR_EMPTY));
        if let (Some(path), true) = (may_be_empty, text.is_empty()) {
            body[path] = json!("");
            continue;
        }
        let (path, text) = match encoded_or_empty.or_else(|| name.strip_suffix(ENCODED)) {
            Some(path) if !text.is_empty() => (path, STANDARD.encode(text.replace("\r\n", "\n"))),
            Some(path) => (path, String::new()),
            None => (may_be_empty.unwrap_or(name), text.clone()),
        };
        place(&mut body, &schemas, &root, path, &text);
    }
    close_up(&mut body);
    body
}

/// JSON as it was typed; what is none is a text.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}

/// Schemas by name.
struct Schemas<'a> {
    definitions: &'a Map<String, Value>,
}

impl Schemas<'_> {
    /// Follows references and options to what a value must be.
    fn resolve<'s>(&'s self, schema: &'s Value) -> &'s Value {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return self.definitions.get(name).map_or(&Value::Null, |found| self.resolve(found));
        }
        let some = schema["anyOf"].as_array().and_then(|options| {
            options.iter().find(|option| option["type"].as_str() != Some("null"))
        });
        some.map_or(schema, |inner| self.resolve(inner))
    }

    fn is(&self, schema: &Value, kind: &str) -> bool {
        match &schema["type"] {
            Value::String(this) => this == kind,
            Value::Array(several) => several.iter().any(|this| this == kind),
            _ => false,
        }
    }

    /// A map of texts: an object whose keys are not known before.
    fn is_map(&self, schema: &Value) -> bool {
        self.is(schema, "object") && self.is(&schema["additionalProperties"], "string")
    }
}

fn place(target: &mut Value, schemas: &Schemas<'_>, schema: &Value, path: &str, text: &str) {
    let schema = schemas.resolve(schema);
    let Value::Object(object) = target else { return };
    if schemas.is_map(schema) {
        object.insert(path.to_owned(), json!(text));
        return;
    }
    let (first, rest) =
        path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    if let (Some((name, at)), Some(rest)) = (placed(first), rest) {
        let items = schemas.resolve(&schemas.resolve(&schema["properties"][name])["items"]);
        let list = object.entry(name).or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.resize_with(list.len().max(at + 1), || json!({}));
            place(&mut list[at], schemas, items, rest, text);
        }
        return;
    }
    let (name, repeated) = first.strip_suffix("[]").map_or((first, false), |name| (name, true));
    let inner = schemas.resolve(&schema["properties"][name]);
    if text.is_empty() && !(rest.is_none() && schemas.is_map(inner)) {
        return;
    }
    if repeated {
        let items = schemas.resolve(&inner["items"]);
        let list = object.entry(name).or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(match rest {
                None => scalar(schemas, items, text),
                Some(rest) => nested(schemas, items, rest, text),
            });
        }
        return;
    }
    match rest {
        Some(rest) => {
            let slot = object.entry(name).or_insert_with(|| json!({}));
            place(slot, schemas, inner, rest, text);
        }
        None if schemas.is_map(inner) => {
            object.insert(name.to_owned(), lines(text));
        }
        None => {
            object.insert(name.to_owned(), scalar(schemas, inner, text));
        }
    }
}

fn nested(schemas: &Schemas<'_>, schema: &Value, path: &str, text: &str) -> Value {
    let mut value = json!({});
    place(&mut value, schemas, schema, path, text);
    value
}

fn scalar(schemas: &Schemas<'_>, schema: &Value, text: &str) -> Value {
    let trimmed = text.trim();
    if schemas.is(schema, "integer")
        && let Ok(number) = trimmed.parse::<i64>()
    {
        return json!(number);
    }
    if schemas.is(schema, "boolean") {
        match trimmed {
            "true" | "on" => return json!(true),
            "false" => return json!(false),
            _ => {}
        }
    }
    json!(text)
}

/// `key=value`, a line each.
pub fn lines(text: &str) -> Value {
    let pairs = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        (key.trim().to_owned(), json!(value.trim()))
    });
    Value::Object(pairs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(operation: &str, fields: &[(&str, &str)]) -> Value {
        let endpoint = api::find(operation).expect("an operation of the table");
        let fields = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        to_json(endpoint, &fields)
    }

    #[test]
    fn rows_that_are_left_empty_close_up() {
        let rows = [
            ("mapping{}", ""),
            ("mapping.rules[0].expression", "true"),
            ("mapping.rules[0].role-id", "1"),
            ("mapping.rules[1].expression", ""),
            ("mapping.rules[1].role-id", ""),
            ("mapping.rules[2].role-id", "2"),
            ("mapping.rules[100].role-id", "3"),
            ("mapping.default-role-id", ""),
        ];
        let rules = json!([{ "expression": "true", "role-id": "1" }, { "role-id": "2" }]);
        let body = check("update-identity-provider", &rows);
        assert_eq!(body["mapping"]["rules"], rules);
        let none = check("update-identity-provider", &[("mapping{}", ""), rows[3], rows[4]]);
        // A mapping without rules has none.
        assert_eq!(none, json!({ "mapping": {} }));
    }

    #[test]
    fn a_form_becomes_the_operations_json() {
        let body = check(
            "create-instance",
            &[
                ("_return", "/"),
                ("name", "web-1"),
                ("instance-type.id", "1"),
                ("template.id", "2"),
                ("disk-size", "10"),
                ("ssh-keys[].name", "a"),
                ("ssh-keys[].name", "b"),
                ("user-data:base64", "#cloud-config\r\n"),
                ("labels", "env=prod\r\n\r\n tier = web "),
                ("auto-start", "false"),
                ("auto-start", "true"),
                ("zone", ""),
            ],
        );
        assert_eq!(
            body,
            json!({
                "name": "web-1", "instance-type": {"id": "1"}, "template": {"id": "2"}, "disk-size": 10,
                "ssh-keys": [{"name": "a"}, {"name": "b"}], "user-data": "I2Nsb3VkLWNvbmZpZwo=",
                "labels": {"env": "prod", "tier": "web"}, "auto-start": true,
            })
        );
    }

    /// Browsers know no schemas; what they take for a number must be one everywhere.
    #[test]
    fn names_say_the_same_as_schemas() {
        use api::forms::{is_flag, is_map, is_number};
        for endpoint in api::ENDPOINTS.iter().filter(|endpoint| endpoint.is_mutation()) {
            let mut generator = SchemaGenerator::default();
            let root = (endpoint.input)(&mut generator).to_value();
            let schemas = Schemas { definitions: generator.definitions() };
            let fields = schemas.resolve(&root)["properties"].as_object().cloned();
            for (name, schema) in fields.into_iter().flatten() {
                let schema = schemas.resolve(&schema);
                let by_schema = (
                    schemas.is(schema, "integer"),
                    schemas.is(schema, "boolean"),
                    schemas.is_map(schema),
                );
                let by_name = (is_number(&name), is_flag(&name), is_map(&name));
                assert_eq!(by_name, by_schema, "{name} of {}", endpoint.operation);
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_left_to_the_api() {
        assert_eq!(
            check("resize-instance-disk", &[("disk-size", "ten")]),
            json!({"disk-size": "ten"})
        );
        assert_eq!(check("create-session", &[("unknown", "x")]), json!({"unknown": "x"}));
    }

    #[test]
    fn a_field_or_the_whole_may_be_json() {
        let of = |fields: &[(&str, &str)]| check("update-iam-role", fields);
        let none = ("permissions:json", "[]");
        assert_eq!(of(&[none]), json!({"permissions": []}));
        assert_eq!(of(&[none, ("permissions[]", "a")]), json!({"permissions": ["a"]}));
        assert_eq!(of(&[("permissions:json", "[")]), json!({"permissions": "["}));
        let whole = (":json", r#"{"labels":{}}"#);
        assert_eq!(of(&[whole, ("description", "x")]), json!({"labels": {}}));
        assert_eq!(of(&[(":json", "7"), none]), json!(7));
    }

    #[test]
    fn user_data_may_be_emptied_where_the_form_says_so() {
        let update = |name: &str, text: &str| check("update-instance", &[(name, text)]);
        assert_eq!(update("user-data:base64-or-empty", ""), json!({"user-data": ""}));
        assert_eq!(update("user-data:base64-or-empty", "#!"), json!({"user-data": "IyE="}));
        assert_eq!(update("user-data:base64", ""), json!({}));
    }

    #[test]
    fn a_text_may_be_emptied_where_the_form_says_so() {
        let update = |name: &str, text: &str| check("update-template", &[(name, text)]);
        assert_eq!(update("description:or-empty", ""), json!({"description": ""}));
        assert_eq!(update("description:or-empty", " x"), json!({"description": " x"}));
        assert_eq!(update("description", ""), json!({}));
    }

    #[test]
    fn labels_may_be_emptied_and_named_one_by_one() {
        assert_eq!(check("update-instance", &[("labels", "")]), json!({"labels": {}}));
        assert_eq!(
            check("update-instance", &[("labels.app.kubernetes.io/name", "x")]),
            json!({"labels": {"app.kubernetes.io/name": "x"}})
        );
    }
}
