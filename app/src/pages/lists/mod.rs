//! What people keep of lists: saved views and columns. A list shows [`ViewLinks`] above its filters
//! and a link to its columns; the pages behind them are the same for all lists.
//!
//! They are in a part of the download that other pages are in, too: a part of their own would cut
//! what pages share into more files, and the list would pay for it.

mod columns;
mod create;
mod delete;
mod edit;
mod export;
mod exported;
mod links;
mod manage;

use crate::{
    pages::NotFound,
    text::{instances, t},
    visit::language,
};
use domain::{format, list::List};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
pub use links::ViewLinks;

/// Matches are counted up to here.
const COUNTED: i64 = 10_000;

/// A count that stops at ten thousand.
pub fn counted(total: i64) -> String {
    let number = format::integer(language(), total);
    if total >= COUNTED { format!("{number}+") } else { number }
}

/// `/lists/{list}/{what}`
#[component]
pub fn Settings() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    move || {
        let get = |name| params.with(|params| params.get(name)).unwrap_or_default();
        let asked = |name| query.with(|query| query.get(name)).unwrap_or_default();
        let Ok(list) = get("list").parse::<List>() else {
            return view! { <NotFound /> }.into_any();
        };
        let (query, id) = (asked("query"), asked("id"));
        match get("what").as_str() {
            "columns" => view! { <columns::Columns list=list query=query /> }.into_any(),
            "views" => view! { <manage::Manage list=list /> }.into_any(),
            "save-view" => view! { <create::Create list=list query=query /> }.into_any(),
            "view" => view! { <edit::Edit list=list id=id /> }.into_any(),
            "export" => view! { <export::Export list=list query=query /> }.into_any(),
            "exported" => view! { <exported::Exported list=list id=id /> }.into_any(),
            "delete-view" => view! { <delete::Delete list=list id=id /> }.into_any(),
            _ => view! { <NotFound /> }.into_any(),
        }
    }
}

/// What a list is called.
fn title(list: List) -> &'static str {
    t(match list {
        List::Instances => instances::TITLE,
    })
}
