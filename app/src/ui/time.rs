//! Points in time: relative where people compare, absolute on hover and for machines.

use crate::{live::Live, visit::language};
use domain::{Timestamp, format};
use leptos::prelude::*;

/// “5 min ago”.
#[component]
pub fn Ago(at: Timestamp) -> impl IntoView {
    let live = expect_context::<Live>();
    let language = language();
    view! {
        <time datetime=at.to_string() title=format::date_time(language, at)>
            {move || format::ago(language, at, live.now())}
        </time>
    }
    .into_any()
}

/// Date and time of day.
#[component]
pub fn Instant(at: Timestamp) -> impl IntoView {
    view! { <time datetime=at.to_string()>{format::date_time(language(), at)}</time> }
}
