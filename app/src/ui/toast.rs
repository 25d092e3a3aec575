//! Short notices that vanish by themselves. Never the only place of an error.
//!
//! What they look like, and how what was done is taken back, comes with the part of the download
//! that keeps what is typed: a list that nothing was done on needs neither.

use crate::{
    live::Live,
    pages::later::{Name, beside},
    path,
    text::{shell, t},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// How many are shown at once.
const SHOWN_MAX: usize = 3;

/// One notice.
#[derive(Clone)]
pub(super) struct Toast {
    pub id: u32,
    pub text: String,
    /// The API's own sentence, which is English in every language of the portal.
    pub of_api: bool,
    /// How what was done is taken back: an [`api::forms::Undo`].
    pub undo: Option<serde_json::Value>,
    /// Where what was kept is given back.
    pub to: Option<String>,
}

/// The notices that are shown.
#[derive(Clone, Copy)]
pub struct Toasts {
    pub(super) list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Toasts {
    pub fn new() -> Self {
        Toasts { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    pub fn say(self, text: impl Into<String>) {
        self.show(text.into(), None, None);
    }

    /// Repeats a sentence of the API's.
    pub fn quote(self, sentence: String) {
        self.put(sentence, true, None, None);
    }

    /// Says what was done, if there is anything to say, and how it is taken back.
    pub fn offer(self, text: &str, undo: Option<serde_json::Value>) {
        if undo.is_some() || !text.is_empty() {
            self.show(text.to_owned(), undo, None);
        }
    }

    pub(super) fn show(self, text: String, undo: Option<serde_json::Value>, to: Option<String>) {
        self.put(text, false, undo, to);
    }

    fn put(self, text: String, of_api: bool, undo: Option<serde_json::Value>, to: Option<String>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.list.update(|list| {
            list.push(Toast { id, text, of_api, undo, to });
            let surplus = list.len().saturating_sub(SHOWN_MAX);
            list.drain(..surplus);
        });
    }

    pub(super) fn dismiss(self, id: u32) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }
}

impl Default for Toasts {
    fn default() -> Self {
        Toasts::new()
    }
}

/// Where notices appear and are read out.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let live = expect_context::<Live>();
    let at = use_location().pathname;
    // The list does without until something is done there. Later it stays.
    let wanted = Memo::new(move |before: Option<&bool>| {
        before == Some(&true)
            || live.is_alive()
                && (at.get() != path::instances() || toasts.list.with(|list| !list.is_empty()))
    });
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-label=t(shell::NOTICES)>
            {move || wanted.get().then(|| beside(Name::Keeper))}
        </div>
    }
    .into_any()
}
