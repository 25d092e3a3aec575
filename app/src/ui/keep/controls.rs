//! The controls of a form from outside: what was changed in them, and how a value is put into one so
//! that everything that follows it hears of that.

use js_sys::Reflect;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventInit, HtmlFormElement};

/// What is never kept: passwords and codes, and what its page marks as secret.
const SECRET: &str = "[type=password], [data-secret], [autocomplete=one-time-code]";

/// One control that is not as it was when its form was shown: its name, the value that a check box
/// or a card stands for, and what it has now (`1` or nothing where it is checked or not).
pub type Changed = (String, String, String);

/// What is changed in a form, and whether a secret is.
pub fn changed(form: &HtmlFormElement) -> (Vec<Changed>, bool) {
    let mut secret = false;
    let mut all = Vec::new();
    for control in controls(form).into_iter().filter(is_changed) {
        let name = name(&control);
        if control.matches(SECRET).unwrap_or(true) {
            secret = true;
        } else if !name.is_empty() && !name.starts_with('_') {
            all.push((name, stands_for(&control), value(&control)));
        }
    }
    (all, secret)
}

/// Makes a control what it was changed to, unless it is something else by now that was typed since.
/// Whether it is that now.
pub fn restore(form: &HtmlFormElement, (of, own, to): &Changed) -> bool {
    let found = controls(form).into_iter().find(|c| name(c) == *of && stands_for(c) == *own);
    let Some(control) = found.filter(|control| !get(control, "disabled").is_truthy()) else {
        return false;
    };
    if value(&control) != *to && !is_changed(&control) {
        set(&control, to);
    }
    value(&control) == *to
}

/// Makes every control what it was when the form was shown.
pub fn reset(form: &HtmlFormElement) {
    for control in controls(form) {
        let initial = initial(&control);
        // A card goes when another one is chosen.
        if kind(&control) != "radio" || !initial.is_empty() {
            set(&control, &initial);
        }
    }
}

/// Puts a value into the controls of a name, as if somebody had.
pub fn put(form: &HtmlFormElement, of: &str, to: &str) {
    for control in all(form).into_iter().filter(|control| name(control) == of) {
        match kind(&control).as_str() {
            // What a check box sends when it is not checked.
            "hidden" if !of.starts_with('_') => {}
            "hidden" => drop(Reflect::set(&control, &"value".into(), &to.into())),
            "checkbox" | "radio" => {
                set(&control, if stands_for(&control) == to { "1" } else { "" })
            }
            "select-one" => {
                offer(&control, to);
                set(&control, to);
            }
            _ => set(&control, to),
        }
    }
}

/// A choice takes what it offers only, and somebody else may have chosen something that it does not.
fn offer(control: &Element, to: &str) {
    if found(control, "option").iter().any(|option| text(option, "value") == to) {
        return;
    }
    if let Ok(option) = document().create_element("option") {
        option.set_text_content(Some(to));
        // What can't be added is not chosen.
        let _ = control.append_child(&option);
    }
}

/// Values of hidden fields whose names begin with a prefix.
pub fn hidden(form: &HtmlFormElement, prefix: &str) -> Vec<(String, String)> {
    let named = |control: &Element| kind(control) == "hidden" && name(control).starts_with(prefix);
    all(form).iter().filter(|c| named(c)).map(|c| (name(c), text(c, "value"))).collect()
}

/// What people fill in.
fn controls(form: &HtmlFormElement) -> Vec<Element> {
    all(form)
        .into_iter()
        .filter(|control| !matches!(kind(control).as_str(), "hidden" | "submit" | "button"))
        .collect()
}

fn all(form: &HtmlFormElement) -> Vec<Element> {
    found(form, "[name]")
}

fn found(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn get(control: &Element, property: &str) -> JsValue {
    Reflect::get(control, &property.into()).unwrap_or_default()
}

fn text(control: &Element, property: &str) -> String {
    get(control, property).as_string().unwrap_or_default()
}

fn name(control: &Element) -> String {
    text(control, "name")
}

fn kind(control: &Element) -> String {
    text(control, "type")
}

fn is_checkable(control: &Element) -> bool {
    matches!(kind(control).as_str(), "checkbox" | "radio")
}

/// The value that a control stands for, where it is one of several of a name.
fn stands_for(control: &Element) -> String {
    if is_checkable(control) { text(control, "value") } else { String::new() }
}

fn value(control: &Element) -> String {
    match is_checkable(control) {
        true if get(control, "checked").is_truthy() => "1".to_owned(),
        true => String::new(),
        false => text(control, "value"),
    }
}

/// What it had when the form was shown.
fn initial(control: &Element) -> String {
    match kind(control).as_str() {
        "checkbox" | "radio" if get(control, "defaultChecked").is_truthy() => "1".to_owned(),
        "checkbox" | "radio" => String::new(),
        "select-one" => {
            let chosen = control.query_selector("option[selected]").ok().flatten();
            let chosen = chosen.or_else(|| control.query_selector("option").ok().flatten());
            chosen.map(|option| text(&option, "value")).unwrap_or_default()
        }
        _ => text(control, "defaultValue"),
    }
}

/// A card that is not chosen any more is no change: the one that is chosen instead is.
fn is_changed(control: &Element) -> bool {
    let now = value(control);
    now != initial(control) && !(kind(control) == "radio" && now.is_empty())
}

fn set(control: &Element, to: &str) {
    let (property, to) = match is_checkable(control) {
        true => ("checked", JsValue::from_bool(!to.is_empty())),
        false => ("value", to.into()),
    };
    if get(control, property) == to {
        return;
    }
    // A control that does not take it keeps what it has.
    let _ = Reflect::set(control, &property.into(), &to);
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    for name in ["input", "change"] {
        if let Ok(event) = Event::new_with_event_init_dict(name, &bubbles) {
            let _ = control.dispatch_event(&event);
        }
    }
}
