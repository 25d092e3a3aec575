//! Instances: list, create, detail with its tabs, and the questions before acts.

mod create;

pub use create::Create;

use crate::{
    text::{instances as text, t},
    ui::PageHeader,
};
use leptos::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    view! { <PageHeader title=t(text::TITLE).to_owned() /> }.into_any()
}

#[component]
pub fn Detail() -> impl IntoView {
    view! { <PageHeader title=t(text::TITLE).to_owned() /> }.into_any()
}

#[component]
pub fn Ask() -> impl IntoView {
    view! { <PageHeader title=t(text::TITLE).to_owned() /> }.into_any()
}
