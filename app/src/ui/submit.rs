//! Sending a form without leaving the page. Runs in browsers only; without it the form goes to the
//! same address by itself.

use super::{answer::OnAnswer, form_context::FormContext, toast::Toasts};
use crate::{live::Live, visit::fresh_key};
use api::{ErrorCode, TransportError, forms::FormOutcome};
use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;

/// The event that a form has when it was accepted.
pub(super) const ACCEPTED: &str = "accepted";

/// A form, and what happens when it was answered.
#[derive(Clone)]
pub struct Sending<N> {
    context: FormContext,
    form: NodeRef<html::Form>,
    key: NodeRef<html::Input>,
    full_page: bool,
    done: Option<&'static str>,
    on_answer: OnAnswer,
    live: Option<Live>,
    toasts: Option<Toasts>,
    navigate: N,
}

impl Sending<()> {
    pub fn new(
        context: FormContext,
        form: NodeRef<html::Form>,
        key: NodeRef<html::Input>,
        full_page: bool,
        done: Option<&'static str>,
        on_answer: OnAnswer,
    ) -> Sending<impl Fn(&str, NavigateOptions) + Clone> {
        let (live, toasts) = (use_context::<Live>(), use_context::<Toasts>());
        let navigate = use_navigate();
        Sending { context, form, key, full_page, done, on_answer, live, toasts, navigate }
    }
}

impl<N: Fn(&str, NavigateOptions) + Clone + 'static> Sending<N> {
    /// Takes over from the browser.
    pub fn submit(&self, event: ev::SubmitEvent) {
        if event.default_prevented() {
            return;
        }
        if self.context.busy.get_untracked() {
            event.prevent_default();
            return;
        }
        let Some(form) = self.form.get_untracked() else { return };
        let Some(fields) = fields(&form, &event) else { return };
        event.prevent_default();
        self.context.busy.set(true);
        self.is_leaving(self.full_page);
        let sending = self.clone();
        // Not the property: a field of that name would take its place.
        let action = form.get_attribute("action").unwrap_or_default();
        spawn_local(async move {
            let outcome = deliver(&action, fields).await;
            sending.answered(outcome);
        });
    }

    /// What was there when it was sent may be gone: news of the very act can arrive before its answer
    /// and draw the page anew.
    fn answered(&self, outcome: Result<FormOutcome, TransportError>) {
        let form = self.form.try_get_untracked().flatten();
        // What leaves the page stays busy until it has left.
        let leaves = self.full_page && matches!(outcome, Ok(FormOutcome::Accepted { .. }));
        self.context.busy.set(leaves);
        self.is_leaving(leaves);
        match outcome {
            Ok(FormOutcome::Accepted { location, answer, undo, .. }) => {
                // Whoever keeps what is typed lets go of it.
                if let (Some(form), Ok(event)) = (&form, web_sys::Event::new(ACCEPTED)) {
                    // Nobody prevents it.
                    let _ = form.dispatch_event(&event);
                }
                if self.full_page {
                    // A browser that refuses to go stays on a page that can be sent again.
                    let _ = window().location().assign(&location);
                    return;
                }
                self.context.refused.set(None);
                // The page stays: what was sent is gone from the fields.
                if let Some(form) = form.filter(|_| self.on_answer.stays()) {
                    form.reset();
                }
                if let Some(key) = self.key.try_get_untracked().flatten() {
                    key.set_value(&fresh_key());
                }
                self.context.merge.set(None);
                if let Some(toasts) = self.toasts {
                    toasts.offer(self.done.unwrap_or_default(), undo);
                }
                if let Some(live) = self.live {
                    live.refresh();
                }
                if !self.on_answer.take(answer) {
                    (self.navigate)(&location, NavigateOptions::default());
                }
            }
            Ok(FormOutcome::Refused { error, merge }) => {
                // The browser itself goes to where that is asked, with all that was filled in.
                let asked = form.filter(|_| error.code == ErrorCode::StepUpRequired);
                if asked.is_none_or(|form| form.submit().is_err()) {
                    self.refuse(error, merge);
                }
            }
            Err(error) => self.refuse(api::forms::unreachable(&error), None),
        }
    }

    fn is_leaving(&self, leaves: bool) {
        if let Some(live) = self.live {
            live.set_leaving(leaves);
        }
    }

    fn refuse(&self, error: api::ErrorBody, merge: Option<serde_json::Value>) {
        if self.form.try_get_untracked().flatten().is_none() {
            // Its place to say so is gone; what was filled in, whoever keeps it still has.
            if let Some(toasts) = self.toasts {
                toasts.quote(error.message);
            }
            return;
        }
        self.context.refuse(error, merge);
        let form = self.form;
        request_animation_frame(move || {
            let summary = form
                .try_get_untracked()
                .flatten()
                .and_then(|form| form.query_selector(".form-error").ok()?);
            if let Some(summary) =
                summary.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok())
            {
                // An element that vanished meanwhile needs no focus.
                let _ = summary.focus();
            }
        });
    }
}

/// The fields as the browser would send them, the pressed button included.
fn fields(form: &web_sys::HtmlFormElement, event: &ev::SubmitEvent) -> Option<String> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    let button = event.submitter().and_then(|b| b.dyn_into::<web_sys::HtmlButtonElement>().ok());
    if let Some(button) = button.filter(|button| !button.name().is_empty()) {
        data.append_with_str(&button.name(), &button.value()).ok()?;
    }
    let parameters = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(String::from(parameters.to_string()))
}

#[cfg(target_arch = "wasm32")]
pub(super) async fn deliver(action: &str, fields: String) -> Result<FormOutcome, TransportError> {
    api::browser::submit_form(action, fields).await
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) async fn deliver(action: &str, _: String) -> Result<FormOutcome, TransportError> {
    Err(TransportError(format!("no browser to send {action} with")))
}
