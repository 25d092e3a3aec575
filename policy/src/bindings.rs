//! The names that an expression can read.

use crate::value::Value;
use std::sync::Arc;

/// Values by name. There are a dozen, so they are looked through.
#[derive(Clone, Debug, Default)]
pub struct Bindings {
    values: Vec<(Arc<str>, Value)>,
}

impl Bindings {
    pub fn new() -> Self {
        Bindings::default()
    }

    /// Binds a name; what it was bound to before is forgotten.
    pub fn set(&mut self, name: impl Into<Arc<str>>, value: impl Into<Value>) {
        let (name, value) = (name.into(), value.into());
        self.values.retain(|(known, _)| *known != name);
        self.values.push((name, value));
    }

    /// The same, for chains.
    pub fn with(mut self, name: impl Into<Arc<str>>, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(known, _)| **known == *name).map(|(_, value)| value)
    }
}
