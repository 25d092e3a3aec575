//! `/operations`: everything that takes time, by state, kind and subject, as it happens.

use super::{name, question, row::OperationRow};
use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::address::Wrong,
    path,
    text::{bulk, common, lists, operations as text, states, t, t_with},
    ui::{
        CodePanel, Column, Empty, Filter, Filters, Followed, LinkButton, LiveNote, PageHeader,
        Pagination, Table, icons,
    },
    visit::{language, visit},
};
use api::{ListOperations, Operations, Reply, op};
use domain::{format, operation::OperationState};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Operations are counted this far.
const COUNTED: i64 = 10_000;

#[component]
pub fn List() -> impl IntoView {
    let query = use_query_map();
    let read = Memo::new(move |_| query.with(question::read));
    let asked = Memo::new(move |_| read.get().unwrap_or_default());
    let found = load(op::ListOperations, &["operation"], move || Ask::with(asked.get()));
    let origin = visit().origin;
    let code = Signal::derive(move || as_code(&origin, "list-operations", &[], &asked.get(), &[]));
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LiveNote />
            <LinkButton to=path::bulk_actions() label=t(bulk::ACTIONS) />
        </PageHeader>
        <Filters label=t(text::FILTERS) to=path::operations() filters=filters(asked) />
        {move || match read.get() {
            Err(error) => view! { <Wrong error=error all=path::operations() /> }.into_any(),
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
    }
    .into_any()
}

fn filters(asked: Memo<ListOperations>) -> Vec<Filter> {
    let value =
        move |get: fn(&ListOperations) -> Option<String>| Signal::derive(move || asked.with(get));
    let state_names = || {
        let named =
            |state: &OperationState| (state.to_string(), t(states::operation(*state)).to_owned());
        OperationState::ALL.iter().map(named).collect()
    };
    let kind_names = || question::kinds().map(|kind| (kind.to_owned(), name(kind))).collect();
    vec![
        Filter::search("q", t(text::SEARCH), value(|asked| asked.q.clone())),
        Filter::choice(
            "state",
            t(common::STATE),
            state_names,
            value(|asked| asked.state.map(|state| state.to_string())),
        ),
        Filter::choice(
            "operation",
            t(text::OPERATION),
            kind_names,
            value(|asked| asked.operation.clone()),
        ),
        Filter::given(
            "subject-id",
            t(text::SUBJECT),
            value(|asked| asked.subject_id.map(|id| id.to_string())),
        ),
    ]
}

#[component]
fn Found(latest: Memo<Reply<Operations>>, asked: Memo<ListOperations>) -> impl IntoView {
    let operations = Memo::new(move |_| latest.with(|reply| reply.body.operations.clone()));
    let none = Memo::new(move |_| operations.with(Vec::is_empty));
    move || {
        if none.get() {
            return view! { <Nothing filtered=asked.with(question::is_filtered) /> }.into_any();
        }
        let columns = vec![
            Column::text(t(text::OPERATION)),
            Column::text(t(common::STATE)),
            Column::text(t(common::ZONE)),
            Column::text(t(text::ACTOR)),
            Column::text(t(text::STARTED)),
            Column::figures(t(text::DURATION)),
            Column::text(t(text::REQUEST)),
        ];
        let pages = move || view! { <Pages reply=latest.get() asked=asked.get_untracked() /> };
        view! {
            <Table caption=t(text::TITLE) columns=columns footer=pages.into_any()>
                <For each=move || operations.get() key=|operation| operation.id let(first)>
                    <OperationRow first=first operations=operations asked=asked />
                </For>
            </Table>
        }
        .into_any()
    }
}

#[component]
fn Pages(reply: Reply<Operations>, asked: ListOperations) -> impl IntoView {
    let Reply { body: Operations { operations, total }, next, .. } = reply;
    let number = |n| format::integer(language(), n);
    let shown = number(i64::try_from(operations.len()).unwrap_or(i64::MAX));
    let pattern = if total >= COUNTED { text::TOTAL_CAPPED } else { text::TOTAL };
    let summary = t_with(pattern, &[("shown", &shown), ("total", &number(total))]);
    let first = asked.cursor.is_some().then(|| question::page(&asked, None));
    let next = next.map(|cursor| question::page(&asked, Some(cursor)));
    view! { <Pagination summary=summary first=first next=next /> }.into_any()
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
            <Empty icon=icons::ACTIVITY title=t(title) lead=t(lead)>
                {filtered.then(|| view! { <LinkButton to=path::operations() label=t(common::CLEAR_FILTERS) /> })}
            </Empty>
        </section>
    }
    .into_any()
}
