//! Values: what bindings hold and expressions make.
//!
//! They share what is large, so a value is copied for the price of a counter. A value is never
//! deeper than `VALUE_DEPTH_MAX` plus the height of the expression that made it, so whatever walks
//! or drops it needs little stack.

use crate::map::{Key, Map};
use crate::time::{Duration, Timestamp};
use std::fmt;
use std::sync::Arc;

/// One value. Equality here is of type and content, for tests; expressions compare numbers of all
/// types by what they count.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    String(Arc<str>),
    Bytes(Arc<[u8]>),
    List(Arc<[Value]>),
    Map(Arc<Map>),
    Timestamp(Timestamp),
    Duration(Duration),
    Type(Type),
}

impl Value {
    /// The type, as `type()` gives it.
    pub fn kind(&self) -> Type {
        match self {
            Value::Null => Type::Null,
            Value::Bool(_) => Type::Bool,
            Value::Int(_) => Type::Int,
            Value::Uint(_) => Type::Uint,
            Value::Double(_) => Type::Double,
            Value::String(_) => Type::String,
            Value::Bytes(_) => Type::Bytes,
            Value::List(_) => Type::List,
            Value::Map(_) => Type::Map,
            Value::Timestamp(_) => Type::Timestamp,
            Value::Duration(_) => Type::Duration,
            Value::Type(_) => Type::Type,
        }
    }

    /// A map with names as keys; of two equal names the last stands.
    pub fn record<N: Into<Arc<str>>>(fields: impl IntoIterator<Item = (N, Value)>) -> Value {
        let fields = fields.into_iter().map(|(name, value)| (Key::String(name.into()), value));
        Value::Map(Arc::new(fields.collect()))
    }

    /// A list.
    pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
        Value::List(items.into_iter().collect())
    }

    /// Bytes of its text, as far as it is one.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Value::String(text) => text.len(),
            Value::Bytes(bytes) => bytes.len(),
            _ => 0,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::String(value.into())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::String(value.into())
    }
}

/// The type of a value, which is a value itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    List,
    Map,
    Timestamp,
    Duration,
    Type,
}

impl Type {
    /// All of them, with the names that CEL has for them.
    const NAMES: [(Type, &str); 12] = [
        (Type::Null, "null_type"),
        (Type::Bool, "bool"),
        (Type::Int, "int"),
        (Type::Uint, "uint"),
        (Type::Double, "double"),
        (Type::String, "string"),
        (Type::Bytes, "bytes"),
        (Type::List, "list"),
        (Type::Map, "map"),
        (Type::Timestamp, "google.protobuf.Timestamp"),
        (Type::Duration, "google.protobuf.Duration"),
        (Type::Type, "type"),
    ];

    /// The type that is called so.
    pub fn named(name: &str) -> Option<Type> {
        Type::NAMES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }

    /// Its name in an expression.
    pub fn name(self) -> &'static str {
        Type::NAMES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
