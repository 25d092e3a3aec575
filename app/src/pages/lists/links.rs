//! The row above a list: everything, the saved views with how many match each, and saving one.

use super::counted;
use crate::{
    load::{Ask, load},
    path,
    text::{saved_views as text, t},
    ui::once_there,
};
use api::{ListSavedViews, op};
use domain::list::List;
use leptos::prelude::*;
use serde_json::Value;

#[component]
pub fn ViewLinks(
    list: List,
    /// What the list is asked now, as a view would have it.
    here: Signal<String>,
) -> impl IntoView {
    let views = load(op::ListSavedViews, &["saved-view", "instance"], move || {
        Ask::with(ListSavedViews { list: Some(list), counts: Some(true) })
    });
    // Who may not see views sees none; the list says more of what went wrong.
    let row = move || match views.text().get() {
        Some(Ok(reply)) => links(list, &reply.body, &here.get()),
        _ => ().into_any(),
    };
    once_there(vec![views.text()], 0, Box::new(move || row.into_any()))
}

/// The row. It takes little of each view, and takes that from the text: reading whole views would
/// be most of what the row adds to a list's download.
fn links(list: List, body: &str, here: &str) -> AnyView {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let views = body["saved-views"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text_of = |view: &Value, name: &str| view[name].as_str().unwrap_or_default().to_owned();
    let new = !here.is_empty() && views.iter().all(|view| view["query"] != here);
    if views.is_empty() && !new {
        return ().into_any();
    }
    let everything = t(text::EVERYTHING).to_owned();
    let mut row = vec![link(path::list(list), here.is_empty(), everything, String::new())];
    for view in views {
        let (name, query) = (text_of(view, "name"), text_of(view, "query"));
        let current = query == here;
        row.push(match view["count"].as_i64() {
            Some(count) => link(path::list_asking(list, &query), current, name, counted(count)),
            // Only what the list does not take any more is not counted.
            None => {
                let to = path::view(list, text_of(view, "id"));
                link(to, current, name, t(text::BROKEN).to_owned())
            }
        });
    }
    if new {
        let save = t(text::SAVE_VIEW).to_owned();
        row.push(link(path::view_create(list, here), false, save, String::new()));
    }
    if !views.is_empty() {
        row.push(link(path::views(list), false, t(text::MANAGE).to_owned(), String::new()));
    }
    view! { <nav class="views" aria-label=t(text::VIEWS)>{row}</nav> }.into_any()
}

fn link(to: String, current: bool, name: String, count: String) -> AnyView {
    view! {
        <a href=to aria-current=current.then_some("true")>
            {name}
            <span class="count">{count}</span>
        </a>
    }
    .into_any()
}
