//! Signing in by an organization's identity provider: which one, and where it leads.

use super::Gate;
use crate::{
    load::{Ask, load},
    pages::address,
    path,
    text::{sign_in, single_sign_on as text, t, t_with},
    ui::{Button, Form, Hidden, Kind, Loaded, answer_of},
};
use api::{FindSingleSignOn, SingleSignOn, SingleSignOnBegun, op};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_query_map;

#[component]
pub fn ByProvider() -> impl IntoView {
    view! {
        <Gate title=t(text::BEGIN) lead=t(text::BEGIN_LEAD)>
            {match answer_of::<SingleSignOnBegun>("begin-single-sign-on") {
                Some(begun) => view! { <Leading begun=begun /> }.into_any(),
                None => view! { <Which /> }.into_any(),
            }}
            <p class="hint"><a href=path::sign_in()>{t(text::BY_PASSWORD)}</a></p>
        </Gate>
    }
    .into_any()
}

/// Says where it goes, and goes there. The browser would not follow a form to another site.
#[component]
fn Leading(begun: SingleSignOnBegun) -> impl IntoView {
    let SingleSignOnBegun { authorization_url, host, organization_name, .. } = begun;
    let at_once = format!("0;url={authorization_url}");
    let words = [("organization", organization_name.as_str()), ("host", host.as_str())];
    view! {
        <Meta http_equiv="refresh" content=at_once />
        <p role="status">{t_with(text::LEADING, &words)}</p>
        <p><a class="button button-primary" href=authorization_url rel="external">{t_with(text::GO_TO, &words)}</a></p>
    }
    .into_any()
}

#[component]
fn Which() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| FindSingleSignOn {
            email: query.get("email").filter(|email| !email.is_empty()),
            organization: query.get("organization").and_then(|id| id.parse().ok()),
        })
    });
    move || {
        let asked = asked.get();
        match asked.email.is_none() && asked.organization.is_none() {
            true => view! { <Address /> }.into_any(),
            false => view! { <Choices asked=asked /> }.into_any(),
        }
    }
}

/// The question is the address, so it needs no scripts.
#[component]
fn Address() -> impl IntoView {
    view! {
        <form method="get" action=path::sign_in_by_provider() class="stack">
            {address::destination().map(|to| view! { <input type="hidden" name="return" value=to /> })}
            <div class="field">
                <label for="email">{t(sign_in::EMAIL)}</label>
                <input class="control" id="email" name="email" type="email" required=true autocomplete="username" maxlength="254" aria-describedby="email-hint" />
                <p class="hint" id="email-hint">{t(text::EMAIL_HINT)}</p>
            </div>
            <Button label=t(text::GO_ON).to_owned() kind=Kind::Primary />
        </form>
    }
    .into_any()
}

#[component]
fn Choices(asked: FindSingleSignOn) -> impl IntoView {
    let found = load(op::FindSingleSignOn, &[], move || Ask::with(asked.clone()));
    let again = match address::destination() {
        Some(to) => path::sign_in_by_provider_then(&to),
        None => path::sign_in_by_provider(),
    };
    view! {
        <Loaded
            answer=found
            rows=2
            view=|reply| match reply.body.single_sign_ons.is_empty() {
                true => view! {
                    <div role="status"><p><strong>{t(text::NOWHERE)}</strong></p><p>{t(text::NOWHERE_NEXT)}</p></div>
                }
                .into_any(),
                false => reply.body.single_sign_ons.into_iter().map(|one| view! { <Way one=one /> }).collect_view().into_any(),
            }
        />
        <p><a href=again>{t(text::OTHERWISE)}</a></p>
    }
    .into_any()
}

/// The answer is a page that leads away, so the browser itself goes there.
#[component]
fn Way(one: SingleSignOn) -> impl IntoView {
    let words = [
        ("organization", one.organization_name.as_str()),
        ("provider", one.provider.as_str()),
        ("host", one.host.as_str()),
    ];
    let (label, leads) = (t_with(text::WITH, &words), t_with(text::LEADS, &words));
    view! {
        <div class="stack" on:submit:capture=|event| event.stop_propagation()>
            <Form operation="begin-single-sign-on">
                <Hidden name="organization" value=one.organization.to_string() />
                {address::destination().map(|to| view! { <Hidden name="return-to" value=to /> })}
                <p class="break">{leads}</p>
                <Button label=label kind=Kind::Primary />
            </Form>
        </div>
    }
    .into_any()
}
