//! Keys and the link that lead to commands. What they do is a part of its own, fetched when the first
//! of them is pressed; this only hears them.

use crate::{
    pages::later::{Awaited, Name},
    path,
    text::{search, t},
    ui::{IconView, icons},
    visit::visit,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Opens and closes the palette.
pub const PALETTE: &str = "Control+K";
/// Where letters are letters.
const LETTERS: &str = "input:not([type=checkbox],[type=radio]), textarea, select, dialog *";
/// What was closed keeps the focus until the browser draws the page again; nobody types there.
const CLOSED: &str = "dialog:not([open]) *";

/// What was pressed, again and again; nothing at first.
#[derive(Clone, Copy)]
pub struct Pressed(pub RwSignal<String>);

/// Hears what leads to commands.
#[derive(Clone, Copy)]
pub struct Ear {
    pressed: RwSignal<String>,
    commands: Awaited,
}

impl Ear {
    pub fn new() -> Ear {
        let pressed = RwSignal::new(String::new());
        provide_context(Pressed(pressed));
        Ear { pressed, commands: Awaited::nothing() }
    }

    /// Where commands are shown, once they are wanted.
    pub fn commands(self) -> AnyView {
        self.commands.shown(0)
    }

    /// A key, unless it is meant for a field or for the browser.
    pub fn key(self, event: &ev::KeyboardEvent) {
        let Some(me) = visit().me else { return };
        let held = event.ctrl_key() || event.meta_key();
        let key = event.key();
        if held && key == "k" {
            return self.hear(event, PALETTE);
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is =
            |selector| target.as_ref().is_some_and(|it| it.matches(selector).unwrap_or_default());
        let letters = is(LETTERS) && !is(CLOSED);
        if me.single_keys && !held && !event.alt_key() && !letters && key.len() == 1 && key != " " {
            self.hear(event, &key);
        }
    }

    /// A click on the [`Finder`]. Whoever wants a page of its own gets it.
    pub fn click(self, event: &ev::MouseEvent, target: Option<&Element>) {
        let finder = target.is_some_and(|target| matches!(target.closest(".finder"), Ok(Some(_))));
        if finder && !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            self.hear(event, PALETTE);
        }
    }

    fn hear(self, event: &ev::Event, key: &str) {
        // A letter must not end up in the field that it leads to.
        event.prevent_default();
        if self.pressed.with_untracked(String::is_empty) {
            self.commands.want(Name::Commands);
        }
        self.pressed.set(key.to_owned());
    }
}

/// Leads to the palette; without scripts to the page that finds the same.
#[component]
pub fn Finder() -> impl IntoView {
    view! {
        <a class="finder" rel="external" href=path::search() title=t(search::FINDER)>
            <IconView icon=icons::SEARCH />
        </a>
    }
    .into_any()
}
