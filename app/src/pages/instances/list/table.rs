//! The table of instances. Rows are told apart by their id and follow what changes.

use super::{
    counted,
    question::{self, LIMITS, address},
    row::InstanceRow,
};
use crate::{
    text::{common, instances as text, t, t_with},
    ui::{Column, Pagination, Table},
};
use api::{Instances, ListInstances, OperationDetail, PAGE_DEFAULT, Reply};
use leptos::prelude::*;

#[component]
pub fn Rows(
    page: Memo<Option<Reply<Instances>>>,
    operations: Signal<Vec<OperationDetail>>,
    question: Memo<ListInstances>,
) -> impl IntoView {
    let instances = Memo::new(move |_| {
        page.with(|page| page.as_ref().map(|page| page.body.instances.clone()).unwrap_or_default())
    });
    let footer = view! { <Foot page=page question=question /> }.into_any();
    view! {
        <div class="instances">
            <Table caption=t(text::TITLE) columns=columns(page, question) footer=footer>
                <For each=move || instances.get() key=|instance| instance.id let(first)>
                    <InstanceRow first=first instances=instances operations=operations question=question />
                </For>
            </Table>
        </div>
    }
    .into_any()
}

fn columns(page: Memo<Option<Reply<Instances>>>, question: Memo<ListInstances>) -> Vec<Column> {
    let sorted = move |column: &'static str, head: Column| {
        let to = Signal::derive(move || {
            question.with(|asked| address(&question::sorted(asked, column)))
        });
        let now = Signal::derive(move || question.with(|asked| question::order(asked, column)));
        head.sorted(to, now)
    };
    let priced = move |text| {
        Signal::derive(move || {
            let price = page.with(|page| page.as_ref().and_then(|page| page.body.price));
            let currency = price.map(|price| price.currency.to_string()).unwrap_or_default();
            t_with(text, &[("currency", &currency)])
        })
    };
    vec![
        sorted("name", Column::text(t(common::NAME))),
        sorted("state", Column::text(t(common::STATE))),
        Column::text(t(common::ZONE)),
        Column::text(t(text::TYPE)),
        Column::text(t(text::ADDRESS)),
        Column::text(t(text::LABELS)).minor(),
        sorted("created-at", Column::text(t(common::CREATED)).minor()),
        Column::figures(priced(text::HEAD_HOUR)),
        Column::figures(priced(text::HEAD_MONTH)),
        Column::actions(t(common::ACTIONS)),
    ]
}

/// How many there are, how many are shown, and the way on.
#[component]
fn Foot(page: Memo<Option<Reply<Instances>>>, question: Memo<ListInstances>) -> impl IntoView {
    move || {
        let asked = question.get();
        let (shown, total, next) = page.with(|page| match page {
            Some(page) => {
                (page.body.instances.len(), page.body.total.unwrap_or_default(), page.next.clone())
            }
            None => (0, 0, None),
        });
        let summary =
            t_with(common::SHOWN_OF, &[("shown", &shown.to_string()), ("total", &counted(total))]);
        let next =
            next.map(|cursor| address(&ListInstances { cursor: Some(cursor), ..asked.clone() }));
        let first = asked.cursor.is_some().then(|| address(&question::first_page(&asked)));
        view! {
            <div class="list-foot">
                <PageSize asked=asked />
                <Pagination summary=summary first=first next=next />
            </div>
        }
    }
}

/// How many rows a page has.
#[component]
fn PageSize(asked: ListInstances) -> impl IntoView {
    let now = asked.limit.unwrap_or(PAGE_DEFAULT);
    let sizes = LIMITS.map(|limit| {
        let to = address(&ListInstances { limit: Some(limit), ..question::first_page(&asked) });
        view! { <a href=to aria-current=(limit == now).then_some("true")>{limit}</a> }
    });
    view! {
        <nav class="page-size" aria-label=t(text::PAGE_SIZE)>
            <span>{t(text::PAGE_SIZE)}</span>
            {sizes.into_iter().collect_view()}
        </nav>
    }
    .into_any()
}
