//! Proving who one is, before something sensitive. What was asked for is carried along, and done by the
//! server at once.

use super::{code, codes::OneCode};
use crate::{
    load::{Ask, load},
    pages::{
        address,
        passkey::{Ceremony, WithPasskey},
    },
    path,
    text::{Text, common, passkeys, security as text, sessions, t, t_with},
    ui::{
        Button, Card, CodePanel, Field, Form, Hidden, Kind, LinkButton, Loaded, PageHeader,
        forget_carried,
    },
    visit::{Named, visit},
};
use api::{
    forms::{Fields, KEPT},
    op,
};
use domain::assurance::SecondSteps;
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::json;
use wasm_bindgen::JsCast;

/// The form that is carried, as far as it concerns this page.
#[derive(Clone, Deserialize)]
struct Carried {
    operation: String,
    fields: Fields,
}

/// The field that only the form of a device has: the question that it answers.
const STATE: &str = "state";

fn carried(kept: Option<&str>) -> Option<Carried> {
    serde_json::from_str(kept?).ok()
}

/// What is typed to prove it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    Code,
    Password,
}

#[component]
pub fn Prove() -> impl IntoView {
    let visit = visit();
    let me = visit.me.as_ref();
    let has_password = me.is_some_and(|me| me.has_password);
    let demanded = me.is_some_and(|me| me.second_factor_required);
    let kept = visit.form.and_then(|form| form.values.into_iter().find(|(name, _)| name == KEPT));
    let kept = kept.map(|(_, kept)| kept);
    let factor = load(op::GetSecondFactor, &["second-factor"], Ask::all);
    let passkeys = load(op::ListPasskeys, &["passkey"], Ask::all);
    let show = move |app: bool, passkey: bool| {
        let has = SecondSteps { app, passkey, provider: false };
        let typed = match (app, has_password && has.password_proves(demanded)) {
            (true, _) => Some(Proof::Code),
            (false, true) => Some(Proof::Password),
            (false, false) => None,
        };
        view! {
            {carried(kept.as_deref()).map(|carried| view! {
                <p>{t_with(text::PROVE_THEN, &[("operation", &carried.operation)])}</p>
            })}
            {typed.map(|proof| view! { <Typed proof=proof kept=kept.clone() /> })}
            {passkey.then(|| view! { <WithDevice kept=kept.clone() alone=typed.is_none() /> })}
            {(typed.is_none() && !passkey).then(|| view! { <NoProof /> })}
        }
        .into_any()
    };
    view! {
        <PageHeader title=t(text::PROVE).to_owned() lead=|| t(text::PROVE_LEAD) />
        <Loaded
            answer=factor
            page=true
            rows=2
            view=move |factor| {
                let (show, app) = (show.clone(), factor.body.enabled);
                view! {
                    <Loaded
                        answer=passkeys
                        rows=2
                        view=move |reply| show(app, reply.body.available && !reply.body.passkeys.is_empty())
                    />
                }
                .into_any()
            }
        />
    }
    .into_any()
}

/// What is typed, and what is done then.
#[component]
fn Typed(proof: Proof, kept: Option<String>) -> impl IntoView {
    let input = match proof {
        Proof::Code => json!({ "code": "" }),
        Proof::Password => json!({ "password": "" }),
    };
    // Whoever comes here comes to type.
    Effect::new(move |_| {
        let field = format!("form[action='{}'] .control", path::form("confirm-session"));
        if let Ok(Some(field)) = document().query_selector(&field)
            && let Ok(field) = field.dyn_into::<web_sys::HtmlElement>()
        {
            // A field that vanished meanwhile needs no focus.
            let _ = field.focus();
        }
    });
    view! {
        <Card class="narrow">
            <Carrying kept=kept submit=(text::PROVE_SUBMIT, text::PROVE_SUBMIT_THEN) by_device=false>
                {match proof {
                    Proof::Code => view! { <OneCode /> }.into_any(),
                    Proof::Password => view! { <OnePassword /> }.into_any(),
                }}
            </Carrying>
        </Card>
        <CodePanel code=code("confirm-session", &[], &input) />
    }
    .into_any()
}

/// A passkey, which is asked for by the browser.
#[component]
pub fn WithDevice(
    kept: Option<String>,
    /// Nothing else would prove it.
    alone: bool,
) -> impl IntoView {
    view! {
        <Card class="narrow">
            <WithPasskey ceremony=Ceremony::Prove>
                <Carrying kept=kept submit=(passkeys::PROVE, passkeys::PROVE_THEN) by_device=true>
                    <Hidden name=STATE value="" />
                    <Hidden name="credential:json" value="" />
                </Carrying>
            </WithPasskey>
        </Card>
        {alone.then(|| view! { <div class="without-scripts"><NoProof /></div> })}
        <CodePanel
            code=code("confirm-session", &[], &json!({ "state": "", "credential": {} }))
            act=t(passkeys::PROVE)
            id="passkey-code"
        />
    }
    .into_any()
}

/// The form, with what is carried along.
#[component]
fn Carrying(
    kept: Option<String>,
    /// What is pressed: to prove it, and to go on with what is carried.
    submit: (Text, Text),
    /// Proven by a device, not by what is typed.
    by_device: bool,
    children: Children,
) -> impl IntoView {
    let refused = visit().form.map(|form| form.values);
    let was_sent =
        refused.is_none_or(|sent| sent.iter().any(|(name, _)| name == STATE) == by_device);
    let back = address::destination().unwrap_or_else(path::security);
    // Who was let in by it gets a page with everything around.
    let shut_out = visit().me.is_some_and(|me| me.second_factor_missing);
    let carried = carried(kept.as_deref());
    let submit = if carried.is_some() { submit.1 } else { submit.0 };
    view! {
        // What is carried is done by the answer, so the browser itself goes there.
        <div on:submit:capture=move |event| {
            if let Some(carried) = &carried {
                event.stop_propagation();
                forget_carried(&carried.operation, &carried.fields);
            }
        }>
            <Form
                operation="confirm-session"
                return_to=back.clone()
                done=t(text::PROVED)
                full_page=shut_out
                was_sent=was_sent
            >
                {kept.map(|kept| view! { <Hidden name=KEPT value=kept /> })}
                <div class="stack">
                    {children()}
                    <div class="row">
                        <Button label=t(submit).to_owned() kind=Kind::Primary />
                        <LinkButton to=back label=t(common::CANCEL) />
                    </div>
                </div>
            </Form>
        </div>
    }
    .into_any()
}

#[component]
fn OnePassword() -> impl IntoView {
    view! {
        <Field
            name="password"
            label=t(crate::text::sign_in::PASSWORD)
            hint=t(text::PROVE_HINT)
            kind="password"
            required=true
            autocomplete="current-password"
            max_length=1_024
        />
    }
    .into_any()
}

/// Who was only ever let in by links, or by an identity provider.
#[component]
fn NoProof() -> impl IntoView {
    let by_provider = visit().me.filter(|me| me.single_sign_on).map(|me| me.organization);
    view! {
        <Card class="narrow">
            <div class="stack">
                {match by_provider {
                    Some(organization) => view! { <AgainByProvider organization=organization /> }.into_any(),
                    None => view! {
                        <p>{t(text::NO_PROOF)}</p>
                        <div class="row">
                            <Form operation="delete-session" path=vec![("id", "current".to_owned())] return_to=path::sign_in() full_page=true>
                                <Button label=t(sessions::SIGN_OUT).to_owned() kind=Kind::Primary />
                            </Form>
                            <a class="button" href=path::password_reset() rel="external">{t(text::NO_PROOF_LINK)}</a>
                            <LinkButton to=path::security() label=t(text::BACK) />
                        </div>
                    }
                    .into_any(),
                }}
            </div>
        </Card>
    }
    .into_any()
}

/// The session of who signs in again is a new one, and confirmed.
#[component]
fn AgainByProvider(organization: Named) -> impl IntoView {
    let back = address::destination().unwrap_or_else(path::security);
    let again = path::sign_in_by_organization_then(&organization.id, &back);
    view! {
        <p>{t_with(text::NO_PROOF_PROVIDER, &[("organization", &organization.name)])}</p>
        <div class="row">
            <a class="button button-primary" href=again rel="external">{t(text::NO_PROOF_AGAIN)}</a>
            <LinkButton to=back label=t(common::CANCEL) />
        </div>
    }
    .into_any()
}
