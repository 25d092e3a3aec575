//! What an update changed: a line for each field, with what it was and what it became.

use crate::text::{audit_trail as text, common, t, t_with};
use api::FieldChange;
use leptos::prelude::*;
use serde_json::Value;

#[component]
pub fn Changes(changes: Option<Vec<FieldChange>>) -> impl IntoView {
    let lines = changes.unwrap_or_default();
    (!lines.is_empty()).then(|| {
        view! {
            <ul class="changes" aria-label=t(text::CHANGED)>
                {lines.into_iter().map(|change| view! { <li class="break">{said(change)}</li> }).collect_view()}
            </ul>
        }
        .into_any()
    })
}

/// `name: web → web-2`
fn said(FieldChange { field, before, after }: FieldChange) -> String {
    let value = |value: Option<Value>| match value {
        Some(Value::String(text)) if !text.is_empty() => text,
        None | Some(Value::String(_)) => t(common::NONE).to_owned(),
        Some(other) => other.to_string(),
    };
    t_with(text::CHANGE, &[("field", &field), ("before", &value(before)), ("after", &value(after))])
}
