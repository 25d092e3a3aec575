//! The top of an instance: what it is, how it is, and what can be done.

use super::{
    super::{
        cost,
        may::refusal,
        state::{Simulated, State},
    },
    Seen,
};
use crate::{
    path,
    text::{common, instance as text, instances as all, past, t},
    ui::{
        Button, CopyButton, Form, Kind, LinkButton, LiveNote, Menu, MenuLink, PageHeader, icons,
        stay,
    },
};
use domain::instance::{InstanceState, Verb};
use leptos::prelude::*;

#[component]
pub fn Header(seen: Seen) -> impl IntoView {
    let instance = seen.instance;
    let deleted = Memo::new(move |_| instance.with(|i| i.state == InstanceState::Destroyed));
    view! {
        <PageHeader
            title=Signal::derive(move || instance.with(|instance| instance.name.clone()))
            lead=move || view! { <Facts seen=seen /> }
        >
            <LiveNote />
            {move || match deleted.get() {
                true => view! { <Deleted seen=seen /> }.into_any(),
                false => view! { <Living seen=seen /> }.into_any(),
            }}
        </PageHeader>
    }
    .into_any()
}

/// What can be asked of an instance that was deleted and is kept.
#[component]
fn Deleted(seen: Seen) -> impl IntoView {
    let Seen { id, instance, .. } = seen;
    move || {
        let (recover, delete) =
            instance.with(|i| (refusal(i, Verb::Recover), refusal(i, Verb::Delete)));
        view! {
            <LinkButton to=path::instance_confirm(id, "recover") label=t(all::RECOVER) icon=icons::UNDO_2 kind=Kind::Primary reason=recover />
            <LinkButton to=path::instance_confirm(id, "delete-for-good") label=t(all::DELETE_FOR_GOOD) icon=icons::TRASH_2 reason=delete />
        }
    }
}

#[component]
fn Living(seen: Seen) -> impl IntoView {
    let Seen { id, instance, .. } = seen;
    view! {
            <Form operation="start-instance" path=vec![("id", id.to_string())] return_to=path::instance(id) done=t(all::START_REQUESTED) on_answer=stay()>
                <Button
                    label=t(all::START).to_owned()
                    icon=icons::PLAY
                    reason=Signal::derive(move || instance.with(|instance| refusal(instance, Verb::Start)))
                />
            </Form>
            {move || {
                let (stop, reboot) = instance.with(|i| (refusal(i, Verb::Stop), refusal(i, Verb::Reboot)));
                view! {
                    <LinkButton to=path::instance_confirm(id, "stop") label=t(all::STOP) icon=icons::SQUARE reason=stop />
                    <LinkButton to=path::instance_confirm(id, "reboot") label=t(all::REBOOT) icon=icons::ROTATE_CW reason=reboot />
                }
            }}
            <Menu label=t(text::MORE).to_owned() icon=icons::ELLIPSIS class="menu-button" right=true>
                {move || {
                    let (reset, delete) = instance.with(|i| (refusal(i, Verb::Reset), refusal(i, Verb::Delete)));
                    view! {
                        <MenuLink to=path::past_when("instance", Some(&id.to_string())) label=t(past::TITLE) icon=icons::CLOCK />
                        <MenuLink to=path::instance_tab(id, "snapshots") label=t(text::TAKE_SNAPSHOT) icon=icons::CAMERA />
                        <MenuLink to=path::instance_confirm(id, "reset") label=t(text::RESET) icon=icons::UNDO_2 reason=reset />
                        <MenuLink to=path::instance_confirm(id, "delete") label=t(all::DELETE) icon=icons::TRASH_2 danger=true reason=delete />
                    }
                }}
            </Menu>
    }
    .into_any()
}

/// State, id, zone, price.
#[component]
fn Facts(seen: Seen) -> impl IntoView {
    let Seen { id, instance, .. } = seen;
    let engine = instance.with_untracked(|instance| instance.engine.clone());
    let zone = instance.with_untracked(|instance| instance.zone.clone());
    view! {
        <div class="facts">
            <Transition fallback=|| ()>
                <State instance=instance operations=seen.operations() />
            </Transition>
            <span class="break"><code>{id.to_string()}</code><CopyButton text=id.to_string() what=t(common::ID) /></span>
            <span>{zone}<Simulated engine=engine /></span>
            <span class="figures">{move || instance.with(|instance| instance.price.map(cost::both))}</span>
        </div>
    }
    .into_any()
}
