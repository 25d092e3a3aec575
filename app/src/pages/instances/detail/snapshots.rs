//! Snapshots of an instance: take one, go back to one, keep one elsewhere.

use super::{
    super::{cost, may::refusal},
    Seen,
};
use crate::{
    load::{Ask, load},
    pages::snapshots::SnapshotRow,
    path,
    text::{common, instance as text, t, t_with},
    ui::{Button, Card, Column, Empty, Followed, Form, Kind, Table, icons, stay},
};
use api::{ListSnapshots, Prices, Reply, Snapshot, op};
use domain::instance::Verb;
use leptos::prelude::*;

#[component]
pub fn Snapshots(seen: Seen) -> impl IntoView {
    let Seen { id, .. } = seen;
    let snapshots = load(op::ListSnapshots, &["snapshot"], move || {
        Ask::with(ListSnapshots { instance_id: Some(id), ..Default::default() })
    });
    let prices = load(op::ListPrices, &[], Ask::all);
    let prices = Signal::derive(move || prices.get().and_then(Result::ok).map(|reply| reply.body));
    let view = move |latest: Memo<Reply<api::Snapshots>>| {
        let own = Memo::new(move |_| latest.with(|reply| reply.body.snapshots.clone()));
        view! { <Own seen=seen own=own prices=prices /> }.into_any()
    };
    view! {
        <Take seen=seen prices=prices />
        <Followed answer=snapshots rows=3 view=view />
    }
    .into_any()
}

/// What snapshots are for, what one costs, and the button.
#[component]
fn Take(seen: Seen, prices: Signal<Option<Prices>>) -> impl IntoView {
    let Seen { id, instance, .. } = seen;
    let size = move || instance.with(|instance| instance.disk_size);
    view! {
        <Card>
            <div class="row-between">
                <div class="stack-small">
                    <p class="lead">{t(text::SNAPSHOTS_LEAD)}</p>
                    <Transition fallback=|| ()>
                        {move || prices.get().map(|prices| {
                            let price = cost::both(cost::snapshot(size(), &prices));
                            view! { <p class="hint">{t_with(text::SNAPSHOT_COSTS, &[("price", &price)])}</p> }
                        })}
                    </Transition>
                </div>
                <Form
                    operation="create-snapshot"
                    path=vec![("id", id.to_string())]
                    return_to=path::instance_tab(id, "snapshots")
                    done=t(text::SNAPSHOT_REQUESTED)
                    on_answer=stay()
                >
                    <Button
                        label=t(text::TAKE_SNAPSHOT).to_owned()
                        kind=Kind::Primary
                        icon=icons::CAMERA
                        reason=Signal::derive(move || instance.with(|i| refusal(i, Verb::CreateSnapshot)))
                    />
                </Form>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Own(seen: Seen, own: Memo<Vec<Snapshot>>, prices: Signal<Option<Prices>>) -> impl IntoView {
    let none = Memo::new(move |_| own.with(Vec::is_empty));
    move || {
        if none.get() {
            return view! {
                <Card><Empty icon=icons::CAMERA title=t(text::NO_SNAPSHOTS) lead=t(text::NO_SNAPSHOTS_LEAD) /></Card>
            }
            .into_any();
        }
        let columns = vec![
            Column::text(t(text::SNAPSHOT)),
            Column::text(t(common::STATE)),
            Column::figures(t(text::DISK_SIZE)),
            Column::text(t(common::CREATED)),
            Column::figures(t(crate::text::instances::PER_MONTH)),
            Column::actions(t(common::ACTIONS)),
        ];
        view! {
            <div class="snapshots">
                <Table caption=t(text::SNAPSHOTS) columns=columns>
                    <For each=move || own.get() key=|snapshot| snapshot.id let(first)>
                        <SnapshotRow
                            first=first
                            snapshots=own
                            prices=prices
                            page=path::instance_tab(seen.id, "snapshots")
                            no_revert=Signal::derive(move || seen.instance.with(|i| refusal(i, Verb::RevertSnapshot)))
                        />
                    </For>
                </Table>
            </div>
        }
        .into_any()
    }
}
