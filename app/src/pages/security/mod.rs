//! How one signs in, and where one is signed in.

mod browser;
mod codes;
mod confirm;
mod delete_passkey;
mod passkeys;
mod password;
mod remove;
mod sessions;
mod set_up;
mod two_step;

use crate::{
    as_code::{AsCode, as_code},
    pages::NotFound,
    path::Security as Act,
    text::{security as text, t, t_with},
    ui::{Card, PageHeader},
    visit::visit,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde_json::Value;

/// The page, and what is asked on pages of their own, by the last word of their address.
#[component]
pub fn Security() -> impl IntoView {
    let params = use_params_map();
    move || match params.with(|params| params.get("act")).as_deref() {
        None => view! { <Overview /> }.into_any(),
        Some(act) => match Act::ALL.into_iter().find(|known| known.as_str() == act) {
            Some(Act::SetUp) => view! { <set_up::SetUp /> }.into_any(),
            Some(Act::Codes) => view! { <codes::Renew /> }.into_any(),
            Some(Act::Confirm) => view! { <confirm::Prove /> }.into_any(),
            Some(Act::Remove) => view! { <remove::Remove /> }.into_any(),
            Some(Act::DeletePasskey) => view! { <delete_passkey::Delete /> }.into_any(),
            None => view! { <NotFound /> }.into_any(),
        },
    }
}

#[component]
fn Overview() -> impl IntoView {
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        {match visit().me.filter(|me| me.single_sign_on) {
            Some(me) => view! { <ByProvider organization=me.organization.name /> }.into_any(),
            None => view! {
                <passkeys::Passkeys />
                <two_step::TwoStep />
                <password::Password />
            }
            .into_any(),
        }}
        <sessions::Sessions />
    }
    .into_any()
}

/// Who comes by a provider has nothing here to sign in with.
#[component]
fn ByProvider(organization: String) -> impl IntoView {
    let words = t_with(text::BY_PROVIDER_LEAD, &[("organization", &organization)]);
    view! { <Card title=t(text::BY_PROVIDER)><p>{words}</p></Card> }.into_any()
}

/// Why the last second step can't be taken away, by the names of the organizations that it stays for.
fn stays(organizations: &[String]) -> Option<String> {
    let names = organizations.join(", ");
    (!names.is_empty()).then(|| t_with(text::STAYS, &[("organizations", &names)]))
}

fn code(operation: &str, params: &[(&str, &str)], input: &Value) -> Signal<AsCode> {
    Signal::stored(as_code(&visit().origin, operation, params, input, &[]))
}
