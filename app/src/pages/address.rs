//! What an address asks of a page. What a list does not know is said, not passed over.

use crate::{
    path,
    text::{lists as text, t, t_with},
    ui::{ErrorPanel, LinkButton, icons, page_status},
};
use api::{ErrorBody, ErrorCode};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use std::collections::BTreeMap;

/// Where to go when the page has done what it is for: never to another site.
pub fn destination() -> Option<String> {
    let asked = use_query_map().with_untracked(|query| query.get("return"));
    asked.filter(|to| path::is_local(to))
}

/// Hands the parameters that say something to `take`, one by one, until one is wrong.
pub fn read(
    query: &ParamsMap,
    mut take: impl FnMut(&str, &str) -> Result<(), ErrorBody>,
) -> Result<(), ErrorBody> {
    query
        .latest_values()
        .map(|(name, value)| (name, value.trim()))
        .filter(|(_, value)| !value.is_empty())
        .try_for_each(|(name, value)| take(name, value))
}

/// The value is none of those that there are.
pub fn not_one_of<'a>(
    name: &str,
    value: &str,
    possible: impl IntoIterator<Item = &'a str>,
) -> ErrorBody {
    let possible = possible.into_iter().collect::<Vec<_>>().join(", ");
    wrong(name, t_with(text::BAD_CHOICE, &[("value", value), ("possible", &possible)]))
}

pub fn not_a_number(name: &str, value: &str) -> ErrorBody {
    wrong(name, t_with(text::BAD_NUMBER, &[("value", value)]))
}

pub fn not_an_id(name: &str, value: &str) -> ErrorBody {
    wrong(name, t_with(text::BAD_ID, &[("value", value)]))
}

/// The list has no such parameter.
pub fn unknown(name: &str) -> ErrorBody {
    wrong(name, t(text::BAD_PARAMETER).to_owned())
}

/// The API's way to say that a field is wrong.
pub fn wrong(field: &str, what: String) -> ErrorBody {
    let message = t_with(text::BAD_ADDRESS, &[("field", field), ("what", &what)]);
    let fields = BTreeMap::from([(field.to_owned(), what)]);
    ErrorBody { message, code: ErrorCode::Invalid, fields, request_id: None, request_access: None }
}

/// Why a list can't be shown, and the way on.
#[component]
pub fn Wrong(
    error: ErrorBody,
    /// The whole list.
    all: String,
) -> impl IntoView {
    page_status(error.code);
    view! {
        <ErrorPanel error=error next=text::BAD_NEXT />
        <div class="row"><LinkButton to=all label=t(text::SHOW_ALL) icon=icons::UNDO_2 /></div>
    }
    .into_any()
}
