//! How fresh the page is, and a switch to hold it still.

use super::icons::{self, IconView};
use crate::{
    live::{Feed, Live},
    text::{shell, t, t_with},
};
use leptos::prelude::*;

/// “Live · updated 14:03:07”.
#[component]
pub fn LiveNote() -> impl IntoView {
    let live = expect_context::<Live>();
    let word = move || match live.feed() {
        Feed::Stream => t(shell::LIVE),
        Feed::Polling => t(shell::POLLING),
        Feed::Paused => t(shell::PAUSED),
    };
    let time = move || t_with(shell::UPDATED, &[("time", &clock(live.updated()))]);
    view! {
        <p class="live-note" data-feed=move || live.feed().as_str()>
            <span class="live-dot" aria-hidden="true"></span>
            <span hidden=move || !live.is_alive()>{word}</span>
            <span class="live-time">{time}</span>
            <button
                type="button"
                class="icon-button"
                hidden=move || !live.is_alive()
                aria-pressed=move || (live.feed() == Feed::Paused).to_string()
                on:click=move |_| live.toggle()
            >
                {move || match live.feed() {
                    Feed::Paused => view! { <IconView icon=icons::PLAY /> },
                    _ => view! { <IconView icon=icons::PAUSE /> },
                }}
                <span class="sr-only">
                    {move || match live.feed() {
                        Feed::Paused => t(shell::RESUME),
                        _ => t(shell::PAUSE),
                    }}
                </span>
            </button>
        </p>
    }
    .into_any()
}

fn clock(at: domain::Timestamp) -> String {
    let (_, _, _, hour, minute, second) = at.civil();
    format!("{hour:02}:{minute:02}:{second:02}")
}
