//! Who may assume a role, and for how long: shown, and as fields of a form.

use crate::{
    pages::policy::Rules,
    text::{roles as text, t, t_with},
    ui::{Card, Field, KeyValue, KeyValues, TextArea},
    visit::language,
};
use api::{AssumeRolePolicy, IamRole};
use domain::format;
use leptos::prelude::*;

const TTL_MAX: i64 = 86_400;

#[component]
pub fn Assuming(role: IamRole) -> impl IntoView {
    let seconds = format::integer(language(), role.max_session_ttl.unwrap_or_default());
    let AssumeRolePolicy { rules } = role.assume_role_policy.unwrap_or_default();
    match rules.is_empty() {
        true => view! { <Card title=t(text::ASSUMING)><p class="muted">{t(text::ASSUME_NOBODY)}</p></Card> },
        false => view! {
            <Card title=t(text::ASSUMING) lead=t(text::ASSUMING_LEAD)>
                <div class="stack">
                    <Rules rules=rules />
                    <KeyValues>
                        <KeyValue name=t(text::ASSUME_AT_MOST)>{t_with(text::SECONDS, &[("count", &seconds)])}</KeyValue>
                    </KeyValues>
                </div>
            </Card>
        },
    }
    .into_any()
}

/// The fields of who may assume it.
#[component]
pub fn AssumingFields(policy: AssumeRolePolicy, ttl: i64) -> impl IntoView {
    view! {
        <TextArea
            name="assume-role-policy:json"
            label=t(text::ASSUME_RULES)
            hint=t(text::ASSUME_RULES_HINT)
            value=serde_json::to_string_pretty(&policy).unwrap_or_default()
            rows=6
        />
        <Field
            name="max-session-ttl"
            label=t(text::ASSUME_TTL)
            hint=t(text::ASSUME_TTL_HINT)
            kind="number"
            value=ttl.to_string()
            min=1
            max=TTL_MAX
        />
    }
    .into_any()
}
