//! Labels: small key/value pairs on a resource, for people and for cost allocation.

use crate::name::{NameError, check_text};
use std::collections::BTreeMap;

pub type Labels = BTreeMap<String, String>;

pub const LABELS_MAX: usize = 64;
pub const KEY_CHARACTERS_MAX: usize = 128;
pub const VALUE_CHARACTERS_MAX: usize = 255;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    #[error("at most {LABELS_MAX} labels are possible, and there are {0}")]
    TooMany(usize),
    #[error("a label needs a key")]
    EmptyKey,
    #[error("the label key {0:?} {1}")]
    Key(String, NameError),
    #[error("the value of the label {0:?} {1}")]
    Value(String, NameError),
}

pub fn check(labels: &Labels) -> Result<(), LabelError> {
    if labels.len() > LABELS_MAX {
        return Err(LabelError::TooMany(labels.len()));
    }
    for (key, value) in labels {
        if key.trim().is_empty() {
            return Err(LabelError::EmptyKey);
        }
        check_text(key, KEY_CHARACTERS_MAX).map_err(|e| LabelError::Key(key.clone(), e))?;
        check_text(value, VALUE_CHARACTERS_MAX).map_err(|e| LabelError::Value(key.clone(), e))?;
    }
    Ok(())
}
