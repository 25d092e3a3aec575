//! From page to page of a list.

use super::{
    button::{Kind, LinkButton},
    icons,
};
use crate::text::{common, t};
use leptos::prelude::*;

/// How many are shown, and links to the first and the next page. Pages are told apart by a cursor,
/// so the way back is the browser's.
#[component]
pub fn Pagination(
    #[prop(into)] summary: String,
    /// Absent on the first page.
    #[prop(optional_no_strip, into)]
    first: Option<String>,
    /// Absent on the last page.
    #[prop(optional_no_strip, into)]
    next: Option<String>,
) -> impl IntoView {
    view! {
        <nav class="pagination" aria-label=t(common::PAGES)>
            <span class="figures">{summary}</span>
            <span class="row">
                {first.map(|to| view! { <LinkButton to=to label=t(common::FIRST_PAGE) kind=Kind::Secondary small=true icon=icons::CHEVRON_LEFT /> })}
                {next.map(|to| view! { <LinkButton to=to label=t(common::NEXT) small=true icon=icons::CHEVRON_RIGHT /> })}
            </span>
        </nav>
    }
    .into_any()
}
