//! Whether one signs in in two steps, and the ways to change that.

use super::{code, stays};
use crate::{
    load::{Ask, load},
    pages::address,
    path::{self, Security as Act},
    text::{security as text, t, t_with},
    ui::{
        Ago, Button, Card, CodePanel, Form, KeyValue, KeyValues, Kind, LinkButton, Loaded, Notice,
        Tone, ToneChip,
    },
    visit::language,
};
use api::{SecondFactor, op};
use domain::format;
use leptos::prelude::*;
use serde_json::json;

/// What of a person decides what they may take away.
pub const CHANGES: &[&str] = &["second-factor", "passkey", "organization"];
/// From here on it is said that they run out.
const FEW: i64 = 3;

#[component]
pub fn TwoStep() -> impl IntoView {
    let factor = load(op::GetSecondFactor, CHANGES, Ask::all);
    view! {
        <Card title=t(text::TWO_STEP) lead=t(text::TWO_STEP_LEAD)>
            <Loaded
                answer=factor
                rows=2
                view=|reply| match reply.body.enabled {
                    true => view! { <On factor=reply.body /> }.into_any(),
                    false => view! { <Off begun=reply.body.pending.is_some() /> }.into_any(),
                }
            />
        </Card>
        <CodePanel code=code("get-second-factor", &[], &json!({})) act=t(text::TWO_STEP) id="two-step-code" />
    }
    .into_any()
}

#[component]
fn On(factor: SecondFactor) -> impl IntoView {
    let left = factor.recovery_codes;
    let count = format::integer(language(), left);
    view! {
        <div class="stack">
            <KeyValues>
                <KeyValue name=t(text::STATE)>
                    <ToneChip tone=Tone::Ok word=t(text::ON) />
                    {factor.since.map(|at| view! { <span class="hint">{t(text::SINCE)}" "<Ago at=at /></span> })}
                </KeyValue>
                <KeyValue name=t(text::CODES)>{t_with(text::CODES_LEFT, &[("count", &count)])}</KeyValue>
            </KeyValues>
            {(left < FEW).then(|| view! { <Notice tone=Tone::Warn>{t(text::CODES_FEW)}</Notice> })}
            <div class="row">
                <LinkButton to=path::security_act(Act::Codes) label=t(text::NEW_CODES) />
                <LinkButton to=path::security_act(Act::Remove) label=t(text::TURN_OFF) reason=stays(&factor.stays_for) />
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Off(begun: bool) -> impl IntoView {
    view! {
        <div class="stack">
            <KeyValues>
                <KeyValue name=t(text::STATE)><ToneChip tone=Tone::Neutral word=t(text::OFF) /></KeyValue>
            </KeyValues>
            {match begun {
                true => view! {
                    <div class="row">
                        <LinkButton to=path::security_act(Act::SetUp) label=t(text::GO_ON) kind=Kind::Primary />
                    </div>
                }
                .into_any(),
                false => view! { <Begin /> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// Makes the secret, and goes on to where it is shown.
#[component]
pub fn Begin() -> impl IntoView {
    let on = address::destination().map(|to| path::set_up_then(&to));
    let on = on.unwrap_or_else(|| path::security_act(Act::SetUp));
    view! {
        <Form operation="begin-second-factor" return_to=on>
            <Button label=t(text::SET_UP).to_owned() kind=Kind::Primary />
        </Form>
    }
    .into_any()
}
