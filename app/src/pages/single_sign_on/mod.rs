//! `/single-sign-on`: the organization's identity provider, its form, a test of it, and the question
//! before it is turned off.

mod delete;
mod edit;
mod fields;
mod overview;
mod rules;
mod test;

use crate::{
    load::{Ask, load},
    pages::{
        NotFound,
        audit_trail::activity::{self, ActivityPage},
    },
    path,
    ui::{Loaded, page_status},
};
use api::{ErrorCode, IamRole, IdentityProvider, IdentityProviders, op};
use domain::RoleId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// What its parts are given: all there is, and the roles that there are.
type Page = fn(IdentityProviders, Vec<IamRole>) -> AnyView;

#[component]
pub fn SingleSignOn() -> impl IntoView {
    let params = use_params_map();
    move || match params.with(|params| params.get("act")).as_deref() {
        None => view! { <Whole kinds=&["identity-provider"] page=overview::page /> }.into_any(),
        // What is typed must not go when something is told.
        Some("activity") => view! { <Activity /> }.into_any(),
        Some("edit") => view! { <Whole kinds=&[] page=edit::page /> }.into_any(),
        Some("test") => view! { <test::Test /> }.into_any(),
        Some("delete") => view! { <Whole kinds=&[] page=delete::page /> }.into_any(),
        Some(_) => view! { <NotFound /> }.into_any(),
    }
}

#[component]
fn Whole(kinds: &'static [&'static str], page: Page) -> impl IntoView {
    let providers = load(op::ListIdentityProviders, kinds, Ask::all);
    let roles = load(op::ListIamRoles, &[], Ask::all);
    view! {
        <Loaded
            answer=providers
            page=true
            view=move |all| view! {
                <Loaded
                    answer=roles
                    rows=2
                    view=move |roles| page(all.body.clone(), roles.body.iam_roles)
                />
            }
            .into_any()
        />
    }
    .into_any()
}

/// It is about the provider alone.
#[component]
fn Activity() -> impl IntoView {
    let providers = load(op::ListIdentityProviders, &[], Ask::all);
    let show = |all: IdentityProviders| {
        let IdentityProvider { id, name, .. } = match only(all) {
            Ok(provider) => provider,
            Err(none) => return none,
        };
        view! {
            <ActivityPage
                name=name
                page=path::single_sign_on()
                asked=activity::about(id)
                kinds=&["identity-provider"]
            />
        }
        .into_any()
    };
    view! { <Loaded answer=providers page=true view=move |reply| show(reply.body) /> }.into_any()
}

/// The provider, if there is one; else there is no such page.
fn only(all: IdentityProviders) -> Result<IdentityProvider, AnyView> {
    all.identity_providers.into_iter().next().ok_or_else(|| {
        page_status(ErrorCode::NotFound);
        view! { <NotFound /> }.into_any()
    })
}

fn role_name(roles: &[IamRole], id: RoleId) -> String {
    roles.iter().find(|role| role.id == id).map_or_else(|| id.to_string(), |role| role.name.clone())
}
