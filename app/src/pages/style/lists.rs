//! Lists: tabs, filters, tables that become cards, and the way to the next page.

use super::Sample;
use crate::{
    path,
    text::{common, states, style as text, t},
    ui::{
        Card, Cell, Column, Filter, Filters, LinkButton, Pagination, Row, Tab, Table, Tabs, Tone,
        ToneChip,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn Lists() -> impl IntoView {
    let query = use_query_map();
    let value = move |name: &'static str| {
        Signal::derive(move || query.with(|query| query.get(name)).filter(|v| !v.is_empty()))
    };
    let states = || vec![("running".to_owned(), t(states::RUNNING).to_owned())];
    let tab = |to, label| Tab { to, label };
    view! {
        <Card title=t(text::LISTS)>
            <div class="stack">
                <Sample of="Tabs">
                    <Tabs
                        label=t(text::LISTS)
                        tabs=vec![tab(path::style(), t(text::TITLE)), tab(path::keyboard(), t(text::KEYS))]
                    />
                </Sample>
                <Sample of="Filters, FilterText">
                    <Filters
                        label=t(text::LISTS)
                        to=path::style()
                        filters=vec![
                            Filter::search("q", t(common::NAME), value("q")),
                            Filter::choice("state", t(common::STATE), states, value("state")),
                        ]
                    />
                </Sample>
                <Sample of="Table, Row, Cell"><Machines /></Sample>
                <Sample of="Pagination">
                    <Pagination summary="1–2" first=path::style() next=path::style() />
                </Sample>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Machines() -> impl IntoView {
    let columns = vec![
        Column::text(t(common::NAME)).sorted(path::style(), Some("ascending")),
        Column::text(t(common::STATE)),
        Column::text(t(common::ZONE)).minor(),
        Column::figures("CHF / h"),
        Column::actions(t(common::ACTIONS)),
    ];
    let rows = [
        ("web-1", Tone::Ok, states::RUNNING, "0.0467"),
        ("ci-runner", Tone::Neutral, states::STOPPED, "0.0014"),
    ];
    view! {
        <Table
            caption=t(text::LISTS)
            columns=columns
            footer=view! { <span class="hint">{t(text::SAMPLE)}</span> }.into_any()
        >
            {rows
                .into_iter()
                .map(|(name, tone, word, price)| view! {
                    <Row>
                        <Cell label=t(common::NAME) main=true><a href=path::style()>{name}</a></Cell>
                        <Cell label=t(common::STATE)><ToneChip tone=tone word=t(word) /></Cell>
                        <Cell label=t(common::ZONE) minor=true>"ch-gva-2"</Cell>
                        <Cell label="CHF / h" figures=true>{price}</Cell>
                        <Cell label=t(common::ACTIONS) actions=true>
                            <LinkButton to=path::style() label=t(text::OPEN) about=name small=true />
                        </Cell>
                    </Row>
                })
                .collect_view()}
        </Table>
    }
    .into_any()
}
