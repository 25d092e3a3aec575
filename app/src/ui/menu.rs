//! Menus that open without scripts. With scripts they also close on Escape, on a click elsewhere
//! and when something was chosen (see the shell).

use super::erase::Erase;
use super::{
    form::FormContext,
    icons::{Icon, IconView},
};
use leptos::prelude::*;

/// A button that unfolds what is in `children`.
#[component]
pub fn Menu(
    /// Read out, and shown unless `icon_only`.
    label: String,
    #[prop(optional)] icon: Option<Icon>,
    #[prop(optional)] icon_only: bool,
    #[prop(optional)] class: &'static str,
    /// Opens towards the left.
    #[prop(optional)]
    right: bool,
    #[prop(optional)] face: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let panel = if right { "menu-panel menu-right" } else { "menu-panel" };
    view! {
        <details class=format!("menu {class}") name="menu">
            <summary>
                {icon.map(|icon| view! { <IconView icon=icon /> })}
                <span class=if icon_only { "sr-only" } else { "menu-label" }>{label}</span>
                {face}
            </summary>
            <div class=panel>{children()}</div>
        </details>
    }
    .erased()
}

/// A link in a menu.
#[component]
pub fn MenuLink(
    #[prop(into)] to: String,
    label: &'static str,
    #[prop(optional)] icon: Option<Icon>,
    /// Can't be taken back.
    #[prop(optional)]
    danger: bool,
    /// Why it can't be chosen now.
    #[prop(optional_no_strip)]
    reason: Option<String>,
) -> impl IntoView {
    let icon = icon.map(|icon| view! { <IconView icon=icon /> });
    match reason {
        None => view! {
            <a class=if danger { "menu-item menu-danger" } else { "menu-item" } href=to>
                {icon}
                {label}
            </a>
        }
        .erased(),
        Some(reason) => view! {
            <button type="button" class="menu-item" aria-disabled="true">
                {icon}
                <span>{label}<span class="menu-reason">{reason}</span></span>
            </button>
        }
        .erased(),
    }
}

/// An entry of a menu that sends the form around it.
#[component]
pub fn MenuSubmit(label: &'static str, #[prop(optional)] icon: Option<Icon>) -> impl IntoView {
    let busy = use_context::<FormContext>().map(|form| form.busy);
    view! {
        <button
            type="submit"
            class="menu-item"
            aria-disabled=move || busy.is_some_and(|busy| busy.get()).then_some("true")
        >
            {icon.map(|icon| view! { <IconView icon=icon /> })}
            {label}
        </button>
    }
    .erased()
}
