//! Menus that open without scripts. With scripts they also close on Escape, on a click elsewhere
//! and when something was chosen (see the shell).

use super::{
    form_context::FormContext,
    icons::{Icon, IconView},
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

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
    /// Told when it is opened, before it is seen.
    #[prop(optional)]
    opened: Option<RwSignal<bool>>,
    children: Children,
) -> impl IntoView {
    let tell = move |_| opened.into_iter().for_each(|opened| opened.set(true));
    let panel = if right { "menu-panel menu-right" } else { "menu-panel" };
    view! {
        <details class=format!("menu {class}") name="menu" on:click=tell>
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
        .into_any(),
        Some(reason) => view! {
            <button type="button" class="menu-item" aria-disabled="true">
                {icon}
                <span>{label}<span class="menu-reason">{reason}</span></span>
            </button>
        }
        .into_any(),
    }
}

/// An entry of a menu that sends the form around it, and closes the menu when it was accepted.
#[component]
pub fn MenuSubmit(label: &'static str, #[prop(optional)] icon: Option<Icon>) -> impl IntoView {
    let form = use_context::<FormContext>();
    let busy = move || form.is_some_and(|form| form.busy.get());
    let button = NodeRef::<html::Button>::new();
    Effect::new(move |before: Option<bool>| {
        let now = busy();
        let refused = form.is_some_and(|form| form.refused.with_untracked(Option::is_some));
        if before == Some(true) && !now && !refused {
            close(button);
        }
        now
    });
    view! {
        <button
            node_ref=button
            type="submit"
            class="menu-item"
            aria-disabled=move || busy().then_some("true")
        >
            {icon.map(|icon| view! { <IconView icon=icon /> })}
            {label}
        </button>
    }
    .into_any()
}

/// Closes the menu around a button; the focus goes back to what opened it.
fn close(button: NodeRef<html::Button>) {
    let menu = button.get_untracked().and_then(|button| button.closest("details").ok()?);
    let Some(menu) = menu else { return };
    // Neither can fail on an element that is there.
    let _ = menu.remove_attribute("open");
    let summary = menu.query_selector("summary").ok().flatten();
    if let Some(summary) = summary.and_then(|s| s.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = summary.focus();
    }
}
