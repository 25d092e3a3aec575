//! What can be done on the page itself: its own links and buttons are pressed, so each does what it
//! does there, asks what it asks there, and no page can forget to offer it here.

use super::entries::{Does, Entry, entry};
use crate::{
    text::{shell, t},
    ui::{Icon, icons},
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

const ON_PAGE: &str = "main .page-actions a[href], main .page-actions button, main .tabs a";
/// Tools for reading code, not acts.
const NOT_ACTS: &str = ".code-menu, [aria-disabled=true]";
const IN_HEADER: &str = "header.header button[type=submit]";

/// As it was when the palette was opened.
pub struct Harvest {
    pub on_page: Vec<Entry>,
    pub in_header: Vec<Entry>,
}

impl Harvest {
    pub fn of_page() -> Harvest {
        let acts = |selector: &str, say: fn(&HtmlElement, String) -> (String, Icon)| {
            all(selector)
                .filter(|found| matches!(found.closest(NOT_ACTS), Ok(None)))
                .map(|found| {
                    let (label, icon) = say(&found, label(&found));
                    entry(label, icon, Does::Press(SendWrapper::new(found)))
                })
                .filter(|entry| !entry.label.is_empty())
                .collect()
        };
        Harvest {
            on_page: acts(ON_PAGE, |_, label| (label, icons::ARROW_RIGHT)),
            in_header: acts(IN_HEADER, in_header),
        }
    }
}

fn all(selector: &str) -> impl Iterator<Item = HtmlElement> + use<> {
    let found = document().query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, web_sys::NodeList::length);
    (0..count).filter_map(move |at| found.as_ref()?.item(at)?.dyn_into().ok())
}

/// What a button says, without why it can't be pressed.
fn label(of: &HtmlElement) -> String {
    let said = of.query_selector(".button-label").ok().flatten();
    let text = said.map_or_else(|| of.text_content(), |said| said.text_content());
    text.unwrap_or_default().trim().to_owned()
}

/// Choices in the header stand below what they choose.
fn in_header(of: &HtmlElement, label: String) -> (String, Icon) {
    let name = of.get_attribute("name").unwrap_or_default();
    let (what, icon) = match name.as_str() {
        "theme" => (shell::THEME, icons::MONITOR),
        "language" => (shell::LANGUAGE, icons::LANGUAGES),
        _ if of.matches(".menu-other").unwrap_or_default() => {
            (shell::SWITCH_ORGANIZATION, icons::CHEVRONS_UP_DOWN)
        }
        _ => return (label, icons::LOG_OUT),
    };
    (format!("{}: {label}", t(what)), icon)
}
