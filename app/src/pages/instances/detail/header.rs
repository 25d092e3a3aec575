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
    text::{common, instance as text, instances as all, t},
    ui::{Button, CopyButton, Form, LinkButton, LiveNote, Menu, MenuLink, PageHeader, icons},
};
use domain::instance::Verb;
use leptos::prelude::*;

#[component]
pub fn Header(seen: Seen) -> impl IntoView {
    let Seen { id, instance, .. } = seen;
    view! {
        <PageHeader
            title=Signal::derive(move || instance.with(|instance| instance.name.clone()))
            above=|| view! { <a href=path::instances()>{t(all::TITLE)}</a> }
            lead=move || view! { <Facts seen=seen /> }
        >
            <LiveNote />
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
                        <MenuLink to=path::instance_tab(id, "snapshots") label=t(text::TAKE_SNAPSHOT) icon=icons::CAMERA />
                        <MenuLink to=path::instance_confirm(id, "reset") label=t(text::RESET) icon=icons::UNDO_2 reason=reset />
                        <MenuLink to=path::instance_confirm(id, "delete") label=t(all::DELETE) icon=icons::TRASH_2 danger=true reason=delete />
                    }
                }}
            </Menu>
        </PageHeader>
    }
    .into_any()
}

/// What an accepted form does on a page that follows by itself: nothing more.
pub fn stay() -> Callback<serde_json::Value> {
    Callback::new(|_| ())
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
