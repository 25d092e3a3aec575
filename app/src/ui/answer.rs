//! What a form was answered, for whoever shows it.

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Hands a form's answer to a signal: a secret, say, that is shown this once.
pub fn answer_into<T: DeserializeOwned + Send + Sync + 'static>(
    shown: RwSignal<Option<T>>,
) -> Callback<Value> {
    Callback::new(move |answer| shown.set(serde_json::from_value(answer).ok()))
}
