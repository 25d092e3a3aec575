//! The questions before a key or a token is revoked.

use crate::{
    as_code::as_code,
    load::{Ask, load},
    path,
    text::{api_keys as text, t, t_with},
    ui::{
        CodePanel, Confirm, Empty, KeyValue, KeyValues, Kind, LinkButton, Loaded, PageHeader, icons,
    },
    visit::visit,
};
use api::{Nothing, op};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn Delete(key_: String) -> impl IntoView {
    let key = load(op::GetApiKey, &[], move || Ask::of("id", key_.clone()));
    view! {
        <Loaded
            answer=key
            page=true
            view=|reply| {
                let (id, name) = (reply.body.key, reply.body.name);
                view! { <Question operation="delete-api-key" id=id name=name /> }.into_any()
            }
        />
    }
    .into_any()
}

/// There is no endpoint for one token; it is looked for among one's own.
#[component]
pub fn DeleteToken() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id")).unwrap_or_default();
    let tokens = load(op::ListAccessTokens, &[], Ask::all);
    view! {
        <Loaded
            answer=tokens
            page=true
            view=move |reply| {
                let found = reply.body.access_tokens.into_iter().find(|t| t.id.to_string() == id());
                match found {
                    Some(token) => view! {
                        <Question operation="delete-access-token" id=token.id.to_string() name=token.name />
                    }
                    .into_any(),
                    None => view! { <Gone /> }.into_any(),
                }
            }
        />
    }
    .into_any()
}

#[component]
fn Gone() -> impl IntoView {
    crate::ui::page_status(api::ErrorCode::NotFound);
    view! {
        <PageHeader title=t(text::TOKEN_GONE).to_owned() />
        <section class="card">
            <Empty icon=icons::TERMINAL title=t(text::TOKEN_GONE) lead=t(text::TOKEN_GONE_NEXT)>
                <LinkButton to=path::api_keys() label=t(text::TITLE) kind=Kind::Primary />
            </Empty>
        </section>
    }
    .into_any()
}

#[component]
fn Question(operation: &'static str, id: String, name: String) -> impl IntoView {
    let act = t_with(text::REVOKE_NAMED, &[("name", &name)]);
    let code = as_code(&visit().origin, operation, &[("id", &id)], &Nothing {}, &[]);
    let is_key = operation == "delete-api-key";
    view! {
        <PageHeader
            title=act.clone()
            lead=|| t(text::REVOKE_LEAD)
        />
        <Confirm
            operation=operation
            path=vec![("id", id.clone())]
            act=act
            return_to=path::api_keys()
            cancel=path::api_keys()
            done=t(text::REVOKED)
        >
            {is_key.then(|| view! {
                <KeyValues><KeyValue name=t(text::KEY)><code>{id}</code></KeyValue></KeyValues>
            })}
            <ul class="consequences">
                <li>{t(text::REVOKE_KEY_DIES)}</li>
                <li>{t(text::REVOKE_STAYS)}</li>
                <li>{t(text::REVOKE_FOREVER)}</li>
            </ul>
        </Confirm>
        <CodePanel code=code />
    }
    .into_any()
}
