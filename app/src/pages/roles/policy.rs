//! The form of what a role allows.

use super::one::About;
use crate::{
    pages::policy::PolicyForm,
    path,
    text::{roles as text, t, t_with},
    ui::{Notice, PageHeader, Tone},
    visit::visit,
};
use api::IamPolicy;
use leptos::prelude::*;

#[component]
pub fn Policy(about: About) -> impl IntoView {
    let About { role, etag } = about;
    let reason = super::no_policy_edit(&role).map(|why| t(why).to_owned());
    let fixed = reason.is_some().then(|| match super::is_of_platform(&role) {
        true => text::OF_PLATFORM_LEAD,
        false => text::FIXED_LEAD,
    });
    let id = role.id;
    let own = visit().me.is_some_and(|me| me.role.id == id.to_string());
    view! {
        <PageHeader
            title=t_with(text::POLICY_NAMED, &[("name", &role.name)])
            about=(path::role(id), role.name.clone())
            lead=|| t(text::POLICY_LEAD)
        />
        {fixed.map(|why| view! { <Notice tone=Tone::Warn><p>{t(why)}</p></Notice> })}
        <PolicyForm
            operation="update-iam-role-policy"
            path=vec![("id", id.to_string())]
            policy=role.policy.unwrap_or_else(IamPolicy::deny_all)
            etag=etag
            back=path::role(id)
            done=t(text::POLICY_SAVED)
            reason=reason
            own=own
        />
    }
    .into_any()
}
