//! `/templates/{id}`: one template, its form, and the question before it is deleted.

use super::{delete::Delete, detail::Detail, edit::Edit, users};
use crate::{
    load::{Ask, load},
    pages::{
        NotFound,
        audit_trail::activity::{self, ActivityPage},
    },
    path,
    ui::Loaded,
};
use api::{Instances, Prices, Template, op};
use domain::TemplateId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// What each of the pages is given.
#[derive(Clone)]
pub struct About {
    pub template: Template,
    /// The version that was read.
    pub etag: Option<String>,
    pub prices: Prices,
    /// The instances made from it: how many, and the first of them.
    pub users: Instances,
}

#[component]
pub fn One() -> impl IntoView {
    let params = use_params_map();
    let parameter = move |name: &str| params.with(|params| params.get(name).unwrap_or_default());
    let asked = Memo::new(move |_| (parameter("id"), parameter("act")));
    move || {
        let (id, act) = asked.get();
        match (id.parse::<TemplateId>(), act.as_str()) {
            (Ok(id), "") => {
                view! { <Whole id=id kinds=&["template", "instance"] page=detail /> }.into_any()
            }
            // What is typed must not go when somebody else changes it.
            (Ok(id), "edit") => view! { <Whole id=id kinds=&[] page=edit /> }.into_any(),
            (Ok(id), "activity") => view! { <Activity id=id /> }.into_any(),
            (Ok(id), "delete") => {
                view! { <Whole id=id kinds=&["instance"] page=delete /> }.into_any()
            }
            _ => view! { <NotFound /> }.into_any(),
        }
    }
}

/// One of the pages of a template.
type Page = fn(About) -> AnyView;

fn detail(about: About) -> AnyView {
    view! { <Detail about=about /> }.into_any()
}

fn edit(about: About) -> AnyView {
    view! { <Edit about=about /> }.into_any()
}

fn delete(about: About) -> AnyView {
    view! { <Delete about=about /> }.into_any()
}

#[component]
fn Whole(id: TemplateId, kinds: &'static [&'static str], page: Page) -> impl IntoView {
    let template = load(op::GetTemplate, kinds, move || Ask::of("id", id.to_string()));
    let prices = load(op::ListPrices, &[], Ask::all);
    let users = load(op::ListInstances, kinds, move || Ask::with(users::asked(id)));
    view! {
        <Loaded
            answer=template
            page=true
            view=move |template| view! {
                <Loaded answer=prices view=move |prices| {
                    let template = template.clone();
                    view! {
                        <Loaded answer=users view=move |users| page(About {
                            template: template.body.clone(),
                            etag: template.etag.clone(),
                            prices: prices.body.clone(),
                            users: users.body,
                        }) />
                    }
                    .into_any()
                } />
            }
            .into_any()
        />
    }
    .into_any()
}

/// It is about the template alone.
#[component]
fn Activity(id: TemplateId) -> impl IntoView {
    let template = load(op::GetTemplate, &[], move || Ask::of("id", id.to_string()));
    let show = move |template: Template| {
        view! {
            <ActivityPage
                name=template.name
                page=path::template(id)
                asked=activity::about(id)
                kinds=&["template", "operation"]
            />
        }
        .into_any()
    };
    view! { <Loaded answer=template page=true view=move |reply| show(reply.body) /> }.into_any()
}
