//! How the page behaves beyond what HTML does: menus close when one turns away, a new page is
//! announced and its title takes the focus.

use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

const OPEN_MENUS: &str = "details[name=menu][open]";

/// Closes menus on Escape, on a click elsewhere and on the way to another page.
pub fn keep() {
    let clicks = window_event_listener(ev::click, |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        close_menus(target.as_ref());
    });
    let keys = window_event_listener(ev::keydown, |event| {
        if event.key() == "Escape" {
            close_menus(None);
        }
    });
    on_cleanup(move || {
        clicks.remove();
        keys.remove();
    });
}

/// Says which page has come, after the first one.
#[component]
pub fn Announcer() -> impl IntoView {
    let path = use_location().pathname;
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            close_menus(None);
            // The new page stands when the browser paints next.
            request_animation_frame(move || {
                said.set(document().title());
                // Who goes from tab to tab stays among the tabs.
                let on_a_tab = document().query_selector(".tabs :focus").ok().flatten().is_some();
                if !on_a_tab && !focus("main [autofocus]") {
                    focus("h1");
                }
            });
        }
        now
    });
    view! { <p class="sr-only" aria-live="polite">{said}</p> }
}

/// Closes every menu that `around` is not in.
fn close_menus(around: Option<&Element>) {
    let Ok(open) = document().query_selector_all(OPEN_MENUS) else { return };
    for index in 0..open.length() {
        let menu = open.item(index).and_then(|node| node.dyn_into::<Element>().ok());
        if let Some(menu) = menu.filter(|menu| !around.is_some_and(|e| menu.contains(Some(e)))) {
            // Removing what is not there is no failure.
            let _ = menu.remove_attribute("open");
        }
    }
}

/// Whether there is such an element; it has the focus then.
fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let element = found.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}
