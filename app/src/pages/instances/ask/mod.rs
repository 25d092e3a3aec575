//! x
use leptos::prelude::*;
#[component]
pub fn Ask() -> impl IntoView { ().into_any() }
