//! What can be done with a snapshot. What needs a question leads to the instance's pages that ask.

use crate::{
    path,
    text::{audit_trail, instance as text, t},
    ui::{Form, MenuLink, MenuSubmit, icons, stay},
};
use api::Snapshot;
use leptos::prelude::*;

#[component]
pub fn Actions(
    snapshot: Snapshot,
    /// The page it is shown on.
    page: String,
    /// Why its instance can't go back to it now.
    no_revert: Signal<Option<String>>,
) -> impl IntoView {
    let id = snapshot.id;
    let instance = snapshot.instance.map(|instance| instance.id.to_string()).unwrap_or_default();
    let ask = move |act: &str| path::instance_snapshot(&instance, act, id);
    let moving = snapshot.state.is_moving().then(|| t(text::SNAPSHOT_MOVING).to_owned());
    let usable = snapshot.state.is_usable();
    let unusable = moving.clone().or((!usable).then(|| t(text::NOT_READY).to_owned()));
    let (revert, here) = (ask("revert"), unusable.clone());
    let no_revert = move || here.clone().or_else(|| no_revert.get());
    let export = if snapshot.export.is_some() { text::EXPORT_AGAIN } else { text::EXPORT };
    view! {
        {move || view! { <MenuLink to=revert.clone() label=t(text::REVERT) icon=icons::UNDO_2 reason=no_revert() /> }}
        {match unusable.clone() {
            None => view! {
                <Form
                    operation="export-snapshot"
                    path=vec![("id", id.to_string())]
                    return_to=page
                    done=t(text::EXPORT_REQUESTED)
                    on_answer=stay()
                >
                    <MenuSubmit label=t(export) icon=icons::DOWNLOAD />
                </Form>
            }
            .into_any(),
            reason => view! { <MenuLink to=String::new() label=t(export) icon=icons::DOWNLOAD reason=reason /> }.into_any(),
        }}
        <MenuLink to=path::reference_with("export-snapshot", "id", id) label=t(text::EXPORT_AS_CODE) icon=icons::CODE />
        <MenuLink to=ask("promote") label=t(text::PROMOTE) icon=icons::LAYERS reason=unusable />
        <MenuLink to=path::audit_trail_of(id) label=t(audit_trail::ACTIVITY) icon=icons::ACTIVITY />
        <MenuLink to=ask("delete-snapshot") label=t(text::DELETE_SNAPSHOT) icon=icons::TRASH_2 danger=true reason=moving />
    }
    .into_any()
}
