//! SSH keys.

use crate::{
    text::{ssh_keys as text, t},
    ui::PageHeader,
};
use leptos::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    view! { <PageHeader title=t(text::TITLE).to_owned() /> }.into_any()
}

#[component]
pub fn Delete() -> impl IntoView {
    view! { <PageHeader title=t(text::TITLE).to_owned() /> }.into_any()
}
