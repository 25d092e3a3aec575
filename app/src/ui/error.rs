//! Errors: what happened, why, what next, and the request's number for whoever helps.

use super::{
    copy::CopyButton,
    icons::{self, IconView},
};
use crate::{
    path,
    shell::Crumbs,
    text::{Text, common, errors, security, t},
    visit::visit,
};
use api::{ErrorBody, ErrorCode};
use leptos::prelude::*;
use leptos_meta::Title;

/// An error in the place of what it kept from being shown.
#[component]
pub fn ErrorPanel(
    error: ErrorBody,
    /// This is the page, not a part of it.
    #[prop(optional)]
    page: bool,
    /// What to do next, where more is known than the code says.
    #[prop(optional)]
    next: Option<Text>,
) -> impl IntoView {
    let (title, usual) = errors::of(error.code);
    let next = next.unwrap_or(usual);
    if page {
        page_status(error.code);
    }
    let sign_in = (error.code == ErrorCode::Unauthenticated)
        .then(|| view! { <a class="button button-primary" href=path::sign_in_then(&visit().path) rel="external">{t(crate::text::sign_in::SUBMIT)}</a> });
    let retry =
        matches!(error.code, ErrorCode::Internal | ErrorCode::Unavailable | ErrorCode::Full).then(
            || view! { <a class="button" href=visit().path rel="external">{t(common::RELOAD)}</a> },
        );
    // Who has come to nothing of theirs needs a way on.
    let home = (page && matches!(error.code, ErrorCode::NotFound | ErrorCode::Forbidden))
        .then(|| view! { <a class="button" href=path::home()>{t(errors::GO_HOME)}</a> });
    // The sentence of a policy names the operation.
    let refused = error.message.split_once(" refuses ").and_then(|(_, rest)| rest.split_once(':'));
    let why = refused.filter(|_| error.code == ErrorCode::Forbidden).map(|(operation, _)| {
        view! { <a class="button" href=path::simulator_asking(operation)>{t(errors::SIMULATE)}</a> }
    });
    // A rule that holds is no alarm.
    let (frame, icon) = match error.code {
        ErrorCode::Forbidden => ("error-panel error-rule", icons::LOCK),
        _ => ("error-panel", icons::TRIANGLE_ALERT),
    };
    view! {
        {page.then(|| view! { <Title text=t(title) /> })}
        <section class=frame role="alert">
            <IconView icon=icon />
            <div class="stack-small">
                {match page {
                    true => view! {
                        <Crumbs title=t(title).into_any() about=None />
                        <h1 tabindex="-1">{t(title)}</h1>
                    }
                    .into_any(),
                    false => view! { <h2>{t(title)}</h2> }.into_any(),
                }}
                <ErrorText error=error />
                <p class="lead">{t(next)}</p>
                <div class="row">{sign_in}{retry}{why}{home}</div>
            </div>
        </section>
    }
    .into_any()
}

/// The API's own sentence, the way to asking for what was refused, and the request's number.
#[component]
pub fn ErrorText(error: ErrorBody) -> impl IntoView {
    let details = details(&error);
    // Beside what was typed, which stays.
    let set_up = (error.code == ErrorCode::SecondFactorRequired).then(|| {
        let to = path::security_act(path::Security::SetUp);
        view! { <p><a href=to target="_blank" rel="external">{t(security::SET_UP)}</a></p> }
    });
    let ask = error.request_access;
    let ask = ask.map(|ask| path::request_access(&ask.operation, ask.resource.as_deref()));
    view! {
        <p lang="en">{error.message}</p>
        {set_up}
        {ask.map(|to| view! { <p><a class="button" href=to>{t(errors::REQUEST_ACCESS)}</a></p> })}
        {error.request_id.map(|id| view! {
            <p class="request-id">
                {t(errors::REQUEST_ID)}
                <code>{id.to_string()}</code>
                <CopyButton text=details what=t(errors::COPY_DETAILS) />
            </p>
        })}
    }
    .into_any()
}

/// Everything that whoever helps needs to know, as text.
fn details(error: &ErrorBody) -> String {
    let id = error.request_id.map(|id| id.to_string()).unwrap_or_default();
    let mut text = format!("{}\n{:?}\n{id}", error.message, error.code);
    for (field, what) in &error.fields {
        text.push_str(&format!("\n{field}: {what}"));
    }
    text
}

/// Gives the page the status of what went wrong.
#[cfg(feature = "ssr")]
pub fn page_status(code: ErrorCode) {
    use http::StatusCode as S;
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(match code {
            ErrorCode::Invalid => S::BAD_REQUEST,
            ErrorCode::Unauthenticated => S::UNAUTHORIZED,
            ErrorCode::Forbidden | ErrorCode::SecondFactorRequired | ErrorCode::StepUpRequired => {
                S::FORBIDDEN
            }
            ErrorCode::NotFound => S::NOT_FOUND,
            ErrorCode::MethodNotAllowed => S::METHOD_NOT_ALLOWED,
            ErrorCode::Conflict | ErrorCode::QuotaExceeded => S::CONFLICT,
            ErrorCode::PreconditionFailed => S::PRECONDITION_FAILED,
            ErrorCode::TooLarge => S::PAYLOAD_TOO_LARGE,
            ErrorCode::RateLimited => S::TOO_MANY_REQUESTS,
            ErrorCode::Internal => S::INTERNAL_SERVER_ERROR,
            ErrorCode::Unavailable => S::SERVICE_UNAVAILABLE,
            ErrorCode::Full => S::INSUFFICIENT_STORAGE,
        });
    }
}

#[cfg(not(feature = "ssr"))]
pub fn page_status(_: ErrorCode) {}
