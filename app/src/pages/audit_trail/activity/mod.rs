//! What was done to one thing, or by one person or key: the newest of the audit trail, the same table on
//! every page, live, with the way to all of it.

mod page;
mod row;

pub use page::{ActivityPage, Doer, Kept};

use crate::{
    as_code::{AsCode, as_code},
    load::{Ask, load},
    path,
    text::{Text, audit_trail as text, operations, t, t_count, t_with},
    ui::{Card, Column, Empty, LinkButton, Loaded, SectionTitle, Table, icons},
    visit::visit,
};
use api::{AuditTrail, ListAuditTrail, Reply, op};
use domain::audit::AuditCalls;
use leptos::prelude::*;
use row::Act;

/// As many as one looks at; the audit trail has the others.
const SHOWN: i64 = 25;

/// What the trail is asked about one thing.
pub fn about(id: impl ToString) -> ListAuditTrail {
    ListAuditTrail { subject_id: Some(id.to_string()), ..Default::default() }
}

/// What is shown here of what the trail has.
fn shown(asked: &ListAuditTrail) -> ListAuditTrail {
    ListAuditTrail { calls: Some(AuditCalls::Changes), limit: Some(SHOWN), ..asked.clone() }
}

/// What [`Activity`] asks, for a terminal.
pub fn code(asked: &ListAuditTrail) -> Signal<AsCode> {
    Signal::stored(as_code(&visit().origin, "list-audit-trail", &[], &shown(asked), &[]))
}

#[component]
pub fn Activity(
    title: Text,
    lead: Text,
    /// Whose, or by whom: with an actor each line says about what it is, else by whom.
    asked: ListAuditTrail,
    /// What is told when there is more of it.
    kinds: &'static [&'static str],
) -> impl IntoView {
    let question = shown(&asked);
    let found = load(op::ListAuditTrail, kinds, move || Ask::with(question.clone()));
    view! {
        <SectionTitle title=t(title) lead=t(lead) />
        <Loaded
            answer=found
            rows=4
            view=move |reply| match reply.body.events.is_empty() {
                true => view! { <Nothing asked=asked.clone() /> }.into_any(),
                false => view! { <Acts title=title asked=asked.clone() found=reply /> }.into_any(),
            }
        />
    }
    .into_any()
}

#[component]
fn Nothing(asked: ListAuditTrail) -> impl IntoView {
    view! {
        <Card class="compact">
            <Empty icon=icons::ACTIVITY title=t(text::NO_ACTIVITY) lead=t(text::NO_ACTIVITY_NEXT)>
                <LinkButton to=path::audit_trail_where(&asked) label=t(text::ALL_OF_IT) />
            </Empty>
        </Card>
    }
    .into_any()
}

#[component]
fn Acts(title: Text, asked: ListAuditTrail, found: Reply<AuditTrail>) -> impl IntoView {
    let events = found.body.events;
    let by_one = asked.actor.is_some();
    let columns = vec![
        Column::text(t(text::WHEN)),
        Column::text(t(text::OPERATION)),
        Column::text(t(if by_one { text::SUBJECT } else { text::ACTOR })),
        Column::text(t(text::SOURCE)),
        Column::text(t(text::RESULT)),
        Column::text(t(operations::REQUEST)),
    ];
    let summary = match found.next {
        Some(_) => t_with(text::NEWEST, &[("count", &SHOWN.to_string())]),
        None => t_count(text::ONLY_ONE, text::SINCE_BEGINNING, events.len()),
    };
    let footer = view! {
        <div class="pagination">
            <span class="figures">{summary}</span>
            <a href=path::audit_trail_where(&asked)>{t(text::ALL_OF_IT)}</a>
        </div>
    };
    view! {
        <Table caption=t(title) columns=columns footer=footer.into_any()>
            {events
                .into_iter()
                .map(|event| view! { <Act event=event by_one=by_one /> })
                .collect_view()}
        </Table>
    }
    .into_any()
}
