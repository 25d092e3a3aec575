//! Secrets that are shown once, with what to do with them.

use super::usage;
use crate::{
    live::Live,
    text::{Text, api_keys as text, t, t_with},
    ui::{CodeBlock, CopyButton, Instant, KeyValue, KeyValues, Notice, Tone},
    visit::{language, visit},
};
use api::{AccessTokenCreated, ApiKeyCreated, ApiKeyRotated, AssumedIamRole};
use domain::{Timestamp, format};
use leptos::prelude::*;

#[component]
pub fn KeyOnce(created: ApiKeyCreated) -> impl IntoView {
    let title = t_with(text::KEY_READY, &[("name", &created.name)]);
    view! {
        <Credentials title=title key_=created.key secret=created.secret ends=created.expires_at>
            <p class="hint">{t(text::CURL_NOTE)}</p>
        </Credentials>
    }
    .into_any()
}

/// A key that takes the place of another, and until when that goes on.
#[component]
pub fn KeyRotated(rotated: ApiKeyRotated) -> impl IntoView {
    let title = t_with(text::KEY_READY, &[("name", &rotated.name)]);
    let (live, end) = (expect_context::<Live>(), rotated.previous_until);
    let goes_on = Memo::new(move |_| end > live.now());
    let until = move || match goes_on.get() {
        true => t_with(text::OLD_UNTIL, &[("time", &format::date_time(language(), end))]),
        false => t(text::OLD_OVER).to_owned(),
    };
    view! {
        <Credentials title=title key_=rotated.key secret=rotated.secret ends=rotated.expires_at>
            <p>{until}</p>
        </Credentials>
    }
    .into_any()
}

/// The key of a role that was assumed.
#[component]
pub fn KeyAssumed(assumed: AssumedIamRole) -> impl IntoView {
    let title = t_with(text::ASSUMED_READY, &[("name", &assumed.name)]);
    let ends = Some(assumed.expires_at);
    view! {
        <Credentials title=title key_=assumed.key secret=assumed.secret ends=ends>
            <p class="hint">{t(text::ASSUMED_ENDS_WITH)}</p>
        </Credentials>
    }
    .into_any()
}

/// A key and its secret, when it ends, and what else is to be said of it.
#[component]
fn Credentials(
    title: String,
    key_: String,
    secret: String,
    ends: Option<Timestamp>,
    children: Children,
) -> impl IntoView {
    let uses = usage::of_key(&visit().origin, &key_, &secret);
    view! {
        <Once title=title uses=uses>
            <KeyValues>
                <KeyValue name=t(text::KEY)><Secret value=key_ what=text::KEY /></KeyValue>
                <KeyValue name=t(text::SECRET)><Secret value=secret what=text::SECRET /></KeyValue>
                {ends.map(|at| view! { <KeyValue name=t(text::ENDS)><Instant at=at /></KeyValue> })}
            </KeyValues>
            {children()}
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
