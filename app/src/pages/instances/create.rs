//! Creating an instance.

use crate::{
    text::{instances as text, t},
    ui::PageHeader,
};
use leptos::prelude::*;

#[component]
pub fn Create() -> impl IntoView {
    view! { <PageHeader title=t(text::TITLE).to_owned() /> }.into_any()
}
