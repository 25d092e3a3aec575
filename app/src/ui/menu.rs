//! Menus that open without scripts. With scripts they also close on Escape, on a click elsewhere
//! and when something was chosen (see the shell).

use super::icons::{Icon, IconView};
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
    .into_any()
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
) -> impl IntoView {
    view! {
        <a class=if danger { "menu-item menu-danger" } else { "menu-item" } href=to>
            {icon.map(|icon| view! { <IconView icon=icon /> })}
            {label}
        </a>
    }
    .into_any()
}
