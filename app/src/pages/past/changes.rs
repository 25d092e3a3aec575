//! `/past/changes`: what became of things between two instants.

use super::{
    kinds::title,
    parts,
    question::{compared, read_changes, typed},
};
use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::{
        address::Wrong,
        audit_trail::{called, changes::Changes as Fields},
    },
    path,
    text::{common, past as text, t, t_with},
    ui::{
        Button, Card, Cell, CodePanel, Column, Empty, Entry, Field, Kind, Loaded, PageHeader,
        Pagination, Row, Select, Table, Tone, ToneChip, icons,
    },
    visit::{language, visit},
};
use api::{ChangeEvent, ListAuditTrail, ListResourceChanges, ResourceChange, ResourceChanges, op};
use domain::{Timestamp, format, history::Became};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3_600);
/// What the wire says of an instant is rounded down to this.
const ROUNDED: Duration = Duration::from_millis(1);

#[component]
pub fn Changes() -> impl IntoView {
    let query = use_query_map();
    let read = Memo::new(move |_| query.with(read_changes));
    view! {
        <PageHeader title=t(text::CHANGES_TITLE).to_owned() lead=|| t(text::CHANGES_LEAD) />
        {parts()}
        {move || match read.get() {
            Err(error) => view! { <Wrong error=error all=path::past_all_changes() /> }.into_any(),
            Ok(asked) => view! { <Answered asked=asked /> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Answered(asked: ListResourceChanges) -> impl IntoView {
    let code = as_code(&visit().origin, "list-resource-changes", &[], &asked, &[]);
    let (question, here) = (asked.clone(), asked.clone());
    let found = load(op::ListResourceChanges, &[], move || Ask::with(question.clone()));
    view! {
        <Span asked=asked />
        <Loaded
            answer=found
            view=move |reply| view! { <Found found=reply.body asked=here.clone() next=reply.next /> }.into_any()
        />
        <CodePanel code=Signal::stored(code) />
    }
    .into_any()
}

#[component]
fn Span(asked: ListResourceChanges) -> impl IntoView {
    let now = visit().now;
    let (from, to) = (asked.from.unwrap_or_else(|| now.minus(DAY)), asked.to.unwrap_or(now));
    let all = std::iter::once(Entry::new("", t(text::ALL_KINDS)));
    let kinds: Vec<_> =
        all.chain(compared().map(|name| Entry::new(name, title(name).map_or(name, t)))).collect();
    view! {
        <Card title=t(text::SPAN)>
            <form method="get" action=path::past_all_changes() class="stack">
                <Field name="from" kind="datetime-local" label=t(text::FROM) value=typed(from) required=true />
                <Field name="to" kind="datetime-local" label=t(text::TO) value=typed(to) required=true />
                <Select name="kind" label=t(text::KIND) options=kinds value=asked.kind.unwrap_or_default() />
                <div class="row"><Button label=t(text::COMPARE).to_owned() kind=Kind::Primary /></div>
            </form>
        </Card>
    }
    .into_any()
}

#[component]
fn Found(
    found: ResourceChanges,
    asked: ListResourceChanges,
    next: Option<String>,
) -> impl IntoView {
    let ResourceChanges { from, to, resource_changes } = found;
    let time = |at| format::date_time(language(), at);
    let between = t_with(text::BETWEEN, &[("from", &time(from)), ("to", &time(to))]);
    if resource_changes.is_empty() && next.is_none() {
        return view! {
            <Card><Empty icon=icons::CLOCK title=t(text::SAME) lead=t(text::SAME_NEXT) /></Card>
        }
        .into_any();
    }
    // The next page is of the same instants, whatever time it is then.
    let page = |cursor: Option<String>| {
        let asked = ListResourceChanges { from: Some(from), to: Some(to), ..asked.clone() };
        path::past_changes_where(&ListResourceChanges { cursor, limit: None, ..asked })
    };
    let first = asked.cursor.is_some().then(|| page(None));
    let next = next.map(|cursor| page(Some(cursor)));
    let pages = view! { <Pagination summary=between first=first next=next /> }.into_any();
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(text::BECAME)),
        Column::text(t(text::BY)),
    ];
    view! {
        <Table caption=t(text::CHANGES_TITLE) columns=columns footer=pages>
            {resource_changes.into_iter().map(|change| view! { <Change change=change from=from to=to /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Change(change: ResourceChange, from: Timestamp, to: Timestamp) -> impl IntoView {
    let (tone, word, seen) = match change.became {
        Became::Created => (Tone::Ok, text::CREATED, to),
        Became::Changed => (Tone::Busy, text::CHANGED, to),
        Became::Deleted => (Tone::Bad, text::DELETED, from),
    };
    let kind = title(&change.kind).map(t);
    // What has no list of its own is not shown as it was.
    let shown = super::kinds::KINDS.iter().any(|kind| kind.name == change.kind);
    let called = change.name.unwrap_or_else(|| change.id.clone());
    let name = match shown {
        true => {
            let to = path::past_of(&change.kind, seen, Some(&change.id));
            view! { <a class="break" href=to>{called}</a> }.into_any()
        }
        false => view! { <span class="break">{called}</span> }.into_any(),
    };
    let by = match change.events.is_empty() {
        true => view! { <span>{t(text::BY_PLATFORM)}</span> }.into_any(),
        false => view! {
            <ul class="changes">
                {change.events.into_iter().map(|event| view! { <Event event=event /> }).collect_view()}
            </ul>
        }
        .into_any(),
    };
    view! {
        <Row>
            <Cell label=t(common::NAME) main=true>
                <div class="two-lines">{name}<span class="hint">{kind.map_or(change.kind.clone(), str::to_owned)}</span></div>
            </Cell>
            <Cell label=t(text::BECAME)>
                <div class="two-lines"><ToneChip tone=tone word=t(word) /><Fields changes=Some(change.fields) /></div>
            </Cell>
            <Cell label=t(text::BY)>{by}</Cell>
        </Row>
    }
    .into_any()
}

/// Who asked, with the way to the event in the audit trail.
#[component]
fn Event(event: ChangeEvent) -> impl IntoView {
    let to = path::audit_trail_where(&ListAuditTrail {
        operation: Some(event.operation.clone()),
        from: Some(event.at),
        to: Some(event.at.plus(ROUNDED)),
        ..Default::default()
    });
    let number = event.sequence.to_string();
    let operation = called(&event.operation);
    let said = t_with(text::EVENT, &[("number", &number), ("operation", &operation)]);
    view! {
        <li>
            <div class="two-lines">
                <a class="break" href=to>{said}</a>
                <span class="hint break">{event.actor}</span>
            </div>
        </li>
    }
    .into_any()
}
