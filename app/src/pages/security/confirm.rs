//! Proving who one is, before something sensitive. What was asked for is carried along, and done by the
//! server at once.

use super::{code, codes::OneCode};
use crate::{
    load::{Ask, load},
    pages::address,
    path,
    text::{common, security as text, sessions, t, t_with},
    ui::{
        Button, Card, CodePanel, Field, Form, Hidden, Kind, LinkButton, Loaded, PageHeader,
        forget_carried,
    },
    visit::visit,
};
use api::{
    forms::{Fields, KEPT},
    op,
};
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

/// What proves it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    Code,
    Password,
    Nothing,
}

#[component]
pub fn Prove() -> impl IntoView {
    let visit = visit();
    let has_password = visit.me.is_some_and(|me| me.has_password);
    let kept = visit.form.and_then(|form| form.values.into_iter().find(|(name, _)| name == KEPT));
    let kept = kept.map(|(_, kept)| kept);
    let factor = load(op::GetSecondFactor, &["second-factor"], Ask::all);
    view! {
        <PageHeader title=t(text::PROVE).to_owned() lead=|| t(text::PROVE_LEAD) />
        <Loaded
            answer=factor
            page=true
            rows=2
            view=move |reply| {
                let proof = match (reply.body.enabled, has_password) {
                    (true, _) => Proof::Code,
                    (false, true) => Proof::Password,
                    (false, false) => Proof::Nothing,
                };
                match proof {
                    Proof::Nothing => view! { <NoProof /> }.into_any(),
                    proof => view! { <ProofForm proof=proof kept=kept.clone() /> }.into_any(),
                }
            }
        />
    }
    .into_any()
}

#[component]
fn ProofForm(proof: Proof, kept: Option<String>) -> impl IntoView {
    let back = address::destination().unwrap_or_else(path::security);
    let carried = kept.as_deref().and_then(|kept| serde_json::from_str::<Carried>(kept).ok());
    let then = carried.as_ref().map(|carried| carried.operation.clone());
    let submit = if then.is_some() { text::PROVE_SUBMIT_THEN } else { text::PROVE_SUBMIT };
    let input = match proof {
        Proof::Code => json!({ "code": "" }),
        _ => json!({ "password": "" }),
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
            // What is carried is done by the answer, so the browser itself goes there.
            <div on:submit:capture=move |event| {
                if let Some(carried) = &carried {
                    event.stop_propagation();
                    forget_carried(&carried.operation, &carried.fields);
                }
            }>
                <Form operation="confirm-session" return_to=back.clone() done=t(text::PROVED)>
                    {kept.map(|kept| view! { <Hidden name=KEPT value=kept /> })}
                    <div class="stack">
                        {then.map(|then| view! { <p>{t_with(text::PROVE_THEN, &[("operation", &then)])}</p> })}
                        {match proof {
                            Proof::Code => view! { <OneCode /> }.into_any(),
                            _ => view! { <OnePassword /> }.into_any(),
                        }}
                        <div class="row">
                            <Button label=t(submit).to_owned() kind=Kind::Primary />
                            <LinkButton to=back label=t(common::CANCEL) />
                        </div>
                    </div>
                </Form>
            </div>
        </Card>
        <CodePanel code=code("confirm-session", &[], &input) />
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
    view! {
        <Card class="narrow">
            <div class="stack">
                <p>{t(text::NO_PROOF)}</p>
                <div class="row">
                    <Form operation="delete-session" path=vec![("id", "current".to_owned())] return_to=path::sign_in() full_page=true>
                        <Button label=t(sessions::SIGN_OUT).to_owned() kind=Kind::Primary />
                    </Form>
                    <a class="button" href=path::password_reset() rel="external">{t(text::NO_PROOF_LINK)}</a>
                    <LinkButton to=path::security() label=t(text::BACK) />
                </div>
            </div>
        </Card>
    }
    .into_any()
}
