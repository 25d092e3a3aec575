//! Chips: a state as icon and word, a label as text.

use super::icons::{self, Icon, IconView};
use leptos::prelude::*;

/// What a state means to the eye. The word beside it says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Neutral,
    Ok,
    Busy,
    Warn,
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "chip chip-neutral",
            Tone::Ok => "chip chip-ok",
            Tone::Busy => "chip chip-busy",
            Tone::Warn => "chip chip-warn",
            Tone::Bad => "chip chip-bad",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Tone::Neutral => icons::CIRCLE_STOP,
            Tone::Ok => icons::CIRCLE_CHECK,
            Tone::Busy => icons::LOADER_CIRCLE,
            Tone::Warn | Tone::Bad => icons::TRIANGLE_ALERT,
        }
    }
}

/// A state: icon and word, and how far it is when it moves.
#[component]
pub fn ToneChip(
    tone: Tone,
    word: &'static str,
    /// Percent.
    #[prop(optional)]
    progress: Option<i64>,
) -> impl IntoView {
    view! {
        <span class="state">
            <span class=tone.class()>
                <IconView icon=tone.icon() class=if tone == Tone::Busy { "spin" } else { "" } />
                {word}
            </span>
            {progress.map(|percent| view! {
                <progress class="progress" max="100" value=percent.to_string() aria-label=word></progress>
            })}
        </span>
    }
    .into_any()
}

/// A small piece of text, such as a label.
#[component]
pub fn Chip(children: Children) -> impl IntoView {
    view! { <span class="tag">{children()}</span> }
}
