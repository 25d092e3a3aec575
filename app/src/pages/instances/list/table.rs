//! The table of instances. Rows are told apart by their id and follow what changes.

use super::{
    Latest,
    choice::{Bar, Choice},
    columns::{self, label},
    question::{self, LIMITS, Question, address},
    row::InstanceRow,
};
use crate::{
    path,
    text::{bulk, common, instances as text, t, t_with},
    ui::{Column, Pagination, Table},
    visit::language,
};
use api::{OperationDetail, PAGE_DEFAULT};
use domain::{
    format,
    list::{InstanceColumn, List},
};
use leptos::prelude::*;

#[component]
pub fn Rows(
    latest: Memo<Latest>,
    operations: Signal<Vec<OperationDetail>>,
    question: Memo<Question>,
) -> impl IntoView {
    let columns = Memo::new(move |_| question.with(columns::shown));
    let total = Signal::derive(move || {
        latest.with(|latest| {
            latest.page.as_ref().and_then(|page| page.body.total).unwrap_or_default()
        })
    });
    move || {
        let columns = columns.get();
        let heads = heads(&columns, latest, question);
        let usual = columns == InstanceColumn::ALL;
        let footer = view! { <Foot latest=latest question=question /> }.into_any();
        let frame = NodeRef::new();
        let choice = Choice::new(frame);
        // A row that left took its tick with it.
        Effect::new(move |_| {
            latest.track();
            choice.look();
        });
        view! {
            <div class="instances" class:usual=usual node_ref=frame on:change=move |_| choice.look()>
                <Bar choice=choice question=question total=total />
                <Table caption=t(text::TITLE) columns=heads footer=footer>
                    <For each=move || latest.with(|latest| latest.instances().to_vec()) key=|instance| instance.id let(first)>
                        <InstanceRow first=first columns=columns.clone() latest=latest operations=operations question=question />
                    </For>
                </Table>
            </div>
        }
        .into_any()
    }
}

fn heads(
    columns: &[InstanceColumn],
    latest: Memo<Latest>,
    question: Memo<Question>,
) -> Vec<Column> {
    let sorted = move |column: InstanceColumn, head: Column| {
        let column = column.as_str();
        let to = Signal::derive(move || {
            question.with(|asked| address(&question::sorted(asked, column)))
        });
        let now = Signal::derive(move || question.with(|asked| question::order(asked, column)));
        head.sorted(to, now)
    };
    let priced = move |text| {
        Signal::derive(move || {
            let price = latest.with(|latest| latest.page.as_ref().and_then(|page| page.body.price));
            let currency = price.map(|price| price.currency.to_string()).unwrap_or_default();
            t_with(text, &[("currency", &currency)])
        })
    };
    let head = move |column: InstanceColumn| match column {
        InstanceColumn::Name | InstanceColumn::State => sorted(column, Column::text(label(column))),
        InstanceColumn::Created => sorted(column, Column::text(label(column)).minor()),
        InstanceColumn::Labels => Column::text(label(column)).minor(),
        InstanceColumn::PerHour => Column::figures(priced(text::HEAD_HOUR)),
        InstanceColumn::PerMonth => Column::figures(priced(text::HEAD_MONTH)),
        _ => Column::text(label(column)),
    };
    let chosen = columns.iter().map(|column| head(*column));
    let boxes = std::iter::once(Column::boxes(t(bulk::CHOOSE)));
    boxes.chain(chosen).chain([Column::actions(t(common::ACTIONS))]).collect()
}

/// How many there are, how many are shown, and the way on.
#[component]
fn Foot(latest: Memo<Latest>, question: Memo<Question>) -> impl IntoView {
    move || {
        let asked = question.get();
        let (shown, total, next) = latest.with(|latest| match &latest.page {
            Some(page) => {
                (page.body.instances.len(), page.body.total.unwrap_or_default(), page.next.clone())
            }
            None => (0, 0, None),
        });
        let total = format::integer(language(), total);
        let summary = t_with(common::SHOWN_OF, &[("shown", &shown.to_string()), ("total", &total)]);
        let next = next.map(|cursor| address(&asked.with(|asked| asked.cursor = Some(cursor))));
        let first = asked.cursor.is_some().then(|| address(&question::first_page(&asked)));
        view! {
            <div class="list-foot">
                <a class="button button-small" href=path::list_export(List::Instances, &question::query(&asked))>{t(text::EXPORT)}</a>
                <PageSize asked=asked />
                <Pagination summary=summary first=first next=next />
            </div>
        }
    }
}

/// How many rows a page has.
#[component]
fn PageSize(asked: Question) -> impl IntoView {
    let now = asked.limit.unwrap_or(PAGE_DEFAULT);
    let sizes = LIMITS.map(|limit| {
        let to = address(&asked.with(|asked| asked.limit = Some(limit)));
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
