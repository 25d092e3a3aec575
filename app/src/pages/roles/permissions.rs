//! What a role may beyond its policy: shown, and as boxes of a form.

use crate::{
    text::{Text, roles as text, t},
    ui::FormContext,
};
use leptos::prelude::*;

/// All there are, in the order in which the platform's roles have them.
pub const PERMISSIONS: [(&str, Text); 2] = [
    ("bypass-governance-retention", text::MAY_BYPASS),
    ("reset-iam-organization-policy", text::MAY_RESET),
];

/// The field of the form; nothing ticked is an empty list.
const FIELD: &str = "permissions[]";
const NONE: &str = "permissions:json";

#[component]
pub fn Permissions(has: Vec<String>) -> impl IntoView {
    let kept = use_context::<FormContext>().and_then(|form| form.kept_all(FIELD));
    let has = kept.unwrap_or(has);
    view! {
        <fieldset class="stack-small">
            <legend>{t(text::PERMISSIONS)}</legend>
            <p class="hint">{t(text::PERMISSIONS_LEAD)}</p>
            <input type="hidden" name=NONE value="[]" />
            {PERMISSIONS
                .into_iter()
                .map(|(name, label)| {
                    let checked = has.iter().any(|one| one == name);
                    view! {
                        <label class="check">
                            <input type="checkbox" name=FIELD value=name checked=checked />
                            <span>
                                <span class="check-label">{t(label)}</span>
                                <span class="hint"><code>{name}</code></span>
                            </span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
    .into_any()
}
