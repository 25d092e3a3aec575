//! `/bulk-actions`: all of them, the newest first, each with how far it is.

use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::address::{self, Wrong},
    path,
    text::{bulk as text, common, instances, operations, t, t_with},
    ui::{
        Ago, Cell, CodePanel, Column, Empty, Followed, LinkButton, LiveNote, PageHeader,
        Pagination, Row, Table, Tone, ToneChip, icons,
    },
    visit::{language, visit},
};
use api::{BulkAction, BulkActions, BulkCounts, ErrorBody, ListBulkActions, Reply, op};
use domain::format;
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

#[component]
pub fn List() -> impl IntoView {
    let query = use_query_map();
    let read = Memo::new(move |_| query.with(read));
    let asked = Memo::new(move |_| read.get().unwrap_or_default());
    let found =
        load(op::ListBulkActions, &["bulk-action", "operation"], move || Ask::with(asked.get()));
    let origin = visit().origin;
    let code =
        Signal::derive(move || as_code(&origin, "list-bulk-actions", &[], &asked.get(), &[]));
    view! {
        <PageHeader title=t(text::ACTIONS).to_owned() lead=|| t(text::ACTIONS_LEAD)>
            <LiveNote />
        </PageHeader>
        {move || match read.get() {
            Err(error) => view! { <Wrong error=error all=path::bulk_actions() /> }.into_any(),
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

/// Reads the address. What the list does not know is said, not passed over.
fn read(query: &ParamsMap) -> Result<ListBulkActions, ErrorBody> {
    let mut asked = ListBulkActions { limit: Some(api::PAGE_DEFAULT), cursor: None };
    address::read(query, |name, value| {
        match name {
            "cursor" => asked.cursor = Some(value.to_owned()),
            _ => return Err(address::unknown(name)),
        }
        Ok(())
    })?;
    Ok(asked)
}

#[component]
fn Found(latest: Memo<Reply<BulkActions>>, asked: Memo<ListBulkActions>) -> impl IntoView {
    let none = Memo::new(move |_| latest.with(|reply| reply.body.bulk_actions.is_empty()));
    move || {
        if none.get() {
            return view! {
                <section class="card">
                    <Empty icon=icons::ACTIVITY title=t(text::NONE_YET) lead=t(text::NONE_YET_NEXT)>
                        <LinkButton to=path::instances() label=t(instances::TITLE) />
                    </Empty>
                </section>
            }
            .into_any();
        }
        let columns = vec![
            Column::text(t(text::TITLE)),
            Column::text(t(common::STATE)),
            Column::text(t(operations::ACTOR)),
            Column::text(t(operations::STARTED)),
        ];
        let pages = move || view! { <Pages reply=latest.get() asked=asked.get_untracked() /> };
        let rows = move || {
            let all = latest.with(|reply| reply.body.bulk_actions.clone());
            all.into_iter().map(|bulk| view! { <One bulk=bulk /> }).collect_view()
        };
        view! { <Table caption=t(text::ACTIONS) columns=columns footer=pages.into_any()>{rows}</Table> }
            .into_any()
    }
}

#[component]
fn Pages(reply: Reply<BulkActions>, asked: ListBulkActions) -> impl IntoView {
    let Reply { body: BulkActions { bulk_actions }, next, .. } = reply;
    let at = |cursor| path::bulk_actions_where(&ListBulkActions { cursor, limit: None });
    let shown = i64::try_from(bulk_actions.len()).unwrap_or(i64::MAX);
    let summary = t_with(text::CHOSEN_SHOWN, &[("count", &format::integer(language(), shown))]);
    let first = asked.cursor.is_some().then(|| at(None));
    view! { <Pagination summary=summary first=first next=next.map(|cursor| at(Some(cursor))) /> }
        .into_any()
}

#[component]
fn One(bulk: BulkAction) -> impl IntoView {
    let count = format::integer(language(), bulk.counts.total);
    let name = t_with(text::act(bulk.action), &[("count", &count)]);
    view! {
        <Row>
            <Cell label=t(text::TITLE) main=true><a href=path::bulk_action(bulk.id)>{name}</a></Cell>
            <Cell label=t(common::STATE)><State counts=bulk.counts /></Cell>
            <Cell label=t(operations::ACTOR)>{bulk.actor}</Cell>
            <Cell label=t(operations::STARTED)><Ago at=bulk.created_at /></Cell>
        </Row>
    }
    .into_any()
}

/// How far it is, and how many have failed.
#[component]
fn State(counts: BulkCounts) -> impl IntoView {
    let number = |n: i64| format::integer(language(), n);
    let over = counts.over();
    let (tone, word) = match (over < counts.total, counts.failed > 0) {
        (true, _) => (Tone::Busy, text::RUNNING),
        (false, true) => (Tone::Bad, text::FAILED),
        (false, false) if counts.done == 0 => (Tone::Neutral, text::CANCELLED),
        (false, false) => (Tone::Ok, text::DONE),
    };
    let figures =
        t_with(text::PROGRESS, &[("over", &number(over)), ("total", &number(counts.total))]);
    let failed = t_with(text::SOME_FAILED, &[("count", &number(counts.failed))]);
    view! {
        <div class="two-lines">
            <ToneChip tone=tone word=t(word) />
            <span class="hint figures">
                {figures}{(counts.failed > 0).then(|| format!(" · {failed}"))}
            </span>
        </div>
    }
    .into_any()
}
