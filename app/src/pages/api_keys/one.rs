//! `/api-keys/{key}/{act}`: what is done with one key, and what was.

use super::{delete::Delete, rotate::Rotate};
use crate::{
    load::{Ask, load},
    pages::{
        NotFound,
        audit_trail::activity::{self, ActivityPage, Doer},
    },
    text::audit_trail,
    ui::Loaded,
};
use api::{ApiKey, op};
use domain::audit::actor_of_key;
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
            "activity" => view! { <Activity key_=key /> }.into_any(),
            "delete" => view! { <Delete key_=key /> }.into_any(),
            "rotate" => view! { <Rotate key_=key /> }.into_any(),
            _ => view! { <NotFound /> }.into_any(),
        }
    }
}

#[component]
fn Activity(key_: String) -> impl IntoView {
    let key = load(op::GetApiKey, &[], move || Ask::of("id", key_.clone()));
    let show = |ApiKey { key, name, assumed_by, .. }: ApiKey| {
        let actor = actor_of_key(&key, &name, assumed_by.as_deref());
        let doer = Doer { actor, to: audit_trail::TO_IT, by: audit_trail::DONE_BY_KEY };
        view! {
            <ActivityPage name=name asked=activity::about(key) kinds=&["api-key"] doer=doer />
        }
        .into_any()
    };
    view! { <Loaded answer=key page=true view=move |reply| show(reply.body) /> }.into_any()
}
