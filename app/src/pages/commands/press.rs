//! What keys do to the page. Whatever they press has the focus then, so one sees where one is.

use super::keys::{Does, Key, all};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The second of two keys comes within this time.
const TOGETHER_MS: f64 = 1_500.0;
/// What of a row can have the focus; that which names it first.
const NAMES_ROW: [&str; 2] = ["td.main a", "a, button, summary, input"];

/// Keys that were pressed one after another.
#[derive(Clone, Copy)]
pub struct Presses {
    /// The first of two, and when.
    first: StoredValue<Option<(String, f64)>>,
}

impl Presses {
    pub fn new() -> Presses {
        Presses { first: StoredValue::new(None) }
    }

    /// What a key does, after what was pressed before it.
    pub fn read(self, key: &str) -> Option<Does> {
        let now = js_sys::Date::now();
        let before = self.first.try_update_value(Option::take).flatten();
        let before = before.filter(|(_, at)| now - at < TOGETHER_MS);
        let keys = before.map_or_else(|| key.to_owned(), |(first, _)| format!("{first} {key}"));
        if all().any(|of| begins(of, &keys)) {
            self.first.set_value(Some((keys, now)));
            return None;
        }
        all().find(|of| of.keys == keys).map(|of| of.does)
    }
}

fn begins(of: &Key, keys: &str) -> bool {
    of.keys.strip_prefix(keys).is_some_and(|rest| rest.starts_with(' '))
}

pub fn act(does: Does) {
    match does {
        Does::Focus(what) => {
            if let Some(found) = find(what) {
                focus(&found);
            }
        }
        Does::Press(what) => {
            if let Some(found) = find(what) {
                press(&found);
            }
        }
        Does::Row(by) => walk(by),
        Does::InRow(in_row, on_page) => {
            let row = row();
            let found = row.and_then(|row| row.query_selector(in_row).ok().flatten());
            if let Some(found) = found.or_else(|| find(on_page)) {
                press(&found);
            }
        }
        Does::Go(_) | Does::Sheet | Does::Already => {}
    }
}

/// The first that is there.
pub fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// The row that has the focus in it.
fn row() -> Option<Element> {
    document().active_element()?.closest("main tbody tr").ok().flatten()
}

/// Moves the focus to another row: from none to the first, and not beyond the ends.
fn walk(by: isize) {
    let Ok(rows) = document().query_selector_all("main tbody tr") else { return };
    let rows: Vec<Element> =
        (0..rows.length()).filter_map(|at| rows.item(at)?.dyn_into().ok()).collect();
    let here = row().and_then(|row| rows.iter().position(|of| of.is_same_node(Some(&row))));
    let next = here.map_or(0, |at| at.saturating_add_signed(by)).min(rows.len().saturating_sub(1));
    let Some(row) = rows.get(next) else { return };
    let found = NAMES_ROW.iter().find_map(|what| row.query_selector(what).ok().flatten());
    if let Some(found) = found {
        focus(&found);
    }
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // What can't have the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Fields are gone to, everything else is pressed.
fn press(element: &Element) {
    focus(element);
    let field = element.matches("input:not([type=checkbox])").unwrap_or_default();
    if let Some(element) = element.dyn_ref::<HtmlElement>().filter(|_| !field) {
        element.click();
    }
}
