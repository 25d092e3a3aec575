//! What a role is and allows, who has it, and what can be done with it.

use super::{
    assuming::Assuming,
    is_of_platform, kind, no_assume, no_edit, no_policy_edit,
    one::About,
    permissions::PERMISSIONS,
    users::{UsedBy, no_delete},
};
use crate::{
    as_code::as_code,
    pages::policy::{Shown, summary},
    path,
    text::{audit_trail, common, past, permissions, roles as text, t},
    ui::{
        Card, Chip, CodePanel, CopyButton, KeyValue, KeyValues, Kind, LinkButton, LiveNote, Notice,
        PageHeader, Tone, icons,
    },
    visit::visit,
};
use api::{IamRole, Nothing};
use leptos::prelude::*;

#[component]
pub fn Detail(about: About) -> impl IntoView {
    let role = about.role;
    let id = role.id.to_string();
    let code = as_code(&visit().origin, "get-iam-role", &[("id", &id)], &Nothing {}, &[]);
    let fixed = match (is_of_platform(&role), role.editable) {
        (true, _) => Some(text::OF_PLATFORM_LEAD),
        (false, false) => Some(text::FIXED_LEAD),
        (false, true) => None,
    };
    let (policy, users) = (role.policy.clone(), role.used_by.unwrap_or_default());
    let allows = policy.as_ref().map(summary).unwrap_or_default();
    let (id, assumed) = (role.id, role.clone());
    view! {
        <Header role=role.clone() />
        {fixed.map(|why| view! { <Notice tone=Tone::Neutral><p>{t(why)}</p></Notice> })}
        <div class="detail">
            <Card title=t(text::POLICY) lead=allows>{policy.map(|policy| view! { <Shown policy=policy /> })}</Card>
            <div class="stack">
                <Card title=t(text::PROPERTIES)><Properties role=role /></Card>
                <Assuming role=assumed />
                <UsedBy role=id users=users />
            </div>
        </div>
        <CodePanel code=code />
    }
    .into_any()
}

#[component]
fn Header(role: IamRole) -> impl IntoView {
    let because = |why: Option<crate::text::Text>| why.map(|why| t(why).to_owned());
    let (edit, policy) = (because(no_edit(&role)), because(no_policy_edit(&role)));
    let delete = no_delete(&role);
    let assume = because(no_assume(&role));
    let (id, word) = (role.id, t(kind(&role)));
    let lead = move || {
        view! {
            <div class="facts">
                <Chip>{word}</Chip>
                <span class="break"><code>{id.to_string()}</code><CopyButton text=id.to_string() what=t(common::ID) /></span>
            </div>
        }
    };
    // What can be done with it is the button that stands out.
    let (duplicate, edit_policy) = match policy.is_some() {
        true => (Kind::Primary, Kind::Secondary),
        false => (Kind::Secondary, Kind::Primary),
    };
    view! {
        <PageHeader title=role.name lead=lead>
            <LiveNote />
            <LinkButton to=path::role_act(id, "activity") label=t(audit_trail::ACTIVITY) icon=icons::ACTIVITY />
            <LinkButton to=path::past_when("iam-role", Some(&id.to_string())) label=t(past::TITLE) icon=icons::CLOCK />
            <LinkButton to=path::permissions("role", id) label=t(permissions::OPEN_PAGE) icon=icons::GAUGE />
            <LinkButton to=path::simulator_of(id) label=t(text::SIMULATE) icon=icons::PLAY />
            <LinkButton to=path::role_act(id, "assume") label=t(text::ASSUME) icon=icons::KEY reason=assume />
            <LinkButton to=path::role_act(id, "delete") label=t(text::DELETE) icon=icons::TRASH_2 reason=delete />
            <LinkButton to=path::role_act(id, "edit") label=t(text::EDIT) icon=icons::SETTINGS reason=edit />
            <LinkButton to=path::role_create_from(id) label=t(text::DUPLICATE) icon=icons::COPY kind=duplicate />
            <LinkButton to=path::role_act(id, "policy") label=t(text::EDIT_POLICY) icon=icons::PENCIL kind=edit_policy reason=policy />
        </PageHeader>
    }
    .into_any()
}

#[component]
fn Properties(role: IamRole) -> impl IntoView {
    let permissions = role.permissions.unwrap_or_default();
    let named = PERMISSIONS.into_iter().filter(|(name, _)| permissions.iter().any(|p| p == name));
    let named: Vec<_> = named.map(|(_, label)| view! { <p>{t(label)}</p> }).collect();
    let labels = role.labels.unwrap_or_default();
    let none = || view! { <span class="muted">{t(text::NO_PERMISSIONS)}</span> };
    view! {
        <KeyValues>
            <KeyValue name=t(text::DESCRIPTION)>
                <span class="break">{role.description.unwrap_or_else(|| t(common::NONE).to_owned())}</span>
            </KeyValue>
            <KeyValue name=t(text::LABELS)>
                {labels.is_empty().then(none)}
                <span class="row">
                    {labels.into_iter().map(|(key, value)| view! { <Chip>{format!("{key}={value}")}</Chip> }).collect_view()}
                </span>
            </KeyValue>
            <KeyValue name=t(text::PERMISSIONS)>{named.is_empty().then(none)}{named}</KeyValue>
        </KeyValues>
    }
    .into_any()
}
