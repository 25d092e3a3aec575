//! Maps: keys in order, found by bisection.

use crate::value::Value;
use std::sync::Arc;

/// What may be a key (language definition, "Aggregate Values").
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    Bool(bool),
    Int(i64),
    Uint(u64),
    String(Arc<str>),
}

/// The order of keys: numbers by what they count, whatever their type, as `==` has it.
type Order<'a> = (u8, i128, &'a str);

impl Key {
    fn order(&self) -> Order<'_> {
        match self {
            Key::Bool(is) => (0, i128::from(*is), ""),
            Key::Int(number) => (1, i128::from(*number), ""),
            Key::Uint(number) => (1, i128::from(*number), ""),
            Key::String(text) => (2, 0, text),
        }
    }

    /// The key as the value that a macro's variable is.
    pub fn to_value(&self) -> Value {
        match self {
            Key::Bool(is) => Value::Bool(*is),
            Key::Int(number) => Value::Int(*number),
            Key::Uint(number) => Value::Uint(*number),
            Key::String(text) => Value::String(text.clone()),
        }
    }

    /// The value as a key that is to be written into a map.
    pub fn of(value: &Value) -> Option<Key> {
        Some(match value {
            Value::Bool(is) => Key::Bool(*is),
            Value::Int(number) => Key::Int(*number),
            Value::Uint(number) => Key::Uint(*number),
            Value::String(text) => Key::String(text.clone()),
            _ => return None,
        })
    }
}

/// A map. Its keys are sorted and different.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    entries: Vec<(Key, Value)>,
}

impl Map {
    /// A map of these entries; nothing, if two keys are equal.
    pub(crate) fn of_different(mut entries: Vec<(Key, Value)>) -> Option<Map> {
        entries.sort_by(|(a, _), (b, _)| a.order().cmp(&b.order()));
        let twice = entries.windows(2).any(|pair| pair[0].0.order() == pair[1].0.order());
        (!twice).then_some(Map { entries })
    }

    /// What stands under a name.
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.find((2, 0, name))
    }

    /// What stands under a value. A number finds the key that equals it, whatever its type; `None`
    /// also for what can be no key.
    pub fn get(&self, key: &Value) -> Option<&Value> {
        match key {
            Value::Bool(is) => self.find((0, i128::from(*is), "")),
            Value::Int(number) => self.find((1, i128::from(*number), "")),
            Value::Uint(number) => self.find((1, i128::from(*number), "")),
            // No number of an integer type has more than 20 digits: a cast that saturates finds
            // nothing that it should not.
            Value::Double(number) if number.trunc() == *number => {
                self.find((1, *number as i128, ""))
            }
            Value::String(text) => self.find((2, 0, text)),
            _ => None,
        }
    }

    fn find(&self, wanted: Order<'_>) -> Option<&Value> {
        let at = self.entries.binary_search_by(|(key, _)| key.order().cmp(&wanted)).ok()?;
        self.entries.get(at).map(|(_, value)| value)
    }

    /// Keys and values, in the order of the keys.
    pub fn entries(&self) -> &[(Key, Value)] {
        &self.entries
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl FromIterator<(Key, Value)> for Map {
    /// Of two equal keys the last stands.
    fn from_iter<I: IntoIterator<Item = (Key, Value)>>(entries: I) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.reverse();
        entries.sort_by(|(a, _), (b, _)| a.order().cmp(&b.order()));
        entries.dedup_by(|(a, _), (b, _)| a.order() == b.order());
        Map { entries }
    }
}
