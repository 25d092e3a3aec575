//! `/past`: lists and things as they were at an instant, and what became of them between two. Nothing
//! here does anything, and nothing follows what happens: what was stays what it was.

mod changes;
mod kinds;
mod question;
mod was;

use crate::{
    pages::NotFound,
    path,
    text::{past as text, t},
    ui::{Tab, Tabs},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn Past() -> impl IntoView {
    let params = use_params_map();
    let what = Memo::new(move |_| params.with(|params| params.get("what").unwrap_or_default()));
    move || match what.get().as_str() {
        "" => view! { <was::Was /> }.into_any(),
        "changes" => view! { <changes::Changes /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    }
}

/// The two ways to look at the past.
fn parts() -> impl IntoView {
    let tabs = vec![
        Tab { to: path::past(), label: t(text::TITLE) },
        Tab { to: path::past_all_changes(), label: t(text::CHANGES_TITLE) },
    ];
    view! { <Tabs label=t(text::PARTS) tabs=tabs /> }
}
