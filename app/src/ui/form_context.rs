//! What the fields of a form know of it: whether it is on its way, what it was refused for, and what
//! was in it.

use api::{
    ErrorBody,
    forms::{Fields, WAS_PREFIX},
};
use leptos::prelude::*;

/// What the fields of a form know of it.
#[derive(Clone, Copy)]
pub struct FormContext {
    pub operation: &'static str,
    /// It was sent and not answered yet.
    pub busy: RwSignal<bool>,
    pub(super) refused: RwSignal<Option<ErrorBody>>,
    pub(super) values: StoredValue<Fields>,
    /// It says which version was seen, so its fields say what they had.
    pub(super) versioned: bool,
    /// What somebody else changed meanwhile: a [`api::forms::Merge`].
    pub(super) merge: RwSignal<Option<serde_json::Value>>,
}

impl FormContext {
    /// The value a field had when the form was refused.
    pub fn kept(self, name: &str) -> Option<String> {
        self.values.with_value(|values| {
            values.iter().rev().find(|(field, _)| field == name).map(|(_, value)| value.clone())
        })
    }

    /// All values a repeated field had; `None` when the form is fresh.
    pub fn kept_all(self, name: &str) -> Option<Vec<String>> {
        self.values.with_value(|values| {
            let given = values.iter().filter(|(field, _)| field == name);
            (!values.is_empty()).then(|| given.map(|(_, value)| value.clone()).collect())
        })
    }

    /// What a field had when the form was opened, if it is told: `value` now, or what it had before
    /// the form was refused.
    pub fn was(self, name: &str, value: &str) -> Option<(String, String)> {
        let name = format!("{WAS_PREFIX}{name}");
        let was = self.versioned.then(|| self.kept(&name).unwrap_or_else(|| value.to_owned()))?;
        Some((name, was))
    }

    /// It was refused; or, with `merge`, somebody else changed the thing meanwhile.
    pub fn refuse(self, error: ErrorBody, merge: Option<serde_json::Value>) {
        self.refused.set(Some(error).filter(|_| merge.is_none()));
        self.merge.set(merge);
    }

    /// Whether it was sent and not taken.
    pub fn was_refused(self) -> bool {
        self.refused.with(Option::is_some)
    }

    /// What is wrong with exactly this field, a place of a list included.
    pub fn error_of(self, field: &str) -> Option<String> {
        self.refused.with(|refused| refused.as_ref()?.fields.get(field).cloned())
    }

    /// What is wrong with a field.
    pub fn error(self, name: &str) -> Option<String> {
        self.refused.with(|refused| {
            let fields = &refused.as_ref()?.fields;
            fields.iter().find(|(field, _)| is_same(field, name)).map(|(_, what)| what.clone())
        })
    }
}

/// Whether the API's `ssh-keys[0].name` is the form's `ssh-keys[].name`.
fn is_same(field: &str, name: &str) -> bool {
    if field == name {
        return true;
    }
    let name = name.split(':').next().unwrap_or_default();
    let mut plain = String::with_capacity(field.len());
    let mut inside = false;
    for letter in field.chars() {
        inside = (inside || letter == '[') && letter != ']';
        if !inside || letter == '[' {
            plain.push(letter);
        }
    }
    plain == name
}

/// The id of a field's control.
pub fn field_id(operation: &str, name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{operation}-{plain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_apis_fields_find_the_forms() {
        assert!(is_same("ssh-keys[0].name", "ssh-keys[].name"));
        assert!(is_same("user-data", "user-data:base64"));
        assert!(!is_same("name", "instance-type.id"));
        assert_eq!(
            field_id("create-instance", "instance-type.id"),
            "create-instance-instance-type-id"
        );
    }
}
