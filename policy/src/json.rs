//! Values from JSON: what requests and resources are made of.

use crate::limits::VALUE_DEPTH_MAX;
use crate::map::{Key, Map};
use crate::value::Value;
use serde_json::Value as Json;
use std::sync::Arc;

/// Why JSON cannot be bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unbindable {
    /// It has more than `VALUE_DEPTH_MAX` levels.
    TooDeep,
    /// Two names of it become one: `a-b` beside `a_b`. Whoever asks with both must not choose which
    /// of them a rule sees.
    Ambiguous,
}

/// The value that JSON stands for. Whole numbers are integers, as far as they fit.
pub fn from_json(json: &Json) -> Result<Value, Unbindable> {
    value(json, VALUE_DEPTH_MAX)
}

/// The same for a request's parameters: the names of the outermost object have underscores for
/// hyphens, as Exoscale's bindings do (`public-ip-assignment` is `parameters.public_ip_assignment`).
pub fn from_parameters(parameters: &serde_json::Map<String, Json>) -> Result<Value, Unbindable> {
    let mut entries = Vec::with_capacity(parameters.len());
    for (name, json) in parameters {
        let value = value(json, VALUE_DEPTH_MAX - 1)?;
        entries.push((Key::String(name.replace('-', "_").into()), value));
    }
    Map::of_different(entries).map(|map| Value::Map(Arc::new(map))).ok_or(Unbindable::Ambiguous)
}

fn value(json: &Json, levels: usize) -> Result<Value, Unbindable> {
    let below = levels.checked_sub(1).ok_or(Unbindable::TooDeep)?;
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(is) => Value::Bool(*is),
        Json::String(text) => text.as_str().into(),
        Json::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => Value::Int(number),
            (None, Some(number)) => Value::Uint(number),
            (None, None) => Value::Double(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::Array(items) => {
            let items = items.iter().map(|item| value(item, below));
            Value::List(items.collect::<Result<_, _>>()?)
        }
        Json::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, field)| Ok((Key::String(name.as_str().into()), value(field, below)?)));
            Value::Map(Arc::new(fields.collect::<Result<_, _>>()?))
        }
    })
}
