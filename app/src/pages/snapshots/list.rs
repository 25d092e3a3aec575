//! `/snapshots`: those of all instances, by zone, state and name.

use super::{question, row::SnapshotRow};
use crate::{
    as_code::as_code,
    load::{Ask, Asked, load},
    pages::{address::Wrong, instances::cost},
    path,
    text::{
        common, instance as words, instances as all, lists, snapshots as text, states, t, t_count,
        t_with,
    },
    ui::{
        Card, CodePanel, Column, Empty, Filter, Filters, Followed, LinkButton, LiveNote,
        PageHeader, Table, icons,
    },
    visit::{language, visit},
};
use api::{ListSnapshots, Prices, Reply, Snapshot, Snapshots, op};
use domain::{format, snapshot::SnapshotState};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// States that people look for.
const STATES: [SnapshotState; 4] = [
    SnapshotState::Ready,
    SnapshotState::Snapshotting,
    SnapshotState::Exported,
    SnapshotState::Error,
];

#[component]
pub fn List() -> impl IntoView {
    let query = use_query_map();
    let read = Memo::new(move |_| query.with(question::read));
    let asked = Memo::new(move |_| read.get().unwrap_or_default());
    let snapshots = load(op::ListSnapshots, &["snapshot"], move || Ask::with(asked.get()));
    let prices = load(op::ListPrices, &[], Ask::all);
    let zones = load(op::ListZones, &[], Ask::all);
    let origin = visit().origin;
    let code = Signal::derive(move || as_code(&origin, "list-snapshots", &[], &asked.get(), &[]));
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LiveNote />
        </PageHeader>
        <Filters label=t(text::FILTERS) to=path::snapshots() filters=filters(asked, zones) />
        {move || match read.get() {
            Err(error) => view! { <Wrong error=error all=path::snapshots() /> }.into_any(),
            Ok(_) => view! {
                <Followed
                    answer=snapshots
                    also=prices.text()
                    page=true
                    view=move |latest| view! { <Found latest=latest prices=prices asked=asked /> }.into_any()
                />
            }
            .into_any(),
        }}
        <CodePanel code=code />
    }
    .into_any()
}

fn filters(asked: Memo<ListSnapshots>, zones: Asked<api::Zones>) -> Vec<Filter> {
    let value =
        move |get: fn(&ListSnapshots) -> Option<String>| Signal::derive(move || asked.with(get));
    let zone_names = move || {
        let zones = zones.get().and_then(Result::ok).map(|reply| reply.body.zones);
        zones.unwrap_or_default().into_iter().map(|zone| (zone.name.clone(), zone.name)).collect()
    };
    let state_names = || {
        let named =
            |state: &SnapshotState| (state.to_string(), t(states::snapshot(*state)).to_owned());
        STATES.iter().map(named).collect()
    };
    vec![
        Filter::search("q", t(text::SEARCH), value(|asked| asked.q.clone())),
        Filter::choice(
            "state",
            t(common::STATE),
            state_names,
            value(|asked| asked.state.map(|state| state.to_string())),
        ),
        Filter::choice("zone", t(common::ZONE), zone_names, value(|asked| asked.zone.clone())),
        Filter::given(
            "instance-id",
            t(words::INSTANCE),
            value(|asked| asked.instance_id.map(|id| id.to_string())),
        ),
    ]
}

#[component]
fn Found(
    latest: Memo<Reply<Snapshots>>,
    prices: Asked<Prices>,
    asked: Memo<ListSnapshots>,
) -> impl IntoView {
    let prices = Signal::derive(move || prices.get().and_then(Result::ok).map(|reply| reply.body));
    let snapshots = Memo::new(move |_| latest.with(|reply| reply.body.snapshots.clone()));
    let none = Memo::new(move |_| snapshots.with(Vec::is_empty));
    move || {
        if none.get() {
            let filtered = asked.with(|asked| *asked != ListSnapshots::default());
            return view! { <Nothing filtered=filtered /> }.into_any();
        }
        let columns = vec![
            Column::text(t(words::SNAPSHOT)),
            Column::text(t(words::INSTANCE)),
            Column::text(t(common::STATE)),
            Column::figures(t(words::DISK_SIZE)),
            Column::text(t(common::CREATED)),
            Column::figures(t(all::PER_MONTH)),
            Column::actions(t(common::ACTIONS)),
        ];
        let sum = move || sum(&snapshots.get(), prices.get());
        view! {
            <div class="snapshots">
                <Table caption=t(text::TITLE) columns=columns footer=view! { <span class="hint">{sum}</span> }.into_any()>
                    <For each=move || snapshots.get() key=|snapshot| snapshot.id let(first)>
                        <SnapshotRow first=first snapshots=snapshots prices=prices page=path::snapshots() says_instance=true />
                    </For>
                </Table>
            </div>
        }
        .into_any()
    }
}

/// “3 snapshots · 60 GiB · CHF 1.20 per month”
fn sum(snapshots: &[Snapshot], prices: Option<Prices>) -> String {
    let number = |n: i64| format::integer(language(), n);
    let count = t_count(text::COUNT_ONE, text::COUNT, snapshots.len());
    let gib: i64 = snapshots.iter().map(|snapshot| snapshot.size).sum();
    let Some(prices) = prices else { return count };
    let amount = cost::per_month(cost::snapshot(gib, &prices));
    let price = t_with(common::PER_MONTH, &[("amount", &amount)]);
    t_with(text::SUM, &[("count", &count), ("size", &number(gib)), ("price", &price)])
}

#[component]
fn Nothing(filtered: bool) -> impl IntoView {
    let (title, lead) = match filtered {
        true => (lists::NO_MATCH, lists::NO_MATCH_LEAD),
        false => (text::EMPTY, text::EMPTY_LEAD),
    };
    let (to, label) = match filtered {
        true => (path::snapshots(), common::CLEAR_FILTERS),
        false => (path::instances(), text::TO_INSTANCES),
    };
    view! {
        <Card>
            <Empty icon=icons::CAMERA title=t(title) lead=t(lead)>
                <LinkButton to=to label=t(label) />
            </Empty>
        </Card>
    }
    .into_any()
}
