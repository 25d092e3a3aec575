//! The other ways in, by the last word of their address: one route for all of them.

use super::{
    by_provider::ByProvider,
    forgotten::{Forgotten, NewPassword},
    invitation::Join,
    link::SignInLink,
};
use crate::pages::NotFound;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn By() -> impl IntoView {
    let params = use_params_map();
    // One leads to another in the same place.
    move || match params.with(|params| params.get("how")).as_deref() {
        Some("organization") => view! { <ByProvider /> }.into_any(),
        Some("link") => view! { <SignInLink /> }.into_any(),
        Some("invitation") => view! { <Join /> }.into_any(),
        Some("forgotten") => view! { <Forgotten /> }.into_any(),
        Some("new-password") => view! { <NewPassword /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    }
}
