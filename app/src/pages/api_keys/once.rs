//! Secrets that are shown once, with what to do with them.

use super::usage;
use crate::{
    text::{Text, api_keys as text, t, t_with},
    ui::{CodeBlock, CopyButton, KeyValue, KeyValues, Notice, Tone},
    visit::visit,
};
use api::{AccessTokenCreated, ApiKeyCreated};
use leptos::prelude::*;

#[component]
pub fn KeyOnce(created: ApiKeyCreated) -> impl IntoView {
    let title = t_with(text::KEY_READY, &[("name", &created.name)]);
    let uses = usage::of_key(&visit().origin, &created.key, &created.secret);
    view! {
        <Once title=title uses=uses>
            <KeyValues>
                <KeyValue name=t(text::KEY)><Secret value=created.key what=text::KEY /></KeyValue>
                <KeyValue name=t(text::SECRET)><Secret value=created.secret what=text::SECRET /></KeyValue>
            </KeyValues>
            <p class="hint">{t(text::CURL_NOTE)}</p>
        </Once>
    }
    .into_any()
}

#[component]
pub fn TokenOnce(created: AccessTokenCreated) -> impl IntoView {
    let title = t_with(text::TOKEN_READY, &[("name", &created.name)]);
    let uses = usage::of_token(&visit().origin, &created.token);
    view! {
        <Once title=title uses=uses>
            <KeyValues>
                <KeyValue name=t(text::TOKEN)><Secret value=created.token what=text::TOKEN /></KeyValue>
            </KeyValues>
        </Once>
    }
    .into_any()
}

#[component]
pub fn Once(title: String, uses: Vec<(Text, String)>, children: Children) -> impl IntoView {
    view! {
        <section class="card once" role="status">
            <div class="stack">
                <h2>{title}</h2>
                <Notice tone=Tone::Warn>{t(text::ONCE)}</Notice>
                {children()}
                <details open=true>
                    <summary>{t(text::HOW_TO)}</summary>
                    <div class="stack">
                        {uses
                            .into_iter()
                            .map(|(tool, code)| view! {
                                <div class="stack-small">
                                    <h3>{t(tool)}</h3>
                                    <CodeBlock code=code what=t(tool) />
                                </div>
                            })
                            .collect_view()}
                    </div>
                </details>
            </div>
        </section>
    }
    .into_any()
}

#[component]
pub fn Secret(value: String, what: Text) -> impl IntoView {
    view! {
        <span class="with-copy">
            <code class="secret">{value.clone()}</code>
            <CopyButton text=value what=t(what) />
        </span>
    }
    .into_any()
}
