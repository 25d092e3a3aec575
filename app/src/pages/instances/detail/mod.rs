//! x
use leptos::prelude::*;
#[component]
pub fn Detail() -> impl IntoView { ().into_any() }
