//! `/organization-policy`: shown, edited, reset.

mod edit;
mod reset;
mod shown;

use super::{
    NotFound,
    audit_trail::activity::{self, ActivityPage},
};
use crate::{
    load::{Ask, Asked, load},
    path,
    text::{organization_policy as text, t},
    ui::Loaded,
    visit::visit,
};
use api::{IamPolicy, ListAuditTrail, op};
use edit::edit;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use reset::Reset;
use shown::Policy;

#[component]
pub fn OrganizationPolicy() -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| params.with(|params| params.get("act")).unwrap_or_default());
    move || match asked.get().as_str() {
        "" => view! { <Policy policy=read(&["organization"]) /> }.into_any(),
        "activity" => activity(),
        // What is typed must not go when somebody else changes it.
        "edit" => view! { <Loaded answer=read(&[]) page=true view=edit /> }.into_any(),
        "reset" => view! { <Reset policy=read(&["organization"]) /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    }
}

fn activity() -> AnyView {
    let organization = visit().me.map(|me| me.organization.id).unwrap_or_default();
    let resource = Some("iam-organization-policy".to_owned());
    view! {
        <ActivityPage
            name=t(text::TITLE)
            page=path::organization_policy()
            asked=ListAuditTrail { resource, ..activity::about(organization) }
            kinds=&["organization"]
        />
    }
    .into_any()
}

fn read(kinds: &'static [&'static str]) -> Asked<IamPolicy> {
    load(op::GetIamOrganizationPolicy, kinds, Ask::all)
}
