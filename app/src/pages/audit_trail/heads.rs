//! The heads that were signed by themselves, to be noted outside.

use crate::{
    load::{Ask, load},
    path,
    text::{audit_trail as text, common, t},
    ui::{
        Ago, Card, Cell, CodeBlock, Column, CopyButton, Empty, Loaded, Row, SectionTitle, Table,
        icons,
    },
};
use api::{AuditHead, ListAuditHeads, op};
use leptos::prelude::*;

/// As many as one looks at; all are in the file.
const SHOWN: i64 = 5;
/// The name that a browser saves the file by.
const FILE: &str = "audit-heads.json";

#[component]
pub fn Hourly() -> impl IntoView {
    let asked = ListAuditHeads { limit: Some(SHOWN), cursor: None };
    let heads = load(op::ListAuditHeads, &[], move || Ask::with(asked.clone()));
    view! {
        <SectionTitle title=t(text::HOURLY) lead=t(text::HOURLY_LEAD) />
        <Loaded
            answer=heads
            rows=3
            view=|reply| view! { <Heads heads=reply.body.audit_heads /> }.into_any()
        />
    }
    .into_any()
}

#[component]
fn Heads(heads: Vec<AuditHead>) -> impl IntoView {
    if heads.is_empty() {
        return view! {
            <Card><Empty icon=icons::SHIELD title=t(text::HOURLY_EMPTY) lead=t(text::HOURLY_NEXT) /></Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::text(t(text::HOURLY_SIGNED)),
        Column::figures(t(text::EVENTS)),
        Column::text(t(text::HASH)),
        Column::actions(t(common::ACTIONS)),
    ];
    let verify = format!(
        "couloir audit verify {} --head {FILE}",
        domain::audit::AuditFormat::JsonLines.file_name()
    );
    view! {
        <Table caption=t(text::HOURLY) columns=columns>
            {heads.into_iter().map(|head| view! { <Head head=head /> }).collect_view()}
        </Table>
        <Card>
            <div class="stack">
                <div class="row">
                    <a class="button" rel="external" download=FILE href=path::audit_heads_file()>
                        {t(text::HOURLY_DOWNLOAD)}
                    </a>
                </div>
                <CodeBlock code=verify what=t(text::HOURLY_VERIFY) />
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Head(head: AuditHead) -> impl IntoView {
    let whole = serde_json::to_string(&head).unwrap_or_default();
    view! {
        <Row>
            <Cell label=t(text::HOURLY_SIGNED) main=true><Ago at=head.at /></Cell>
            <Cell label=t(text::EVENTS) figures=true>{head.sequence.to_string()}</Cell>
            <Cell label=t(text::HASH)><code class="shortened" title=head.hash.clone()>{head.hash.clone()}</code></Cell>
            <Cell label=t(common::ACTIONS) actions=true><CopyButton text=whole what=t(text::COPY_HEAD) /></Cell>
        </Row>
    }
    .into_any()
}
