//! Commands: keys, the sheet that lists them, and the palette. Fetched when the first is wanted.

mod keys;
mod palette;
mod press;
mod sheet;

use crate::shell::keys::{PALETTE, Pressed};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use palette::Palette;
use press::Presses;
pub use sheet::Keyboard;
use sheet::Sheet;

/// Does what keys say, from the one that led here on.
#[component]
pub fn Commands() -> impl IntoView {
    let pressed = expect_context::<Pressed>();
    let (palette, sheet) = (RwSignal::new(false), RwSignal::new(false));
    let navigate = use_navigate();
    let go = Callback::new(move |to: String| navigate(&to, NavigateOptions::default()));
    let presses = Presses::new();
    Effect::new(move |_| {
        let key = pressed.0.get();
        if key == PALETTE {
            sheet.set(false);
            palette.set(press::find("dialog.palette[open]").is_none());
            return;
        }
        // A dialog has what is typed to itself.
        if press::find("dialog[open]").is_some() {
            return;
        }
        match presses.read(&key) {
            Some(keys::Does::Sheet) => sheet.set(true),
            Some(keys::Does::Go(to)) => go.run(to()),
            Some(does) => press::act(does),
            None => {}
        }
    });
    view! {
        <Palette open=palette sheet=sheet go=go />
        <Sheet open=sheet />
    }
    .into_any()
}
