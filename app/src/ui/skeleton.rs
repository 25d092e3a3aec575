//! What stands in for rows that are still coming.

use crate::text::{common, t};
use leptos::prelude::*;

#[component]
pub fn Skeleton(#[prop(default = 6)] rows: usize) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="sr-only">{t(common::LOADING)}</span>
            {(0..rows).map(|_| view! { <div class="skeleton-row" aria-hidden="true"></div> }).collect_view()}
        </div>
    }
    .into_any()
}
