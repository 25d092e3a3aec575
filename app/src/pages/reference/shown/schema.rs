//! Schemas as rows: a line for each field, those of inner objects by `a.b`.

use serde_json::Value;

/// Deepest nesting that is taken apart.
const DEPTH_MAX: usize = 4;

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// `instance-type.id`, `ssh-keys[].name`
    pub path: String,
    /// `string (uuid)`, `[integer]`
    pub kind: String,
    pub required: bool,
    /// What it may be, where that is one of few.
    pub values: Vec<String>,
    pub what: String,
    pub shape: Shape,
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Number,
    Flag,
    /// A line for each value.
    Lines,
    /// A line for each `key=value`.
    Map,
    /// Holds other fields, which stand below it.
    Object,
}

/// Follows references, and leaves out that something may be absent.
pub fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(path) = schema["$ref"].as_str() {
        let found = document.pointer(path.trim_start_matches('#'));
        return found.map_or(&Value::Null, |found| resolve(document, found));
    }
    for several in ["allOf", "anyOf"] {
        let options = schema[several].as_array().into_iter().flatten();
        let mut real = options.filter(|one| one["enum"] != serde_json::json!([null]));
        if let Some(first) = real.next() {
            return resolve(document, first);
        }
    }
    schema
}

/// The fields of an object, those inside of it after each.
pub fn fields(document: &Value, schema: &Value) -> Vec<Field> {
    let mut found = Vec::new();
    add(document, schema, "", true, 0, &mut found);
    found
}

/// One value by itself, such as a parameter.
pub fn field(document: &Value, path: &str, schema: &Value, required: bool) -> Field {
    let inner = resolve(document, schema);
    let (kind, shape) = kind(document, inner);
    let options = inner["oneOf"].as_array().into_iter().flatten();
    let values = options.chain([inner]).flat_map(|one| one["enum"].as_array()).flatten();
    let what = schema["description"].as_str().or(inner["description"].as_str());
    Field {
        path: path.to_owned(),
        kind,
        required,
        values: values.filter_map(|value| value.as_str().map(str::to_owned)).collect(),
        what: what.unwrap_or_default().to_owned(),
        shape,
    }
}

fn add(
    document: &Value,
    schema: &Value,
    before: &str,
    needed: bool,
    depth: usize,
    found: &mut Vec<Field>,
) {
    let schema = resolve(document, schema);
    let required: Vec<_> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let must = needed && required.contains(&name.as_str());
        let inner = resolve(document, property);
        let items = resolve(document, &inner["items"]);
        let list = if inner["items"].is_null() { "" } else { "[]" };
        let path = format!("{before}{name}{list}");
        found.push(field(document, &path, property, must));
        let below = if list.is_empty() { inner } else { items };
        if below["properties"].is_object() && depth < DEPTH_MAX {
            add(document, below, &format!("{path}."), must && list.is_empty(), depth + 1, found);
        }
    }
}

fn kind(document: &Value, schema: &Value) -> (String, Shape) {
    let first = &schema["oneOf"][0]["type"];
    let name = schema["type"].as_str().or(first.as_str()).unwrap_or("any");
    if schema["properties"].is_object() {
        return (name.to_owned(), Shape::Object);
    }
    if schema["additionalProperties"].is_object() {
        let (of, _) = kind(document, resolve(document, &schema["additionalProperties"]));
        return (format!("{{string: {of}}}"), Shape::Map);
    }
    let items = resolve(document, &schema["items"]);
    if name == "array" {
        let (of, inner) = kind(document, items);
        let shape = if inner == Shape::Object { Shape::Object } else { Shape::Lines };
        return (format!("[{of}]"), shape);
    }
    let format = schema["format"].as_str().map(|format| format!(" ({format})")).unwrap_or_default();
    let shape = match name {
        "integer" | "number" => Shape::Number,
        "boolean" => Shape::Flag,
        _ => Shape::Text,
    };
    (format!("{name}{format}"), shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn inner_fields_stand_below_what_holds_them() {
        let document = json!({"components": {"schemas": {
            "Ref": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "format": "uuid"}}},
        }}});
        let schema = json!({
            "type": "object", "required": ["one"],
            "properties": {
                "maybe": {"anyOf": [{"$ref": "#/components/schemas/Ref"}, {"enum": [null]}]},
                "many": {"type": "array", "items": {"$ref": "#/components/schemas/Ref"}},
                "one": {"$ref": "#/components/schemas/Ref"},
                "tags": {"type": "object", "additionalProperties": {"type": "string"}},
            },
        });
        let mut found: Vec<_> = fields(&document, &schema)
            .into_iter()
            .map(|field| (field.path, field.kind, field.required, field.shape))
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let row = |path: &str, kind: &str, required, shape| {
            (path.to_owned(), kind.to_owned(), required, shape)
        };
        assert_eq!(
            found,
            [
                row("many[]", "[object]", false, Shape::Object),
                row("many[].id", "string (uuid)", false, Shape::Text),
                row("maybe", "object", false, Shape::Object),
                row("maybe.id", "string (uuid)", false, Shape::Text),
                row("one", "object", true, Shape::Object),
                row("one.id", "string (uuid)", true, Shape::Text),
                row("tags", "{string: string}", false, Shape::Map),
            ]
        );
    }
}
