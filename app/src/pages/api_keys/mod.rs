//! API keys and personal access tokens.

mod create;
mod delete;
mod keys;
pub mod once;
mod tokens;
mod usage;

pub use delete::{Delete, DeleteToken};

use crate::{
    as_code::as_code,
    text::{api_keys as text, t},
    ui::{CodePanel, PageHeader},
    visit::visit,
};
use api::Nothing;
use leptos::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    let code = as_code(&visit().origin, "list-api-keys", &[], &Nothing {}, &[]);
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        <keys::Keys />
        <tokens::Tokens />
        <CodePanel code=code />
    }
    .into_any()
}
