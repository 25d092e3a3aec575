//! Setting up an authenticator app: its secret as a picture and as text, and the first code. Who is shut
//! out although they have a passkey is asked for that: nothing can be set up before.

use super::{code, codes::Once, confirm::WithDevice, two_step::Begin};
use crate::{
    load::{Ask, load},
    pages::address,
    path,
    text::{security as text, t, t_with},
    ui::{
        Button, Card, CodePanel, CopyButton, Field, Form, Kind, LinkButton, Loaded, Notice,
        PageHeader, Tone, answer_into, answer_of,
    },
    visit::visit,
};
use api::{PendingSecondFactor, RecoveryCodes, op};
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn SetUp() -> impl IntoView {
    let made = RwSignal::new(answer_of::<RecoveryCodes>("confirm-second-factor"));
    match visit().me.filter(|me| me.second_factor_missing) {
        Some(me) => view! { <ShutOut organization=me.organization.name made=made /> }.into_any(),
        None => view! { <App demanded_by=None made=made /> }.into_any(),
    }
}

/// Somebody who has shown one step where two are demanded.
#[component]
fn ShutOut(organization: String, made: RwSignal<Option<RecoveryCodes>>) -> impl IntoView {
    let passkeys = load(op::ListPasskeys, &["passkey"], Ask::all);
    view! {
        <Loaded
            answer=passkeys
            page=true
            rows=4
            view=move |reply| match reply.body.available && !reply.body.passkeys.is_empty() {
                true => view! { <ShowPasskey organization=organization.clone() /> }.into_any(),
                false => view! { <App demanded_by=Some(organization.clone()) made=made /> }.into_any(),
            }
        />
    }
    .into_any()
}

#[component]
fn ShowPasskey(organization: String) -> impl IntoView {
    view! {
        <PageHeader title=t(text::TWO_STEP).to_owned() lead=|| t(text::DEMANDED_PASSKEY_LEAD) />
        <Notice tone=Tone::Warn>
            {t_with(text::DEMANDED_PASSKEY, &[("organization", &organization)])}
        </Notice>
        <WithDevice kept=None alone=false />
    }
    .into_any()
}

#[component]
fn App(
    /// The organization that lets nobody in without.
    demanded_by: Option<String>,
    made: RwSignal<Option<RecoveryCodes>>,
) -> impl IntoView {
    let factor = load(op::GetSecondFactor, &["second-factor"], Ask::all);
    view! {
        <PageHeader title=t(text::SET_UP).to_owned() lead=|| t(text::SET_UP_LEAD) />
        {demanded_by.map(|organization| view! {
            <Notice tone=Tone::Warn>
                {t_with(text::DEMANDED, &[("organization", &organization)])}
            </Notice>
        })}
        {move || match made.get() {
            Some(codes) => view! { <Once codes=codes is_on=true /> }.into_any(),
            None => view! {
                <Loaded
                    answer=factor
                    page=true
                    rows=4
                    view=move |reply| match (reply.body.enabled, reply.body.pending) {
                        (true, _) => view! { <IsOn /> }.into_any(),
                        (_, Some(pending)) => view! { <Scan pending=pending made=made /> }.into_any(),
                        (_, None) => view! { <Card><Begin /></Card> }.into_any(),
                    }
                />
            }
            .into_any(),
        }}
        <CodePanel code=code("confirm-second-factor", &[], &json!({ "code": "" })) />
    }
    .into_any()
}

#[component]
fn IsOn() -> impl IntoView {
    view! {
        <Card>
            <div class="stack">
                <Notice tone=Tone::Ok>{t(text::IS_ON)}</Notice>
                <div class="row">
                    {match address::destination() {
                        Some(on) => view! {
                            <a class="button button-primary" href=on rel="external">{t(text::CONTINUE)}</a>
                        }
                        .into_any(),
                        None => view! { <LinkButton to=path::security() label=t(text::BACK) kind=Kind::Primary /> }.into_any(),
                    }}
                </div>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Scan(pending: PendingSecondFactor, made: RwSignal<Option<RecoveryCodes>>) -> impl IntoView {
    view! {
        <Card class="narrow">
            <ol class="steps">
                <li>
                    <p>{t(text::SCAN)}</p>
                    <img class="qr" src=path::picture(&pending.qr_code) alt=t(text::QR) width="232" height="232" />
                    <p class="hint"><a href=pending.uri rel="external">{t(text::OPEN_APP)}</a></p>
                    <details>
                        <summary>{t(text::BY_HAND)}</summary>
                        <p class="with-copy">
                            <code class="secret">{pending.secret}</code>
                            <CopyButton what=t(text::SECRET) />
                        </p>
                    </details>
                </li>
                <li>
                    <Form operation="confirm-second-factor" on_answer=answer_into(made)>
                        <div class="stack">
                            <Field
                                name="code"
                                label=t(text::FIRST_CODE)
                                hint=t(text::FIRST_CODE_HINT)
                                required=true
                                mono=true
                                autocomplete="one-time-code"
                                max_length=64
                            />
                            <div class="row"><Button label=t(text::CONFIRM).to_owned() kind=Kind::Primary /></div>
                        </div>
                    </Form>
                </li>
            </ol>
        </Card>
    }
    .into_any()
}
