//! The form that makes a template of a snapshot.

use super::{
    About, Head,
    snapshot::{Missing, unusable},
};
use crate::{
    path,
    text::{common, instance_acts as text, t, t_with},
    ui::{Check, Confirm, Field, FormCode, TextArea},
};
use api::PromoteSnapshot;
use domain::name::NAME_CHARACTERS_MAX;
use leptos::prelude::*;

#[component]
pub fn Promote(about: About) -> impl IntoView {
    let About { id, snapshot, .. } = about.clone();
    let of = about.now().template;
    let Some(snapshot) = snapshot else {
        return view! { <Head about=about title=t(text::PROMOTE_TITLE) /><Missing id=id /> }
            .into_any();
    };
    let reason = unusable(&snapshot);
    let start = PromoteSnapshot {
        name: snapshot.name.clone(),
        description: None,
        default_user: of.default_user.clone().filter(|user| !user.is_empty()),
        ssh_key_enabled: Some(of.ssh_key_enabled),
        password_enabled: Some(of.password_enabled),
    };
    let start = serde_json::to_value(start).unwrap_or_default();
    view! {
        <Head about=about title=t(text::PROMOTE_TITLE) />
        <Confirm
            operation="promote-snapshot-to-template"
            path=vec![("id", snapshot.id.to_string())]
            act=t(text::PROMOTE_ACT)
            return_to=path::instance_tab(id, "activity")
            cancel=path::instance_tab(id, "snapshots")
            reason=Signal::stored(reason)
        >
            <p class="break">{t_with(text::PROMOTE_LEAD, &[("snapshot", &snapshot.name)])}</p>
            <Field
                name="name"
                label=t(common::NAME)
                value=snapshot.name.clone()
                required=true
                max_length=u32::try_from(NAME_CHARACTERS_MAX).unwrap_or(u32::MAX)
                autocomplete="off"
            />
            <TextArea name="description" label=t(text::DESCRIPTION) optional=true rows=2 max_length=4_096 />
            <Field name="default-user" label=t(text::DEFAULT_USER) hint=t(text::DEFAULT_USER_HINT) value=of.default_user.unwrap_or_default() optional=true autocomplete="off" mono=true />
            <Check name="ssh-key-enabled" label=t(text::KEYS_ENABLED) checked=of.ssh_key_enabled />
            <Check name="password-enabled" label=t(text::PASSWORD_ENABLED) checked=of.password_enabled />
        </Confirm>
        <FormCode operation="promote-snapshot-to-template" path=vec![("id", snapshot.id.to_string())] start=start />
    }
    .into_any()
}
