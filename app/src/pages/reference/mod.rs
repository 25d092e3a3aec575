//! The reference of the API: `/api` and `/api/{operation}`. It is made of the API's own document, which
//! is large, and reads the same for as long as the server runs: so the server writes it, and the
//! browser leaves it as it is. Alive is only what follows people's typing.

#[cfg(feature = "ssr")]
pub mod shown;

use crate::{
    pages::NotFound,
    path,
    text::{reference as text, t},
    ui::{FormCode, PageHeader},
};
use leptos::prelude::*;
#[cfg(not(feature = "ssr"))]
use leptos_router::hooks::use_location;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde_json::{Map, Value, json};

/// All operations, by noun.
#[component]
pub fn List() -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("q")).unwrap_or_default();
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <a class="button" href=path::openapi() rel="external">{t(text::DOCUMENT)}</a>
        </PageHeader>
        <Written part=Part::List asked=asked />
    }
    .into_any()
}

/// One operation: what goes in, what comes out, and trying it.
#[component]
pub fn One() -> impl IntoView {
    let params = use_params_map();
    move || {
        let name = params.with(|params| params.get("operation")).unwrap_or_default();
        match api::find(&name) {
            Some(endpoint) => view! { <Operation operation=endpoint.operation /> }.into_any(),
            None => view! { <NotFound /> }.into_any(),
        }
    }
}

#[component]
fn Operation(operation: &'static str) -> impl IntoView {
    let (path, start) = given(operation);
    view! {
        <PageHeader title=operation.to_owned() />
        <Written part=Part::Operation asked=operation.to_owned() />
        <FormCode operation=operation action=path::reference_of(operation) path=path start=start open=true />
        <Written part=Part::Documents asked=operation.to_owned() />
    }
    .into_any()
}

/// What the address fills in: the parameters of the path, each at least by its name, and the rest.
fn given(operation: &'static str) -> (Vec<(&'static str, String)>, Value) {
    let query = use_query_map().get_untracked();
    let path = api::find(operation).map(|endpoint| endpoint.path).unwrap_or_default();
    let names: Vec<_> = path.split(['{', '}']).skip(1).step_by(2).collect();
    let named =
        |name: &&'static str| (*name, query.get(name).unwrap_or_else(|| format!("{{{name}}}")));
    let others = query.latest_values().filter(|(name, _)| !names.contains(&name.as_ref()));
    let others: Map<_, _> =
        others.map(|(name, value)| (name.to_string(), json!(value.to_owned()))).collect();
    (names.iter().map(named).collect(), Value::Object(others))
}

/// What the server writes.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// All operations that are like what is asked.
    List,
    /// What an operation is, and trying it.
    Operation,
    /// What goes into an operation, and what comes out.
    Documents,
}

#[cfg(feature = "ssr")]
#[component]
fn Written(part: Part, asked: String) -> impl IntoView {
    let content = match part {
        Part::List => shown::list(&asked),
        Part::Operation => shown::operation(&asked),
        Part::Documents => shown::documents(&asked),
    };
    view! { <div class="stack">{content}</div> }.into_any()
}

/// Stands where the server has written. What came here without the server goes to it.
#[cfg(not(feature = "ssr"))]
#[component]
fn Written(part: Part, asked: String) -> impl IntoView {
    drop((part, asked));
    let place = NodeRef::<leptos::html::Div>::new();
    let location = use_location();
    Effect::new(move |_| {
        let (path, query) = (location.pathname.get_untracked(), location.search.get_untracked());
        let here = if query.is_empty() { path } else { format!("{path}?{query}") };
        if place.get().is_some_and(|place| place.child_element_count() == 0) {
            // The address may not be there yet. A browser that refuses keeps the empty page.
            let _ = window().location().assign(&here);
        }
    });
    view! { <div class="stack" node_ref=place></div> }.into_any()
}
