//! `/operations`: everything that takes time, by state and by pages, as it happens.

use super::row::OperationRow;
use crate::{
    as_code::as_code,
    load::{Ask, load},
    path,
    text::{common, operations as text, states, t, t_with},
    ui::{
        CodePanel, Column, Empty, LinkButton, LiveNote, Loaded, PageHeader, Pagination, Table,
        icons,
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
    let filters = Memo::new(move |_| {
        query.with(|query| ListOperations {
            state: query.get("state").and_then(|state| state.parse().ok()),
            subject_id: query.get("subject-id").and_then(|id| id.parse().ok()),
            limit: Some(api::PAGE_DEFAULT),
            cursor: query.get("cursor"),
        })
    });
    let found = load(op::ListOperations, &["operation"], move || Ask::with(filters.get()));
    let origin = visit().origin;
    let code =
        Signal::derive(move || as_code(&origin, "list-operations", &[], &filters.get(), &[]));
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LiveNote />
        </PageHeader>
        <States filters=filters />
        <Loaded
            answer=found
            page=true
            view=move |reply| view! { <Found reply=reply filters=filters.get_untracked() /> }.into_any()
        />
        <CodePanel code=code />
    }
    .into_any()
}

/// Which states are shown; each choice has its address.
#[component]
fn States(filters: Memo<ListOperations>) -> impl IntoView {
    let choices = [
        None,
        Some(OperationState::Pending),
        Some(OperationState::Success),
        Some(OperationState::Failure),
        Some(OperationState::Timeout),
    ];
    view! {
        <nav class="tabs" aria-label=t(text::FILTER)>
            {choices
                .map(|state| {
                    let label = state.map_or(text::ALL_STATES, states::operation);
                    let to = move || filters.with(|filters| {
                        let subject_id = filters.subject_id;
                        path::operations_where(&ListOperations { state, subject_id, ..Default::default() })
                    });
                    let current = move || filters.with(|filters| filters.state == state).then_some("page");
                    view! { <a href=to aria-current=current>{t(label)}</a> }
                })
                .collect_view()}
        </nav>
    }
    .into_any()
}

#[component]
fn Found(reply: Reply<Operations>, filters: ListOperations) -> impl IntoView {
    let Operations { operations, total } = reply.body;
    if operations.is_empty() {
        return view! { <Nothing filters=filters /> }.into_any();
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
    let at = |cursor: Option<String>| {
        path::operations_where(&ListOperations { cursor, limit: None, ..filters.clone() })
    };
    let first = filters.cursor.is_some().then(|| at(None));
    let next = reply.next.map(|cursor| at(Some(cursor)));
    let pages = view! {
        <Pages shown=operations.len() total=total first=first next=next />
    };
    view! {
        <Table caption=t(text::TITLE) columns=columns footer=pages.into_any()>
            {operations.into_iter().map(|operation| view! { <OperationRow operation=operation /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Pages(shown: usize, total: i64, first: Option<String>, next: Option<String>) -> impl IntoView {
    let number = |n| format::integer(language(), n);
    let shown = number(i64::try_from(shown).unwrap_or(i64::MAX));
    let pattern = if total >= COUNTED { text::TOTAL_CAPPED } else { text::TOTAL };
    let summary = t_with(pattern, &[("shown", &shown), ("total", &number(total))]);
    view! { <Pagination summary=summary first=first next=next /> }.into_any()
}

/// Nothing yet, or nothing that matches.
#[component]
fn Nothing(filters: ListOperations) -> impl IntoView {
    let filtered = filters.state.is_some() || filters.subject_id.is_some();
    let (title, lead) = match filtered {
        true => (text::NO_MATCH, text::NO_MATCH_NEXT),
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
