//! The signed end of the trail, and a file of it that anybody can verify.

use crate::{
    load::{Ask, load},
    text::{Text, audit_trail as text, t, t_with},
    ui::{
        Ago, Button, Card, CodeBlock, CopyButton, Entry, Form, FormCode, KeyValue, KeyValues,
        Loaded, Select, answer_into, answer_of,
    },
};
use api::{AuditExport, AuditHead, op};
use domain::audit::AuditFormat;
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Proof() -> impl IntoView {
    let head = load(op::GetAuditHead, &[], Ask::all);
    let made = RwSignal::new(answer_of::<AuditExport>("create-audit-export"));
    let formats: Vec<_> = AuditFormat::ALL
        .iter()
        .map(|format| Entry::new(format.as_str(), t(named(*format))))
        .collect();
    view! {
        <Card title=t(text::PROOF) lead=t(text::PROOF_LEAD)>
            <div class="stack">
                {move || made.get().map(|made| view! { <Ready made=made /> })}
                <Form operation="create-audit-export" on_answer=answer_into(made)>
                    <div class="form-row">
                        <Select name="format" label=t(text::FORMAT) hint=t(text::FORMAT_HINT) options=formats />
                        <Button label=t(text::EXPORT).to_owned() />
                    </div>
                </Form>
                <Loaded
                    answer=head
                    rows=4
                    view=|reply| view! { <Head head=reply.body /> }.into_any()
                />
            </div>
        </Card>
        <FormCode
            operation="create-audit-export"
            start=json!({ "format": AuditFormat::JsonLines })
            id="create-audit-export-code"
        />
    }
    .into_any()
}

fn named(format: AuditFormat) -> Text {
    match format {
        AuditFormat::JsonLines => text::JSON_LINES,
        AuditFormat::Csv => text::CSV,
    }
}

#[component]
fn Head(head: AuditHead) -> impl IntoView {
    let whole = serde_json::to_string(&head).unwrap_or_default();
    view! {
        <KeyValues>
            <KeyValue name=t(text::HEAD)>
                <Ago at=head.at />
                <CopyButton text=whole what=t(text::HEAD) />
            </KeyValue>
            <KeyValue name=t(text::EVENTS)>{head.sequence.to_string()}</KeyValue>
            <KeyValue name=t(text::HASH)><code class="break">{head.hash}</code></KeyValue>
            <KeyValue name=t(text::KEY)>
                <code class="break">{head.public_key.clone()}</code>
                <CopyButton text=head.public_key what=t(text::KEY) />
            </KeyValue>
            <KeyValue name=t(text::SIGNATURE)><code class="break">{head.signature}</code></KeyValue>
        </KeyValues>
    }
    .into_any()
}

#[component]
fn Ready(made: AuditExport) -> impl IntoView {
    let (first, last) = (made.first.to_string(), made.last.to_string());
    let lead = t_with(text::READY_LEAD, &[("first", &first), ("last", &last)]);
    view! {
        <section class="stack-small" role="status">
            <h3>{t(text::READY)}</h3>
            <p>{lead}</p>
            <div class="row">
                <a class="button button-primary" rel="external" href=made.url>{t(text::DOWNLOAD)}</a>
            </div>
            {(made.format == AuditFormat::JsonLines).then(|| view! {
                <h3>{t(text::VERIFY)}</h3>
                <CodeBlock
                    code=format!("couloir audit verify {}", made.format.file_name())
                    what=t(text::VERIFY)
                />
            })}
        </section>
    }
    .into_any()
}
