//! Signing in: with a password, or with a one-time link.

use crate::{
    path,
    shell::{Logo, Preferences},
    text::{common, sign_in as text, t},
    ui::{Button, Field, Form, Hidden, Kind},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};

#[component]
pub fn SignIn() -> impl IntoView {
    view! {
        <Gate title=t(text::TITLE) lead=t(text::LEAD)>
            <Form operation="create-session" return_to=destination() full_page=true>
                <div class="stack">
                    <Field name="email" label=t(text::EMAIL) kind="email" required=true autocomplete="username" />
                    <Field
                        name="password"
                        label=t(text::PASSWORD)
                        kind="password"
                        required=true
                        autocomplete="current-password"
                    />
                    <Button label=t(text::SUBMIT).to_owned() kind=Kind::Primary />
                </div>
            </Form>
            <p class="hint">{t(text::NO_PASSWORD)}</p>
        </Gate>
    }
    .into_any()
}

/// The token stands in the query, so that the page works without scripts; one behind `#` is taken
/// over by a script, or typed.
#[component]
pub fn SignInLink() -> impl IntoView {
    let token = use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default();
    let given = !token.is_empty();
    let token = RwSignal::new(token);
    let hash = use_location().hash;
    Effect::new(move |_| {
        let behind = hash.with(|hash| hash.trim_start_matches('#').to_owned());
        if !behind.is_empty() {
            token.set(behind);
        }
    });
    view! {
        <Gate title=t(text::LINK_TITLE) lead=t(text::LINK_LEAD)>
            <Form operation="redeem-sign-in-link" return_to=path::home() full_page=true>
                <div class="stack">
                    {move || match given || !token.with(String::is_empty) {
                        true => view! { <Hidden name="token" value=token /> }.into_any(),
                        false => view! {
                            <Field name="token" label=t(text::TOKEN) hint=t(text::TOKEN_HINT) required=true mono=true autocomplete="off" />
                        }
                        .into_any(),
                    }}
                    <Field
                        name="password"
                        label=t(text::NEW_PASSWORD)
                        hint=t(text::NEW_PASSWORD_HINT)
                        kind="password"
                        optional=true
                        autocomplete="new-password"
                        max_length=1_024
                    />
                    <Button label=t(text::SUBMIT).to_owned() kind=Kind::Primary />
                </div>
            </Form>
            <p class="hint"><a href=path::sign_in()>{t(text::WITH_PASSWORD)}</a></p>
        </Gate>
    }
    .into_any()
}

/// Where to go after signing in: never to another site.
fn destination() -> String {
    use_query_map()
        .with_untracked(|query| query.get("return"))
        .filter(|to| path::is_local(to))
        .unwrap_or_else(path::home)
}

/// The page around both forms.
#[component]
fn Gate(title: &'static str, lead: &'static str, children: Children) -> impl IntoView {
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
                <Preferences />
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
