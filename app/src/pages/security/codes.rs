//! Recovery codes: shown once, to be kept somewhere else than the phone.

use super::code;
use crate::{
    pages::address,
    path,
    text::{security as text, t},
    ui::{
        Button, Card, CodePanel, CopyButton, Field, Form, Kind, LinkButton, Notice, PageHeader,
        Tone, answer_into, answer_of,
    },
};
use api::RecoveryCodes;
use leptos::prelude::*;
use serde_json::json;

/// What the file of them is called.
const FILE: &str = "couloir-recovery-codes.txt";

/// New ones, for a code.
#[component]
pub fn Renew() -> impl IntoView {
    let made = RwSignal::new(answer_of::<RecoveryCodes>("renew-recovery-codes"));
    view! {
        <PageHeader title=t(text::NEW_CODES).to_owned() lead=|| t(text::NEW_CODES_LEAD) />
        {move || match made.get() {
            Some(codes) => view! { <Once codes=codes /> }.into_any(),
            None => view! {
                <Card class="narrow">
                    <Form operation="renew-recovery-codes" on_answer=answer_into(made)>
                        <div class="stack">
                            <OneCode />
                            <div class="row">
                                <Button label=t(text::MAKE_CODES).to_owned() kind=Kind::Primary />
                                <LinkButton to=path::security() label=t(text::BACK) />
                            </div>
                        </div>
                    </Form>
                </Card>
            }
            .into_any(),
        }}
        <CodePanel code=code("renew-recovery-codes", &[], &json!({ "code": "" })) />
    }
    .into_any()
}

/// The field for what the app shows, or for a recovery code.
#[component]
pub fn OneCode() -> impl IntoView {
    view! {
        <Field
            name="code"
            label=t(text::CODE)
            hint=t(text::CODE_HINT)
            required=true
            mono=true
            autocomplete="one-time-code"
            max_length=64
        />
    }
    .into_any()
}

#[component]
pub fn Once(
    codes: RecoveryCodes,
    /// They come with two-step sign-in, which is on from here.
    #[prop(optional)]
    is_on: bool,
) -> impl IntoView {
    let on = address::destination();
    let lines = codes.recovery_codes.join("\n");
    let file = path::text_file(&format!("{lines}\n"));
    view! {
        <section class="card once narrow" role="status">
            <div class="stack">
                <h2>{t(text::CODES)}</h2>
                {is_on.then(|| view! { <p>{t(text::IS_ON)}</p> })}
                <Notice tone=Tone::Warn>{t(text::CODES_ONCE)}</Notice>
                <div class="with-copy">
                    <pre class="codes">{lines.clone()}</pre>
                    <CopyButton text=lines what=t(text::CODES) />
                </div>
                <div class="row">
                    <a class="button" href=file download=FILE rel="external">{t(text::DOWNLOAD)}</a>
                    // The organization may have opened only now: a whole new page knows.
                    <a class="button button-primary" href=on.unwrap_or_else(path::security) rel="external">
                        {t(text::KEPT_THEM)}
                    </a>
                </div>
            </div>
        </section>
    }
    .into_any()
}
