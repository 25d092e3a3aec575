//! The list as code: in the menu above it, and alive only when that is opened.

use crate::{as_code::as_code, ui::CodeTools, visit::visit};
use api::ListInstances;
use leptos::prelude::*;

/// What the list asks for, for whoever shows it as code.
#[derive(Clone, Copy)]
pub struct Listed(pub Signal<ListInstances>);

#[component]
pub fn Code() -> impl IntoView {
    let Listed(asked) = expect_context();
    let origin = visit().origin;
    let code = Signal::derive(move || as_code(&origin, "list-instances", &[], &asked.get(), &[]));
    view! { <CodeTools code=code id="list-code" /> }.into_any()
}
