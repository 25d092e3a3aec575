//! The palette: what is typed finds pages, resources and what can be done, and Enter does it.

mod entries;
mod harvest;
mod list;
mod recent;

use crate::{
    load::{Ask, load},
    pages::search::typed,
    text::{common, search as text, t},
    ui::{IconView, icons},
};
use api::{SearchResources, op};
use entries::{Does, Entry};
use harvest::Harvest;
use leptos::{ev, html, prelude::*};
use list::{List, SELECTED};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// Typing rests this long before the API is asked.
const REST: Duration = Duration::from_millis(120);
const LIST: &str = "palette-list";

/// Opens a dialog when `open` turns true, and closes it when it turns false. The browser keeps the
/// focus in it and gives it back.
pub fn follow(dialog: NodeRef<html::Dialog>, open: RwSignal<bool>) {
    Effect::new(move |_| {
        let (Some(dialog), open) = (dialog.get(), open.get()) else { return };
        match (open, is_open(&dialog)) {
            // A dialog that is in the page and closed can be opened.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
}

/// What a dialog says of itself: the browser closes it on Escape, and tells a moment later.
fn is_open(dialog: &web_sys::HtmlDialogElement) -> bool {
    dialog.has_attribute("open")
}

/// Hears that a dialog was closed, unless it was opened again before that was told.
pub fn closed(dialog: NodeRef<html::Dialog>, open: RwSignal<bool>) {
    if dialog.get_untracked().is_none_or(|dialog| !is_open(&dialog)) {
        open.set(false);
    }
}

#[component]
pub fn Palette(open: RwSignal<bool>, sheet: RwSignal<bool>, go: Callback<String>) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    follow(dialog, open);
    let outside = move |event: ev::MouseEvent| {
        // What is beside a dialog belongs to it.
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|target| target.matches("dialog").unwrap_or_default()) {
            open.set(false);
        }
    };
    view! {
        <dialog node_ref=dialog class="card dialog palette" aria-label=t(text::PALETTE) on:close=move |_| closed(dialog, open) on:click=outside>
            {move || open.get().then(|| view! { <Inside open=open sheet=sheet go=go /> })}
        </dialog>
    }
    .into_any()
}

#[component]
fn Inside(open: RwSignal<bool>, sheet: RwSignal<bool>, go: Callback<String>) -> impl IntoView {
    let (typed, asked) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            // What the dialog shows first has the focus anyway.
            let _ = input.focus();
        }
    });
    let rest = move |event| {
        let now = event_target_value(&event);
        typed.set(now.clone());
        set_timeout(
            move || {
                if typed.try_get_untracked().is_some_and(|typed| typed == now) {
                    asked.set(now);
                }
            },
            REST,
        );
    };
    let found = load(op::SearchResources, &[], move || {
        let q = Some(typed::read(&asked.get()).q).filter(|q| !q.is_empty());
        Ask::with(SearchResources { q, limit: None })
    });
    let page = StoredValue::new_local(Harvest::of_page());
    let answer = Memo::new(move |_| found.get());
    let list = List::new(move || {
        let text = typed.get();
        let hits = answer.get().and_then(Result::ok).map(|reply| reply.body);
        page.with_value(|page| entries::all(&text, page, hits))
    });
    let waits = move || entries::waits(&typed.get(), answer.get());
    let choose = Callback::new(move |entry: Entry| {
        open.set(false);
        match entry.does {
            Does::Go(to) => {
                recent::keep(&entry.label, &to);
                go.run(to);
            }
            Does::Press(button) => button.click(),
            Does::Keys => sheet.set(true),
        }
    });
    let keys = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => list.step(1),
            "ArrowUp" => list.step(-1),
            "Home" => list.first(),
            "End" => list.last(),
            "Enter" => {
                if let Some(entry) = list.chosen() {
                    choose.run(entry);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let wrong = move || match answer.get() {
        Some(Err(error)) => Some(error.message),
        _ => None,
    };
    view! {
        <div class="search">
            <IconView icon=icons::SEARCH />
            <input
                node_ref=input
                class="control"
                type="text"
                role="combobox"
                aria-expanded="true"
                aria-controls=LIST
                aria-activedescendant=move || list.any().then_some(SELECTED)
                aria-autocomplete="list"
                autocomplete="off"
                spellcheck="false"
                aria-label=t(text::FIELD)
                placeholder=t(text::FIELD)
                on:input=rest
                on:keydown=keys
            />
            <button type="button" class="icon-button" on:click=move |_| open.set(false)>
                <IconView icon=icons::X />
                <span class="sr-only">{t(common::CLOSE)}</span>
            </button>
        </div>
        {move || wrong().map(|why| view! { <p class="hint menu-text" role="alert" lang="en">{why}</p> })}
        <p class="hint menu-text" role="status">{move || list.says(waits())}</p>
        <list::Options id=LIST list=list choose=choose />
    }
    .into_any()
}
