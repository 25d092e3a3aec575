//! A button that copies. It is seen once scripts run, since nothing else can copy.
//!
//! It listens for nothing itself: a list has many, and the shell hears every click anyway.

use super::icons::{self, Icon, IconView};
use crate::text::{common, t, t_with};
use leptos::prelude::*;
use std::time::Duration;
use web_sys::Element;

/// The buttons, wherever they stand.
const BUTTON: &str = "button.copy";
/// How long a button says that it did.
const SAID: Duration = Duration::from_secs(2);

#[component]
pub fn CopyButton(
    /// What stands before the button, unless it is given.
    #[prop(optional, into)]
    text: String,
    /// What is copied: `ID`.
    what: &'static str,
) -> impl IntoView {
    view! {
        <button type="button" class="copy" value=(!text.is_empty()).then_some(text)>
            <IconView icon=icons::COPY />
            <span class="sr-only" aria-live="polite">{t_with(common::COPY_OF, &[("what", what)])}</span>
        </button>
    }
    .into_any()
}

/// Copies, if this click was meant for a button that does.
pub fn clicked(target: Option<&Element>) {
    let Some(button) = target.and_then(|target| target.closest(BUTTON).ok().flatten()) else {
        return;
    };
    let beside = || button.previous_element_sibling().and_then(|before| before.text_content());
    let given = button.get_attribute("value").filter(|text| !text.is_empty());
    write(&given.or_else(beside).unwrap_or_default());
    let before = say(&button, icons::CHECK, t(common::COPIED));
    // Who copies twice is told for as long as once; what the button is for comes back.
    if before.as_deref() != Some(t(common::COPIED)) {
        set_timeout(move || drop(say(&button, icons::COPY, &before.unwrap_or_default())), SAID);
    }
}

/// Changes what a button shows and says; what it said before.
fn say(button: &Element, icon: Icon, words: &str) -> Option<String> {
    if let Ok(Some(drawing)) = button.query_selector("svg") {
        icon.draw(&drawing);
    }
    let spoken = button.query_selector("span").ok().flatten()?.first_child()?;
    let before = spoken.node_value();
    spoken.set_node_value(Some(words));
    before
}

/// The same, and whether the browser did it.
pub async fn write_and_wait(text: &str) -> bool {
    let written = window().navigator().clipboard().write_text(text);
    wasm_bindgen_futures::JsFuture::from(written).await.is_ok()
}

fn write(text: &str) {
    // What the browser refuses can't be forced; the text stays selectable.
    let _ = window().navigator().clipboard().write_text(text);
}
