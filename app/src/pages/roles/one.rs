//! `/roles/{id}`: one role, its forms, and the question before it is deleted.

use super::{assume::Assume, delete::Delete, detail::Detail, edit::Edit, policy::Policy};
use crate::{
    load::{Ask, load},
    pages::{
        NotFound,
        audit_trail::activity::{self, ActivityPage},
    },
    path,
    ui::Loaded,
};
use api::{IamRole, op};
use domain::RoleId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// What each of the pages is given.
#[derive(Clone)]
pub struct About {
    pub role: IamRole,
    /// The version that was read.
    pub etag: Option<String>,
}

#[component]
pub fn One() -> impl IntoView {
    let params = use_params_map();
    let parameter = move |name: &str| params.with(|params| params.get(name).unwrap_or_default());
    let asked = Memo::new(move |_| (parameter("id"), parameter("act")));
    move || {
        let (id, act) = asked.get();
        // What is typed must not go when somebody else changes it.
        let (kinds, page): (&'static [&'static str], Page) = match act.as_str() {
            "" => (&["iam-role", "api-key"], detail),
            "activity" => (&[], activity),
            "edit" => (&[], edit),
            "policy" => (&[], policy),
            "assume" => (&[], assume),
            "delete" => (&["iam-role", "api-key"], delete),
            _ => return view! { <NotFound /> }.into_any(),
        };
        match id.parse::<RoleId>() {
            Ok(id) => view! { <Whole id=id kinds=kinds page=page /> }.into_any(),
            Err(_) => view! { <NotFound /> }.into_any(),
        }
    }
}

/// One of the pages of a role.
type Page = fn(About) -> AnyView;

fn detail(about: About) -> AnyView {
    view! { <Detail about=about /> }.into_any()
}

fn activity(about: About) -> AnyView {
    let IamRole { id, name, .. } = about.role;
    view! {
        <ActivityPage
            name=name
            page=path::role(id)
            asked=activity::about(id)
            kinds=&["iam-role"]
        />
    }
    .into_any()
}

fn edit(about: About) -> AnyView {
    view! { <Edit about=about /> }.into_any()
}

fn policy(about: About) -> AnyView {
    view! { <Policy about=about /> }.into_any()
}

fn assume(about: About) -> AnyView {
    view! { <Assume role=about.role /> }.into_any()
}

fn delete(about: About) -> AnyView {
    view! { <Delete about=about /> }.into_any()
}

#[component]
fn Whole(id: RoleId, kinds: &'static [&'static str], page: Page) -> impl IntoView {
    let role = load(op::GetIamRole, kinds, move || Ask::of("id", id.to_string()));
    view! {
        <Loaded
            answer=role
            page=true
            view=move |reply| page(About { role: reply.body, etag: reply.etag })
        />
    }
    .into_any()
}
