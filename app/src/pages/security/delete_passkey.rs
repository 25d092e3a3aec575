//! The question before a passkey is forgotten.

use super::{code, stays, two_step::CHANGES};
use crate::{
    load::{Ask, load},
    pages::NotFound,
    path,
    text::{passkeys as text, t, t_with},
    ui::{Ago, CodePanel, Confirm, KeyValue, KeyValues, Loaded, PageHeader},
};
use api::{Passkey, op};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde_json::json;

#[component]
pub fn Delete() -> impl IntoView {
    let query = use_query_map();
    let id = move || query.with(|query| query.get("id")).unwrap_or_default();
    let passkeys = load(op::ListPasskeys, CHANGES, Ask::all);
    view! {
        <Loaded
            answer=passkeys
            page=true
            view=move |reply| {
                let (asked, stays) = (id(), stays(&reply.body.stays_for));
                let found = reply.body.passkeys.into_iter().find(|one| one.id.to_string() == asked);
                match found {
                    Some(passkey) => view! { <Question passkey=passkey stays=stays /> }.into_any(),
                    None => view! { <NotFound /> }.into_any(),
                }
            }
        />
    }
    .into_any()
}

#[component]
fn Question(passkey: Passkey, stays: Option<String>) -> impl IntoView {
    let id = passkey.id.to_string();
    let act = t_with(text::DELETE_NAMED, &[("name", &passkey.name)]);
    view! {
        <PageHeader title=act.clone() lead=|| t(text::DELETE_LEAD) />
        <Confirm
            operation="delete-passkey"
            path=vec![("id", id.clone())]
            act=act
            return_to=path::security()
            cancel=path::security()
            done=t(text::DELETED)
            reason=stays
        >
            <KeyValues>
                <KeyValue name=t(text::MADE)><Ago at=passkey.created_at /></KeyValue>
            </KeyValues>
            <ul class="consequences">
                <li>{t(text::DELETE_DIES)}</li>
                <li>{t(text::DELETE_STAYS)}</li>
                <li>{t(text::DELETE_DEVICE)}</li>
            </ul>
        </Confirm>
        <CodePanel code=code("delete-passkey", &[("id", &id)], &json!({})) />
    }
    .into_any()
}
