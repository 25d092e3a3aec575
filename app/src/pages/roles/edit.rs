//! The form of what a role is for: its description, labels and permissions.

use super::{
    assuming::AssumingFields, create::DESCRIPTION_CHARACTERS_MAX, one::About,
    permissions::Permissions,
};
use crate::{
    path,
    text::{common, roles as text, t, t_with},
    ui::{Button, EditForm, FormCode, Kind, LinkButton, Notice, PageHeader, TextArea, Tone},
};
use domain::labels::Labels;
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Edit(about: About) -> impl IntoView {
    let About { role, etag } = about;
    let reason = super::no_edit(&role).map(|why| t(why).to_owned());
    let id = role.id;
    let description = role.description.unwrap_or_default();
    let permissions = role.permissions.unwrap_or_default();
    let assume = role.assume_role_policy.clone().unwrap_or_default();
    let ttl = role.max_session_ttl.unwrap_or_default();
    let start = json!({
        "description": description, "labels": role.labels.clone().unwrap_or_default(),
        "permissions": permissions, "assume-role-policy": assume, "max-session-ttl": ttl,
    });
    view! {
        <PageHeader
            title=t_with(text::EDIT_NAMED, &[("name", &role.name)])
            about=(path::role(id), role.name.clone())
            lead=|| t(text::EDIT_LEAD)
        />
        {reason.is_some().then(|| view! { <Notice tone=Tone::Warn><p>{t(text::OF_PLATFORM_LEAD)}</p></Notice> })}
        <section class="card confirm">
            <EditForm
                operation="update-iam-role"
                path=vec![("id", id.to_string())]
                return_to=path::role(id)
                if_match=Signal::stored(etag)
                done=t(text::SAVED)
            >
                <div class="stack">
                    <TextArea
                        name="description:or-empty"
                        label=t(text::DESCRIPTION)
                        hint=t(text::DESCRIPTION_HINT)
                        value=description
                        optional=true
                        rows=2
                        max_length=DESCRIPTION_CHARACTERS_MAX
                    />
                    <TextArea
                        name="labels"
                        label=t(text::LABELS)
                        hint=t(text::LABELS_HINT)
                        value=lines(role.labels)
                        optional=true
                        rows=3
                    />
                    <Permissions has=permissions />
                    <AssumingFields policy=assume ttl=ttl />
                    <div class="confirm-actions">
                        <LinkButton to=path::role(id) label=t(common::CANCEL) />
                        <Button label=t(common::SAVE).to_owned() kind=Kind::Primary reason=Signal::stored(reason) />
                    </div>
                </div>
            </EditForm>
        </section>
        <FormCode operation="update-iam-role" path=vec![("id", id.to_string())] start=start />
    }
    .into_any()
}

/// Labels as they are typed.
pub fn lines(labels: Option<Labels>) -> String {
    let pairs = labels.unwrap_or_default().into_iter().map(|(key, value)| format!("{key}={value}"));
    pairs.collect::<Vec<_>>().join("\n")
}
