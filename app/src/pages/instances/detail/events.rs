//! The audit trail of one instance.

use super::Seen;
use crate::{
    load::{Ask, load},
    pages::{audit_trail::changes::Changes, operations::name},
    text::{common, instance as text, t},
    ui::{Ago, Cell, Column, CopyButton, Loaded, Row, SectionTitle, Table, Tone, ToneChip},
    visit::visit,
};
use api::{Event, ListEvents, op};
use leptos::prelude::*;
use std::time::Duration;

/// How far back.
const SINCE: Duration = Duration::from_secs(30 * 24 * 3_600);
/// Letters of a request's id that are shown.
const SHORT: usize = 8;
/// What the platform writes when work has ended.
const COMPLETED: &str = "complete-operation";

#[component]
pub fn Events(seen: Seen) -> impl IntoView {
    let from = visit().now.minus(SINCE);
    let events = load(op::ListEvents, &["instance", "operation"], move || {
        let subject_id = Some(seen.id.0);
        Ask::with(ListEvents { from: Some(from), subject_id, ..Default::default() })
    });
    view! {
        <SectionTitle title=t(text::EVENTS) lead=t(text::EVENTS_LEAD) />
        <Loaded
            answer=events
            view=|reply| match reply.body.is_empty() {
                true => view! { <p class="hint">{t(text::NO_EVENTS)}</p> }.into_any(),
                false => view! { <Trail events=reply.body /> }.into_any(),
            }
        />
    }
    .into_any()
}

#[component]
fn Trail(events: Vec<Event>) -> impl IntoView {
    let columns = vec![
        Column::text(t(text::WHEN)),
        Column::text(t(text::WHAT)),
        Column::text(t(text::WHO)),
        Column::text(t(text::FROM)),
        Column::text(t(text::RESULT)),
        Column::text(t(text::REQUEST)),
    ];
    view! {
        <Table caption=t(text::EVENTS) columns=columns>
            {events.into_iter().map(|event| view! { <Entry event=event /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Entry(event: Event) -> impl IntoView {
    let what = match event.handler.as_str() {
        COMPLETED => t(text::COMPLETED).to_owned(),
        handler => name(handler),
    };
    let fine = event.status < 400;
    let who = event.iam_user.map(|user| user.email).or(event.iam_api_key.map(|key| key.name));
    let request = event.request_id;
    let short: String = request.chars().take(SHORT).collect();
    let status = event.status.to_string();
    view! {
        <Row>
            <Cell label=t(text::WHEN)><span class="nowrap"><Ago at=event.timestamp /></span></Cell>
            <Cell label=t(text::WHAT)>{what}<Changes changes=event.changes /></Cell>
            <Cell label=t(text::WHO)>{who.unwrap_or_else(|| t(text::BY_PLATFORM).to_owned())}</Cell>
            <Cell label=t(text::FROM)><code class="nowrap">{event.source_ip.unwrap_or_else(|| t(common::NONE).to_owned())}</code></Cell>
            <Cell label=t(text::RESULT)>
                <span class="row">
                    <ToneChip
                        tone=if fine { Tone::Ok } else { Tone::Bad }
                        word=t(if fine { text::ACCEPTED } else { text::REFUSED })
                    />
                    <code>{status}</code>
                </span>
            </Cell>
            <Cell label=t(text::REQUEST)>
                <span class="second"><code title=request.clone()>{short}{"…"}</code><CopyButton text=request what=t(text::REQUEST) /></span>
            </Cell>
        </Row>
    }
    .into_any()
}
