//! What components are made of: colours, type, icons, keys.

use super::Sample;
use crate::{
    text::{keys, style as text, t},
    ui::{Card, IconView, SectionTitle, icons},
};
use leptos::prelude::*;

/// The tokens that stand for colours, in pairs of what is drawn on what.
const COLOURS: [&str; 22] = [
    "--bg",
    "--panel",
    "--raised",
    "--sunken",
    "--hover",
    "--line",
    "--line-strong",
    "--control-line",
    "--text",
    "--muted",
    "--faint",
    "--accent",
    "--accent-strong",
    "--accent-soft",
    "--ok",
    "--ok-soft",
    "--warn",
    "--warn-soft",
    "--bad",
    "--bad-soft",
    "--busy",
    "--busy-soft",
];

#[component]
pub fn Look() -> impl IntoView {
    view! {
        <Sample of="PageHeader"><p class="hint">{t(text::TOP)}</p></Sample>
        <Sample of="SectionTitle">
            <SectionTitle title=t(text::LOOK) lead=t(text::LOOK_LEAD) />
        </Sample>
        <Sample of="Card">
            <Card title=t(text::COLOURS) lead=t(text::COLOURS_LEAD)>
                <ul class="row">{COLOURS.map(swatch).collect_view()}</ul>
            </Card>
        </Sample>
        <Card title=t(text::TYPE)>
            <div class="stack">
                <h2>{t(text::SAMPLE)}</h2>
                <h3>{t(text::SAMPLE)}</h3>
                <p>{t(text::SAMPLE)}</p>
                <p class="lead">{t(text::SAMPLE)}</p>
                <p class="hint">{t(text::SAMPLE)}</p>
                <p class="figures">"0123456789"</p>
                <p><code>"019a3f1c-7b2e-7000-8000-000000000000"</code></p>
            </div>
        </Card>
        <Card title=t(text::KEYS)>
            <p class="row">
                <kbd>"Ctrl"</kbd><kbd>"K"</kbd><span>{t(keys::PALETTE)}</span>
                <kbd>"?"</kbd><span>{t(keys::SHEET)}</span>
            </p>
        </Card>
        <Card title=t(text::ICONS)>
            <Sample of="IconView">
                <ul class="row">
                    {icons::ALL
                        .iter()
                        .map(|(name, icon)| view! {
                            <li class="row"><IconView icon=*icon /><code>{*name}</code></li>
                        })
                        .collect_view()}
                </ul>
            </Sample>
        </Card>
    }
    .into_any()
}

/// Drawn, because a page may not style elements by itself.
fn swatch(token: &'static str) -> AnyView {
    view! {
        <li class="stack-small">
            <svg class="swatch" viewBox="0 0 2 1" preserveAspectRatio="none" aria-hidden="true">
                <rect width="2" height="1" fill=format!("var({token})")></rect>
            </svg>
            <code>{token}</code>
        </li>
    }
    .into_any()
}
