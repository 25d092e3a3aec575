//! A button that copies what stands in a file.

use super::icons::{self, IconView};
use crate::text::{common, t};
use leptos::{prelude::*, task::spawn_local};

/// How far copying is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copying {
    Not,
    Going,
    Done,
    Failed,
}

/// Appears once scripts run, since nothing else can copy.
#[component]
pub fn CopyFile(url: String, label: &'static str) -> impl IntoView {
    let alive = RwSignal::new(false);
    let state = RwSignal::new(Copying::Not);
    Effect::new(move |_| alive.set(true));
    let copy = move |_| {
        let url = url.clone();
        state.set(Copying::Going);
        spawn_local(async move {
            let copied = match text_of(&url).await {
                Ok(text) => super::copy::write_and_wait(&text).await,
                Err(_) => false,
            };
            state.set(if copied { Copying::Done } else { Copying::Failed });
        });
    };
    view! {
        <button
            type="button"
            class="button"
            hidden=move || !alive.get()
            aria-disabled=move || (state.get() == Copying::Going).then_some("true")
            on:click=copy
        >
            <IconView icon=icons::COPY />
            {label}
        </button>
        <span class="hint" role="status">
            {move || match state.get() {
                Copying::Not => "",
                Copying::Going => t(common::LOADING),
                Copying::Done => t(common::COPIED),
                Copying::Failed => t(common::COPY_FAILED),
            }}
        </span>
    }
    .into_any()
}

#[cfg(target_arch = "wasm32")]
async fn text_of(url: &str) -> Result<String, api::TransportError> {
    api::browser::text_of(url).await
}

#[cfg(not(target_arch = "wasm32"))]
async fn text_of(url: &str) -> Result<String, api::TransportError> {
    Err(api::TransportError(format!("no browser to read {url} with")))
}
