//! Signing in: with a password, with a one-time link, as somebody who is invited or has forgotten.

mod by;
mod by_provider;
mod forgotten;
mod invitation;
mod link;
mod passkey;

pub use by::By;

use crate::{
    pages::address,
    path,
    shell::{Logo, Preferences},
    text::{common, sign_in as text, single_sign_on, t, users},
    ui::{Button, Field, Form, FormContext, Hidden, Kind, Notice, Tone},
    visit::visit,
};
use api::forms::KEPT;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn SignIn() -> impl IntoView {
    let visit = visit();
    let kept = visit.form.and_then(|form| form.values.into_iter().find(|(name, _)| name == KEPT));
    let carries = kept.is_some();
    view! {
        <Gate title=t(text::TITLE) lead=t(text::LEAD) holds=carries>
            {visit.notice.map(|said| view! { <Notice tone=Tone::Neutral>{said}</Notice> })}
            // A form that is carried is given back by the answer, so the browser itself goes there.
            <div on:submit:capture=move |event| if carries { event.stop_propagation() }>
                <Form operation="create-session" return_to=address::destination().unwrap_or_else(path::home) full_page=true>
                    {kept.map(|(_, kept)| view! { <Hidden name=KEPT value=kept /> })}
                    <div class="stack">
                        <Field name="email" label=t(text::EMAIL) kind="email" required=true autocomplete="username" />
                        <Field
                            name="password"
                            label=t(text::PASSWORD)
                            kind="password"
                            required=true
                            autocomplete="current-password"
                        />
                        <SecondStep />
                        <Button label=t(text::SUBMIT).to_owned() kind=Kind::Primary />
                    </div>
                </Form>
            </div>
            {(!carries).then(|| view! { <passkey::Passkey /> })}
            <p><a href=path::password_reset()>{t(users::FORGOTTEN)}</a></p>
            <ByOrganization carries=carries />
            <p class="hint">{t(text::NO_PASSWORD)}</p>
        </Gate>
    }
    .into_any()
}

/// The way by the organization's own provider. What this page carries would be lost on the way there, so
/// that way is another tab then, and the browser sends it again when this one is loaded anew.
#[component]
fn ByOrganization(carries: bool) -> impl IntoView {
    let to = match address::destination() {
        Some(to) if !carries => path::sign_in_by_provider_then(&to),
        _ => path::sign_in_by_provider(),
    };
    view! {
        <p><a href=to target=carries.then_some("_blank")>{t(single_sign_on::BEGIN)}</a></p>
        {carries.then(|| view! { <p class="hint">{t(single_sign_on::BEGIN_TAB)}</p> })}
    }
    .into_any()
}

/// The code of two-step sign-in, once the form was refused: nobody is told before whether it takes one.
#[component]
fn SecondStep() -> impl IntoView {
    let form = expect_context::<FormContext>();
    // It stays when the form is refused for something else.
    let refused = Memo::new(move |_| form.was_refused());
    move || {
        refused.get().then(|| {
            view! {
                <Field
                    name="code"
                    label=t(text::CODE)
                    hint=t(text::CODE_HINT)
                    mono=true
                    optional=true
                    autocomplete="one-time-code"
                    max_length=64
                />
            }
        })
    }
}

/// The page around both forms.
#[component]
fn Gate(
    title: &'static str,
    lead: &'static str,
    /// Another language or theme is a new page, which would lose what this one holds.
    #[prop(optional)]
    holds: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title />
        <div class="gate">
            <main class="gate-main" id="content">
                <p class="gate-brand"><Logo /><span>{t(common::PRODUCT)}</span></p>
                <section class="card gate-card">
                    <h1 tabindex="-1">{title}</h1>
                    <p class="lead">{lead}</p>
                    {children()}
                </section>
                {(!holds).then(|| view! { <Preferences /> })}
            </main>
            <aside class="gate-side" aria-hidden="true">
                <Ridges />
                <p class="gate-pitch">{t(text::PITCH)}</p>
                <p>{t(text::PITCH_MORE)}</p>
            </aside>
        </div>
    }
    .into_any()
}

/// Mountains, for those who wait.
#[component]
fn Ridges() -> impl IntoView {
    view! {
        <svg class="ridges" viewBox="0 0 800 600" preserveAspectRatio="xMidYMax slice">
            <path class="ridge-far" d="M0 380 90 300 170 350 270 210 340 290 420 180 520 320 610 240 700 330 800 260V600H0Z"></path>
            <path class="ridge-mid" d="M0 470 120 360 210 430 300 330 352 390 400 300 452 390 520 310 600 420 690 350 800 440V600H0Z"></path>
            <path class="ridge-snow" d="M400 312 395 352 399 402 392 470 397 600H403L409 470 403 402 407 352Z"></path>
            <path class="ridge-near" d="M0 560 140 450 250 520 360 420 382 480 390 600H410L420 480 440 420 560 540 670 460 800 550V600H0Z"></path>
        </svg>
    }
    .into_any()
}

/// The token of the address: it stands in the query, so that pages work without scripts.
fn token() -> String {
    use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default()
}
