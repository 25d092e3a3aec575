//! The mark: a gully between two ridges.

use leptos::prelude::*;

#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
            <rect class="logo-ground" width="32" height="32" rx="8"></rect>
            <path class="logo-ridge" d="M6 24 12 8l4 9 4-9 6 16"></path>
            <path class="logo-gully" d="m13.2 24 2.8-4 2.8 4"></path>
        </svg>
    }
}
