//! Keeps what is typed. Forms know nothing of it: it listens to the whole page, keeps what changes in
//! any form in the browser, puts it back when the form is shown again, and says so.
//!
//! It also shows the notices, because leaving a form with unsaved changes is one of them.

mod controls;
mod draft;
mod note;
mod notices;

use super::{submit::ACCEPTED, toast::Toasts};
use crate::{
    text::{forgive as text, t, t_with},
    visit::visit,
};
use api::{Client, forms};
pub use controls::put;
use draft::Draft;
use leptos::{ev, prelude::*};
pub use note::DraftNote;
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlFormElement, MutationObserver, MutationObserverInit};

const FORMS: &str = "form[action^='/form/']";
/// What was seen already.
const SEEN: &str = "data-kept";
/// What it says while what was typed is being put back.
const PUTTING_BACK: &str = "putting-back";
/// What is typed is kept when nothing more came for so long.
const PAUSE: Duration = Duration::from_millis(250);
/// Choosing one thing may bring up others: how often it is tried to put them back.
const ROUNDS: u32 = 8;

/// A form in which something was changed.
struct Open {
    form: HtmlFormElement,
    key: String,
    name: String,
    page: String,
    /// Something was changed that is not kept.
    secret: bool,
}

#[derive(Clone)]
struct Keep {
    open: StoredValue<Vec<Open>, LocalStorage>,
    /// A look at the page is due.
    due: StoredValue<bool>,
    saving: StoredValue<bool>,
    toasts: Toasts,
    client: Client,
}

#[component]
pub fn Keeper() -> impl IntoView {
    let keep = Keep {
        open: StoredValue::new_local(Vec::new()),
        due: StoredValue::new(false),
        saving: StoredValue::new(false),
        toasts: expect_context(),
        client: expect_context(),
    };
    draft::sweep();
    keep.listen();
    keep.look();
    view! { <notices::Notices /> }
}

/// Lets go of what was typed into a form that is shown anew on purpose.
pub fn forget(operation: &str) {
    let form = document().query_selector(&format!("form[action='/form/{operation}']"));
    if let (Ok(Some(form)), Ok(event)) = (form, Event::new(ACCEPTED)) {
        // Nobody prevents it.
        let _ = form.dispatch_event(&event);
    }
}

/// Lets go of what was typed into a form that another one carries on to the server.
pub fn forget_carried(operation: &str, fields: &forms::Fields) {
    let path = fields.iter().filter(|(name, _)| name.starts_with(forms::PATH_PREFIX)).cloned();
    if let Some(key) = draft::key(&crate::path::form(operation), &path.collect::<Vec<_>>()) {
        draft::drop(&key);
    }
}

impl Keep {
    fn listen(&self) {
        let keep = self.clone();
        let typed = move |event: Event| keep.typed(&event);
        let (input, change) = (typed.clone(), typed);
        let keep = self.clone();
        let sent = move |event: ev::SubmitEvent| {
            keep.save();
            note::drop_notice(true);
            if form_of(&event).is_some_and(|form| is_sign_out(&form)) {
                draft::drop_all();
                keep.open.update_value(Vec::clear);
            }
        };
        let (leaving, hiding) = (self.clone(), self.clone());
        let listeners = [
            window_event_listener_untyped("input", input),
            window_event_listener_untyped("change", change),
            window_event_listener(ev::submit, sent),
            // What is kept needs no question; a secret that was typed is not kept.
            window_event_listener_untyped("beforeunload", move |event| {
                let secret = |open: &Open| open.secret && open.form.is_connected();
                if leaving.open.with_value(|all| all.iter().any(secret)) {
                    event.prevent_default();
                }
            }),
            window_event_listener_untyped("pagehide", move |_| hiding.save()),
        ];
        on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
        // It does not bubble, so it is caught on its way down.
        let keep = self.clone();
        let accepted = Closure::<dyn Fn(Event)>::new(move |event: Event| keep.accepted(&event));
        let heard = accepted.as_ref().unchecked_ref();
        // A browser that refuses keeps what was sent until it is too old.
        let _ = document().add_event_listener_with_callback_and_bool(ACCEPTED, heard, true);
        let keep = self.clone();
        let changed = Closure::<dyn Fn()>::new(move || keep.look_soon());
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_subtree(true);
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref());
        if let (Ok(observer), Some(body)) = (&observer, document().body()) {
            let _ = observer.observe_with_options(&body, &what);
        }
        let held = StoredValue::new_local((accepted, changed, observer));
        on_cleanup(move || {
            held.with_value(|(accepted, _, observer)| {
                let heard = accepted.as_ref().unchecked_ref();
                let _ =
                    document().remove_event_listener_with_callback_and_bool(ACCEPTED, heard, true);
                if let Ok(observer) = observer {
                    observer.disconnect();
                }
            });
        });
    }

    fn look_soon(&self) {
        if !self.due.get_value() {
            self.due.set_value(true);
            let keep = self.clone();
            request_animation_frame(move || keep.look());
        }
    }

    /// Looks which forms have come and which have gone.
    fn look(&self) {
        self.due.try_set_value(false);
        note::drop_notice(false);
        for form in fresh(FORMS) {
            if let Ok(form) = form.dyn_into::<HtmlFormElement>() {
                put_back(&form);
            }
        }
        for error in fresh(".form-away, .form-out") {
            note::help(&error, self.client.clone());
        }
        let gone = self.open.try_update_value(|open| {
            let (here, gone) =
                std::mem::take(open).into_iter().partition(|open| open.form.is_connected());
            *open = here;
            gone
        });
        let gone: Vec<Open> = gone.unwrap_or_default();
        for Open { name, page, secret, .. } in
            gone.into_iter().filter(|gone| draft::find(&gone.key).is_some())
        {
            let mut said = t_with(text::KEPT, &[("name", &name)]);
            if secret {
                said = format!("{said} {}", t(text::NOT_SECRETS));
            }
            self.toasts.show(said, None, Some(page));
        }
    }

    /// Something was typed.
    fn typed(&self, event: &Event) {
        let Some((form, key)) = form_of(event).and_then(|form| Some((form.clone(), key(&form)?)))
        else {
            return;
        };
        let new = Open { form, key, name: title(), page: here(), secret: false };
        self.open.update_value(|open| {
            if open.iter().all(|open| open.form != new.form) {
                open.push(new);
            }
        });
        if !self.saving.get_value() {
            self.saving.set_value(true);
            let keep = self.clone();
            set_timeout(move || keep.save(), PAUSE);
        }
    }

    /// Keeps what is changed in the forms.
    fn save(&self) {
        self.saving.try_set_value(false);
        self.open.try_update_value(|open| {
            let whole = |open: &&mut Open| {
                open.form.is_connected()
                    && open.form.get_attribute(SEEN).as_deref() != Some(PUTTING_BACK)
            };
            for open in open.iter_mut().filter(whole) {
                let (fields, secret) = controls::changed(&open.form);
                let named: Vec<_> = fields
                    .iter()
                    .map(|(name, ..)| format!("{}{name}", forms::WAS_PREFIX))
                    .collect();
                let mut was = controls::hidden(&open.form, forms::WAS_PREFIX);
                was.retain(|(name, _)| named.contains(name));
                let (name, page) = (open.name.clone(), open.page.clone());
                let draft = Draft { at: draft::now(), page, name, fields, was, secret };
                if draft.fields.is_empty() {
                    draft::drop(&open.key);
                    open.secret = secret;
                } else {
                    open.secret = !draft::keep(&open.key, &draft) || secret;
                }
            }
        });
    }

    fn accepted(&self, event: &Event) {
        if let Some(form) = form_of(event) {
            self.open.update_value(|open| open.retain(|open| open.form != form));
            if let Some(key) = key(&form) {
                draft::drop(&key);
            }
        }
    }
}

/// Puts back what was typed into a form that has just come.
fn put_back(form: &HtmlFormElement) {
    let refused = visit().form.map(|state| crate::path::form(&state.operation));
    let action = form.get_attribute("action");
    let Some(key) = key(form).filter(|_| refused.is_none() || refused != action) else { return };
    if let Some(draft) = draft::find(&key) {
        let fresh = controls::hidden(form, forms::WAS_PREFIX);
        in_rounds(form.clone(), key, draft, fresh, ROUNDS);
    }
}

fn in_rounds(
    form: HtmlFormElement,
    key: String,
    draft: Draft,
    fresh: Vec<(String, String)>,
    rounds: u32,
) {
    // What is half put back must not be kept as all there was. An attribute can always be set.
    let _ = form.set_attribute(SEEN, PUTTING_BACK);
    let restored = draft.fields.iter().filter(|field| controls::restore(&form, field)).count();
    if restored < draft.fields.len() && rounds > 0 {
        request_animation_frame(move || in_rounds(form, key, draft, fresh, rounds - 1));
        return;
    }
    let _ = form.set_attribute(SEEN, "");
    // What others saved since is told from what was typed here by what it was then.
    for (name, value) in &draft.was {
        controls::put(&form, name, value);
    }
    if controls::changed(&form).0.is_empty() {
        draft::drop(&key);
    } else {
        note::back(&form, key, draft.at, draft.secret, fresh);
    }
}

/// What is there and was not seen before; it is seen now.
fn fresh(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    let all = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<Element>().ok());
    all.filter(|element| !element.has_attribute(SEEN) && element.set_attribute(SEEN, "").is_ok())
        .collect()
}

fn form_of(event: &Event) -> Option<HtmlFormElement> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(FORMS).ok().flatten()?.dyn_into().ok()
}

fn key(form: &HtmlFormElement) -> Option<String> {
    draft::key(&form.get_attribute("action")?, &controls::hidden(form, forms::PATH_PREFIX))
}

fn is_sign_out(form: &HtmlFormElement) -> bool {
    form.get_attribute("action") == Some(crate::path::form("delete-session"))
        && controls::hidden(form, forms::PATH_PREFIX).iter().any(|(_, id)| id == "current")
}

/// What the page is called.
fn title() -> String {
    let heading = document().query_selector("main h1").ok().flatten();
    heading.and_then(|heading| heading.text_content()).unwrap_or_default()
}

fn here() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}
