//! `/api-keys/{key}/{act}`: what is done with one key.

use super::{delete::Delete, rotate::Rotate};
use crate::pages::NotFound;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn One() -> impl IntoView {
    let params = use_params_map();
    let parameter = move |name: &str| params.with(|params| params.get(name).unwrap_or_default());
    let asked = Memo::new(move |_| (parameter("key"), parameter("act")));
    move || {
        let (key, act) = asked.get();
        match act.as_str() {
            "delete" => view! { <Delete key_=key /> }.into_any(),
            "rotate" => view! { <Rotate key_=key /> }.into_any(),
            _ => view! { <NotFound /> }.into_any(),
        }
    }
}
