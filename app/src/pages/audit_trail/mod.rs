//! `/audit-trail`: every call, found by who, what, when and how it ended; and the trail's proof.

pub mod activity;
pub mod changes;
mod decision;
mod heads;
mod proof;
pub mod question;
mod row;

use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::{address::Wrong, operations::name},
    path,
    text::{acts, audit_trail as text, common, lists, past, t, t_count, t_with, webhooks},
    ui::{
        CodePanel, Column, Empty, Filter, Filters, Followed, LinkButton, PageHeader, Pagination,
        Table, Tone, ToneChip, icons,
    },
    visit::visit,
};
use api::{AuditTrail, Event, ListAuditTrail, Reply, op};
use domain::audit::{AuditCalls, AuditResult};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn Trail() -> impl IntoView {
    let query = use_query_map();
    let read = Memo::new(move |_| query.with(question::read));
    let asked = Memo::new(move |_| read.get().unwrap_or_default());
    let found = load(op::ListAuditTrail, &[], move || Ask::with(asked.get()));
    let origin = visit().origin;
    let code = Signal::derive(move || as_code(&origin, "list-audit-trail", &[], &asked.get(), &[]));
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LinkButton to=path::past() label=t(past::TITLE) icon=icons::CLOCK />
            <LinkButton to=path::past_all_changes() label=t(past::CHANGES_TITLE) />
            <LinkButton to=path::webhooks() label=t(webhooks::TITLE) />
        </PageHeader>
        <Filters label=t(text::FILTERS) to=path::audit_trail() filters=filters(asked) />
        {move || match read.get() {
            Err(error) => view! { <Wrong error=error all=path::audit_trail() /> }.into_any(),
            Ok(_) => view! {
                <Followed
                    answer=found
                    page=true
                    view=move |latest| view! { <Found latest=latest asked=asked /> }.into_any()
                />
            }
            .into_any(),
        }}
        <CodePanel code=code />
        <proof::Proof />
        <heads::Hourly />
    }
    .into_any()
}

fn filters(asked: Memo<ListAuditTrail>) -> Vec<Filter> {
    let value =
        move |get: fn(&ListAuditTrail) -> Option<String>| Signal::derive(move || asked.with(get));
    let calls = || {
        let named = |calls: &AuditCalls| (calls.to_string(), t(question::calls(*calls)).to_owned());
        AuditCalls::ALL.iter().map(named).collect()
    };
    let results = || {
        let named =
            |result: &AuditResult| (result.to_string(), t(question::result(*result)).to_owned());
        AuditResult::ALL.iter().map(named).collect()
    };
    let kinds = || question::kinds().map(|kind| (kind.to_owned(), kind.to_owned())).collect();
    vec![
        Filter::search("q", t(text::SEARCH), value(|asked| asked.q.clone())),
        Filter::choice("calls", t(text::CALLS), calls, value(|a| a.calls.map(|c| c.to_string()))),
        Filter::choice(
            "result",
            t(text::RESULT),
            results,
            value(|a| a.result.map(|r| r.to_string())),
        ),
        Filter::choice("resource", t(text::RESOURCE), kinds, value(|asked| asked.resource.clone())),
        Filter::given("operation", t(text::OPERATION), value(|asked| asked.operation.clone())),
        Filter::given("actor", t(text::ACTOR), value(|asked| asked.actor.clone())),
        Filter::given("subject-id", t(text::SUBJECT), value(|asked| asked.subject_id.clone())),
        Filter::given("from", t(text::SINCE), value(|asked| asked.from.map(|at| at.to_string()))),
        Filter::given("to", t(text::UNTIL), value(|asked| asked.to.map(|at| at.to_string()))),
    ]
}

#[component]
fn Found(latest: Memo<Reply<AuditTrail>>, asked: Memo<ListAuditTrail>) -> impl IntoView {
    move || {
        let Reply { body: AuditTrail { events, searched_to }, next, .. } = latest.get();
        let asked = asked.get_untracked();
        if events.is_empty() && next.is_none() {
            return view! { <Nothing filtered=question::is_filtered(&asked) /> }.into_any();
        }
        let count = t_count(text::COUNT_ONE, text::COUNT, events.len());
        let summary = match searched_to {
            None => t_with(text::SHOWN, &[("calls", &count)]),
            Some(to) => t_with(text::SHOWN_TO, &[("calls", &count), ("time", &to.to_string())]),
        };
        let columns = vec![
            Column::text(t(text::WHEN)),
            Column::text(t(text::OPERATION)),
            Column::text(t(text::ACTOR)),
            Column::text(t(text::SOURCE)),
            Column::text(t(text::RESULT)),
        ];
        let first = asked.cursor.is_some().then(|| question::page(&asked, None));
        let next = next.map(|cursor| question::page(&asked, Some(cursor)));
        let pages = view! { <Pagination summary=summary first=first next=next /> }.into_any();
        view! {
            <Table caption=t(text::TITLE) columns=columns footer=pages>
                {events.into_iter().map(|event| view! { <row::Call event=event /> }).collect_view()}
            </Table>
        }
        .into_any()
    }
}

/// What was asked for, in words where there are some.
pub fn called(handler: &str) -> String {
    acts::name(handler).map_or_else(|| name(handler), |text| t(text).to_owned())
}

/// How a call ended, and why it came to nothing.
fn ended(event: &Event) -> AnyView {
    let result = AuditResult::of(event.status);
    let tone = if result == AuditResult::Done { Tone::Ok } else { Tone::Bad };
    let reason = event.reason.clone();
    view! {
        <div class="two-lines">
            <span class="row"><ToneChip tone=tone word=t(question::result(result)) /><code>{event.status.to_string()}</code></span>
            {reason.map(|reason| view! { <span class="why" lang="en">{reason}</span> })}
        </div>
    }
    .into_any()
}

fn those(asked: ListAuditTrail) -> String {
    path::audit_trail_where(&asked)
}

/// Nothing yet, or nothing that matches.
#[component]
fn Nothing(filtered: bool) -> impl IntoView {
    let (title, lead) = match filtered {
        true => (lists::NO_MATCH, lists::NO_MATCH_LEAD),
        false => (text::EMPTY, text::EMPTY_NEXT),
    };
    view! {
        <section class="card">
            <Empty icon=icons::SHIELD title=t(title) lead=t(lead)>
                {filtered.then(|| view! { <LinkButton to=path::audit_trail() label=t(common::CLEAR_FILTERS) /> })}
            </Empty>
        </section>
    }
    .into_any()
}
