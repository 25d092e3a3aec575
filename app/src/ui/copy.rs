//! A button that copies. It appears once scripts run, since nothing else can copy.

use super::icons::{self, IconView};
use crate::text::{common, t, t_with};
use leptos::prelude::*;

#[component]
pub fn CopyButton(
    #[prop(into)] text: Signal<String>,
    /// What is copied: `ID`.
    what: &'static str,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let copy = move |_| {
        write(&text.get_untracked());
        copied.set(true);
        set_timeout(move || copied.set(false), std::time::Duration::from_secs(2));
    };
    view! {
        <button type="button" class="copy" hidden=move || !alive.get() on:click=copy>
            {move || match copied.get() {
                true => view! { <IconView icon=icons::CHECK /> },
                false => view! { <IconView icon=icons::COPY /> },
            }}
            <span class="sr-only" aria-live="polite">
                {move || match copied.get() {
                    true => t(common::COPIED).to_owned(),
                    false => t_with(common::COPY_OF, &[("what", what)]),
                }}
            </span>
        </button>
    }
    .into_any()
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
