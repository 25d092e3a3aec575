//! Short notices that vanish by themselves. Never the only place of an error.

use super::icons::{self, IconView};
use crate::text::{common, shell, t};
use leptos::prelude::*;
use std::time::Duration;

/// How long a notice stays.
const STAYS: Duration = Duration::from_secs(5);
/// How many are shown at once.
const SHOWN_MAX: usize = 3;

/// The notices that are shown.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<(u32, String)>>,
    next: StoredValue<u32>,
}

impl Toasts {
    pub fn new() -> Self {
        Toasts { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    pub fn say(self, text: impl Into<String>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.list.update(|list| {
            list.push((id, text.into()));
            let surplus = list.len().saturating_sub(SHOWN_MAX);
            list.drain(..surplus);
        });
        set_timeout(move || self.dismiss(id), STAYS);
    }

    fn dismiss(self, id: u32) {
        self.list.update(|list| list.retain(|(this, _)| *this != id));
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
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-label=t(shell::NOTICES)>
            <For each=move || toasts.list.get() key=|(id, _)| *id let((id, text))>
                <div class="toast">
                    <IconView icon=icons::CIRCLE_CHECK />
                    <span>{text}</span>
                    <button type="button" class="icon-button" on:click=move |_| toasts.dismiss(id)>
                        <IconView icon=icons::X />
                        <span class="sr-only">{t(common::DISMISS)}</span>
                    </button>
                </div>
            </For>
        </div>
    }
    .into_any()
}
