//! Operations: the list, and one line of it for tray and home.

mod line;

pub use line::{Line, name};

use crate::{
    text::{operations as text, t},
    ui::PageHeader,
};
use leptos::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    view! { <PageHeader title=t(text::TITLE).to_owned() /> }.into_any()
}
