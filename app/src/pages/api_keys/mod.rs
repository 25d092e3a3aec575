//! API keys and personal access tokens.

mod create;
mod delete;
mod ends;
mod keys;
pub mod once;
mod one;
mod question;
mod rotate;
mod tokens;
mod usage;

pub use delete::DeleteToken;
pub use one::One;

use crate::{
    as_code::as_code,
    pages::address::Wrong,
    path,
    text::{api_keys as text, past, t},
    ui::{CodePanel, LinkButton, PageHeader, icons},
    visit::visit,
};
use api::Nothing;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn List() -> impl IntoView {
    let code = as_code(&visit().origin, "list-api-keys", &[], &Nothing {}, &[]);
    let query = use_query_map();
    let read = Memo::new(move |_| query.with(question::read));
    let asked = Memo::new(move |_| read.get().map(drop));
    let of_use = Memo::new(move |_| read.get().ok().flatten());
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LinkButton to=path::past_when("api-key", None) label=t(past::TITLE) icon=icons::CLOCK />
        </PageHeader>
        {move || match asked.get() {
            Ok(()) => view! { <keys::Keys asked=of_use /> }.into_any(),
            Err(error) => view! { <Wrong error=error all=path::api_keys() /> }.into_any(),
        }}
        <tokens::Tokens />
        <CodePanel code=code />
    }
    .into_any()
}
