//! `/access-requests/new`: asking. A refusal leads here with what it refused.

use super::time;
use crate::{
    path,
    text::{access as text, t},
    ui::{Button, Card, Entry, Field, Form, FormCode, Hidden, Kind, PageHeader, Select, TextArea},
    visit::language,
};
use domain::iam::grant::{HOURS_OFFERED, TEXT_CHARACTERS_MAX};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde_json::json;

#[component]
pub fn New() -> impl IntoView {
    let query = use_query_map();
    let asked = move |name| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let mut names: Vec<_> =
        api::ENDPOINTS.iter().filter(|e| e.is_grantable()).map(|e| e.operation).collect();
    names.sort_unstable();
    let operation = asked("operation");
    let operation = names.iter().find(|name| **name == operation).or(names.first());
    let operation = operation.copied().unwrap_or_default().to_owned();
    let resource = asked("resource");
    let mut start = json!({ "operation": operation, "hours": 1, "language": language().as_str() });
    if !resource.is_empty() {
        start["resource"] = json!(resource);
    }
    let operations: Vec<_> = names.into_iter().map(|name| Entry::new(name, name)).collect();
    let hours: Vec<_> =
        HOURS_OFFERED.map(|hours| Entry::new(hours.to_string(), time(hours))).into();
    let most = u32::try_from(TEXT_CHARACTERS_MAX).unwrap_or(u32::MAX);
    view! {
        <PageHeader title=t(text::REQUEST).to_owned() lead=|| t(text::REQUEST_LEAD) />
        <Card>
            <Form operation="request-access" return_to=path::access_requests() done=t(text::SENT)>
                <div class="stack">
                    <Select name="operation" label=t(text::OPERATION) options=operations value=operation required=true />
                    <Field name="resource" label=t(text::RESOURCE) hint=t(text::RESOURCE_HINT) value=resource optional=true mono=true max_length=255 autocomplete="off" />
                    <TextArea name="reason" label=t(text::REASON) hint=t(text::REASON_HINT) required=true rows=3 max_length=most />
                    <Select name="hours" label=t(text::HOURS) hint=t(text::HOURS_HINT) options=hours value="1" required=true />
                    <Hidden name="language" value=Signal::stored(language().to_string()) />
                    <div class="row"><Button label=t(text::SEND).to_owned() kind=Kind::Primary /></div>
                </div>
            </Form>
        </Card>
        <FormCode operation="request-access" start=start />
    }
    .into_any()
}
