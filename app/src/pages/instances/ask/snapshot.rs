//! Questions about a snapshot: go back to it, delete it.

use super::{
    super::{cost, may::refusal},
    About, Head, code,
};
use crate::{
    pages::fate::Fate,
    path,
    text::{instance as words, instance_acts as text, t, t_with},
    ui::{Card, CodePanel, Confirm, Hidden, LinkButton, icons},
    visit::language,
};
use api::Snapshot;
use domain::{InstanceId, format, instance::Verb};
use leptos::prelude::*;
use serde_json::{Value, json};

/// The address names no snapshot of this instance.
#[component]
pub fn Missing(id: InstanceId) -> impl IntoView {
    view! {
        <Card>
            <div class="row-between">
                <p>{t(text::NO_SUCH_SNAPSHOT)}</p>
                <LinkButton to=path::instance_tab(id, "snapshots") label=t(words::SNAPSHOTS) icon=icons::CAMERA />
            </div>
        </Card>
    }
    .into_any()
}

/// Why a snapshot can't be used now.
pub fn unusable(snapshot: &Snapshot) -> Option<String> {
    (!snapshot.state.is_usable()).then(|| t(words::NOT_READY).to_owned())
}

#[component]
pub fn Revert(about: About) -> impl IntoView {
    let now = about.now();
    let About { id, instance, snapshot, .. } = about.clone();
    let title = t_with(text::REVERT_TITLE, &[("name", &now.name)]);
    let Some(snapshot) = snapshot else {
        return view! { <Head about=about title=title /><Missing id=id /> }.into_any();
    };
    let time = format::date_time(language(), snapshot.created_at);
    let lead = t_with(text::REVERT_LEAD, &[("snapshot", &snapshot.name), ("time", &time)]);
    let unusable = unusable(&snapshot);
    let reason = move || {
        let of_instance = || instance.with(|i| refusal(i, Verb::RevertSnapshot));
        unusable.clone().or_else(of_instance)
    };
    let dies = vec![(t(text::WRITTEN_DIES).to_owned(), Vec::new())];
    let (key, to) = (id.to_string(), json!({ "id": snapshot.id }));
    let code = code(&about, "revert-instance-to-snapshot", &[("instance-id", &key)], &to);
    view! {
        <Head about=about title=title />
        <Confirm
            operation="revert-instance-to-snapshot"
            path=vec![("instance-id", id.to_string())]
            act=t_with(text::REVERT_ACT, &[("name", &now.name)])
            return_to=path::instance(id)
            cancel=path::instance_tab(id, "snapshots")
            type_name=now.name
            reason=Signal::derive(reason)
        >
            <Hidden name="id" value=snapshot.id.to_string() />
            <p class="break">{lead}</p>
            <Fate dies=dies stays=vec![t(text::SNAPSHOTS_STAY), t(text::ADDRESS_STAYS)] />
        </Confirm>
        <CodePanel code=code />
    }
    .into_any()
}

#[component]
pub fn Delete(about: About) -> impl IntoView {
    let About { id, snapshot, prices, .. } = about.clone();
    let Some(snapshot) = snapshot else {
        return view! { <Head about=about title=t(text::SNAPSHOT_TITLE) /><Missing id=id /> }
            .into_any();
    };
    let size = format::integer(language(), snapshot.size);
    let dies = vec![(t_with(text::THIS_SNAPSHOT_DIES, &[("size", &size)]), Vec::new())];
    let key = snapshot.id.to_string();
    let code = code(&about, "delete-snapshot", &[("id", &key)], &Value::Null);
    let moving = snapshot.state.is_moving().then(|| t(words::SNAPSHOT_MOVING).to_owned());
    view! {
        <Head about=about title=t(text::SNAPSHOT_TITLE) />
        <Confirm
            operation="delete-snapshot"
            path=vec![("id", snapshot.id.to_string())]
            act=t_with(text::SNAPSHOT_ACT, &[("name", &snapshot.name)])
            return_to=path::instance_tab(id, "snapshots")
            cancel=path::instance_tab(id, "snapshots")
            type_name=snapshot.name.clone()
            reason=Signal::stored(moving)
        >
            <p>{t(text::SNAPSHOT_LEAD)}</p>
            <Fate
                dies=dies
                stays=vec![t(text::INSTANCE_STAYS), t(text::TEMPLATES_STAY)]
                saves=Some(cost::snapshot(snapshot.size, &prices))
            />
        </Confirm>
        <CodePanel code=code />
    }
    .into_any()
}
