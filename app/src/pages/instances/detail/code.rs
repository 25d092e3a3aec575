//! The instance for a terminal: how to read, start, stop and delete it, and what it is as JSON.

use super::Seen;
use crate::{
    as_code::{self, as_code, instance_with},
    text::{Text, instance as text, t},
    ui::{Card, CodeBlock, CodeTools},
    visit::visit,
};
use leptos::prelude::*;
use serde_json::Value;

#[component]
pub fn Code(seen: Seen) -> impl IntoView {
    let json = Signal::derive(move || {
        seen.instance.with(|i| serde_json::to_string_pretty(i).unwrap_or_default())
    });
    let terraform = Signal::derive(move || seen.instance.with(as_code::instance));
    view! {
        <div class="columns columns-wide">
            <Act seen=seen operation="get-instance" title=text::CODE_GET id="code-get" />
            <Act seen=seen operation="start-instance" title=text::CODE_START id="code-start" />
            <Act seen=seen operation="stop-instance" title=text::CODE_STOP id="code-stop" />
            <Act seen=seen operation="delete-instance" title=text::CODE_DELETE id="code-delete" />
        </div>
        <Card title=t(text::CODE_TERRAFORM) lead=t(text::CODE_TERRAFORM_LEAD)>
            <CodeBlock code=terraform what=t(text::CODE_TERRAFORM) />
        </Card>
        <Card title=t(text::CODE_JSON)><CodeBlock code=json what=t(text::CODE_JSON) /></Card>
    }
    .into_any()
}

#[component]
fn Act(seen: Seen, operation: &'static str, title: Text, id: &'static str) -> impl IntoView {
    let zone = seen.instance.with_untracked(|i| i.zone.clone().unwrap_or_default());
    let key = seen.id.to_string();
    let params = [("id", key.as_str())];
    let nothing = api::Nothing {};
    let code = as_code(&visit().origin, operation, &params, &nothing, &[("zone", &zone)]);
    let code = Signal::derive(move || {
        let becomes = seen.instance.with(|i| instance_with(i, operation, &Value::Null));
        let code = code.clone();
        becomes.map_or(code.clone(), |lines| code.with_terraform(lines))
    });
    view! { <Card title=t(title)><CodeTools code=code id=id /></Card> }.into_any()
}
