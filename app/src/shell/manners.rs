//! How the page behaves beyond what HTML does: menus close when one turns away, buttons copy, a new
//! page is announced and its title takes the focus.

use super::keys::Ear;
use crate::ui::copy;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

const OPEN_MENUS: &str = "details[name=menu][open]";
/// What arrows lead to in a menu.
const ENTRIES: &str = "summary, a, button";
/// How long a new page is waited for: some five seconds.
const PATIENCE_FRAMES: u32 = 300;

/// Closes menus on Escape, on a click elsewhere and on the way to another page; arrows walk in them.
/// Clicks on what copies do that; keys and clicks that lead to commands go on to `ear`.
pub fn keep(ear: Ear) {
    let clicks = window_event_listener(ev::click, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        close_menus(target.as_ref());
        copy::clicked(target.as_ref());
        ear.click(&event, target.as_ref());
    });
    let keys = window_event_listener(ev::keydown, move |event| match event.key().as_str() {
        "Escape" => {
            // The focus must not vanish with what it is in.
            if let Some(menu) = focused().and_then(|element| closest(&element, OPEN_MENUS)) {
                give_focus(menu.query_selector("summary").ok().flatten());
            }
            close_menus(None);
        }
        "ArrowDown" if walk(1) => event.prevent_default(),
        "ArrowUp" if walk(-1) => event.prevent_default(),
        _ => ear.key(&event),
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
            await_heading(path, now.clone(), said, PATIENCE_FRAMES);
        }
        now
    });
    view! { <p class="sr-only" aria-live="polite">{said}</p> }
}

/// Says and focuses the page at `awaited` as soon as it has a heading: its part of the program, and
/// what it shows, may still be on their way.
fn await_heading(path: Memo<String>, awaited: String, said: RwSignal<String>, frames: u32) {
    request_animation_frame(move || {
        if path.get_untracked() != awaited {
            return;
        }
        if find("main h1").is_none() && frames > 0 {
            return await_heading(path, awaited, said, frames - 1);
        }
        said.set(document().title());
        // Who goes from tab to tab stays among the tabs.
        if find(".tabs :focus").is_none() && !focus("main [autofocus]") && !focus("main h1") {
            focus("main");
        }
    });
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

/// Moves the focus by some entries of the menu that it is in, if it is.
fn walk(by: i32) -> bool {
    let Some(here) = focused().filter(|element| element.matches(ENTRIES).unwrap_or_default())
    else {
        return false;
    };
    let Some(entries) = closest(&here, OPEN_MENUS).and_then(|m| m.query_selector_all(ENTRIES).ok())
    else {
        return false;
    };
    let entries: Vec<_> = (0..entries.length()).filter_map(|index| entries.item(index)).collect();
    let at = entries.iter().position(|entry| entry.is_same_node(Some(&here)));
    let next = at.and_then(|at| at.checked_add_signed(by as isize)).and_then(|at| entries.get(at));
    give_focus(next.and_then(|entry| entry.clone().dyn_into().ok()))
}

fn focused() -> Option<Element> {
    document().active_element()
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

/// Whether there is such an element; it has the focus then.
fn focus(selector: &str) -> bool {
    give_focus(find(selector))
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn give_focus(element: Option<Element>) -> bool {
    let element = element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}
