//! What has become of each instance of a bulk action.

use crate::{
    load::{Ask, load},
    path,
    text::{bulk as text, common, t, t_with},
    ui::{Cell, Column, Empty, LinkButton, Loaded, Pagination, Row, Table, Tone, ToneChip, icons},
    visit::language,
};
use api::{BulkItem, BulkItems, ListBulkItems, Reply, op};
use domain::{BulkActionId, bulk::BulkItemState, format};
use leptos::prelude::*;

#[component]
pub fn Items(id: BulkActionId, filters: Memo<ListBulkItems>) -> impl IntoView {
    let answer = load(op::ListBulkItems, &["bulk-action", "operation"], move || Ask {
        params: vec![("id", id.to_string())],
        input: filters.get(),
    });
    view! {
        <Loaded
            answer=answer
            view=move |reply| view! { <Found id=id reply=reply filters=filters.get_untracked() /> }.into_any()
        />
    }
    .into_any()
}

#[component]
fn Found(id: BulkActionId, reply: Reply<BulkItems>, filters: ListBulkItems) -> impl IntoView {
    let items = reply.body.items;
    if items.is_empty() {
        return view! {
            <section class="card">
                <Empty icon=icons::ACTIVITY title=t(text::NONE_IN_STATE) lead=t(text::NONE_IN_STATE_NEXT)>
                    <LinkButton to=path::bulk_action(id) label=t(text::ALL_STATES) />
                </Empty>
            </section>
        }
        .into_any();
    }
    let columns = vec![
        Column::text(t(text::INSTANCE)),
        Column::text(t(common::STATE)),
        Column::text(t(text::WHY)),
    ];
    let at = |cursor: Option<String>| {
        path::bulk_action_where(id, &ListBulkItems { cursor, limit: None, ..filters.clone() })
    };
    let first = filters.cursor.is_some().then(|| at(None));
    let next = reply.next.map(|cursor| at(Some(cursor)));
    let shown = format::integer(language(), i64::try_from(items.len()).unwrap_or(i64::MAX));
    let summary = t_with(text::CHOSEN_SHOWN, &[("count", &shown)]);
    let pages = view! { <Pagination summary=summary first=first next=next /> };
    view! {
        <Table caption=t(text::TITLE) columns=columns footer=pages.into_any()>
            {items.into_iter().map(|item| view! { <One item=item /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn One(item: BulkItem) -> impl IntoView {
    let tone = match item.state {
        BulkItemState::Queued | BulkItemState::Cancelled => Tone::Neutral,
        BulkItemState::Running => Tone::Busy,
        BulkItemState::Done => Tone::Ok,
        BulkItemState::Failed => Tone::Bad,
    };
    let why = match item.message {
        Some(why) => view! { <span lang="en">{why}</span> }.into_any(),
        None => t(common::NONE).into_any(),
    };
    view! {
        <Row>
            <Cell label=t(text::INSTANCE) main=true><a href=path::instance(item.id)>{item.name}</a></Cell>
            <Cell label=t(common::STATE)><ToneChip tone=tone word=t(text::item(item.state)) /></Cell>
            <Cell label=t(text::WHY)>{why}</Cell>
        </Row>
    }
    .into_any()
}
