//! Code to copy, and the panel that shows an act as `curl` and `exo`.

use super::{copy::CopyButton, icons, icons::IconView};
use crate::{
    as_code::AsCode,
    text::{common, t},
};
use leptos::prelude::*;

/// A block of code with a button that copies it.
#[component]
pub fn CodeBlock(#[prop(into)] code: Signal<String>, what: &'static str) -> impl IntoView {
    view! {
        <div class="code">
            <pre tabindex="0" aria-label=what><code>{code}</code></pre>
            <CopyButton text=code what=what />
        </div>
    }
    .into_any()
}

/// The same act for a terminal. Works without scripts; with them it follows the form.
#[component]
pub fn CodePanel(
    #[prop(into)] code: Signal<AsCode>,
    /// Tells panels on one page apart.
    #[prop(default = "code")]
    id: &'static str,
    #[prop(optional)] open: bool,
) -> impl IntoView {
    view! {
        <details class="code-panel" open=open>
            <summary><IconView icon=icons::CODE />{t(common::AS_CODE)}</summary>
            <CodeTools code=code id=id />
        </details>
    }
    .into_any()
}

/// The inside of the panel: one tool at a time.
#[component]
pub fn CodeTools(
    #[prop(into)] code: Signal<AsCode>,
    /// Tells panels on one page apart.
    id: &'static str,
) -> impl IntoView {
    let curl = Signal::derive(move || code.with(|code| code.curl.clone()));
    let exo = Signal::derive(move || code.with(|code| code.exo.clone()));
    view! {
        <div class="code-tools">
            <p class="hint">{t(common::AS_CODE_HELP)}</p>
            <fieldset class="switch">
                <legend class="sr-only">{t(common::TOOL)}</legend>
                <label><input type="radio" name=id value="curl" checked=true />{t(common::CURL)}</label>
                <label><input type="radio" name=id value="exo" class="switch-exo" />{t(common::EXO)}</label>
            </fieldset>
            <div class="shows-curl"><CodeBlock code=curl what=t(common::CURL) /></div>
            <div class="shows-exo">
                {move || match exo.get() {
                    Some(line) => view! { <CodeBlock code=line what=t(common::EXO) /> }.into_any(),
                    None => view! { <p class="hint">{t(common::NO_EXO)}</p> }.into_any(),
                }}
            </div>
        </div>
    }
    .into_any()
}
