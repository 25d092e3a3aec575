//! Asking for what a form needs before it can be done: a sign-in, or a proof. What was filled in is
//! carried there.

use super::{CONFIRM, Kept, SIGN_IN, shown, to_go_on};
use crate::{
    http::origin,
    portal::{Portal, page, sent::page_of},
};
use api::{
    Endpoint,
    forms::{Fields, KEPT},
};
use app::{
    path,
    text::{Text, security, sign_in as text},
};
use axum::response::Response;
use http::{StatusCode, Uri, request::Parts};

/// Asks who is no longer signed in to sign in, and keeps what they have sent.
pub async fn ask(portal: &Portal, parts: &Parts, endpoint: &Endpoint, fields: Fields) -> Response {
    // Who was about to prove something wants what that was for.
    let sent = to_go_on(endpoint, &fields).and_then(Kept::sent);
    let (endpoint, fields) = sent.unwrap_or((endpoint, fields));
    let sign_in = path::sign_in_then(&page_of(&fields));
    // What another site has filled in is not shown as one's own.
    let is_ours = origin::check(&portal.cloud, &parts.headers).is_ok();
    let Some(kept) = Kept::of(endpoint, fields).filter(|_| is_ours) else {
        return page::see_other(&sign_in);
    };
    let (carries, said): (Fields, _) = match kept.packed() {
        Some(packed) => (vec![(KEPT.to_owned(), packed)], text::KEPT),
        None => (Vec::new(), text::TOO_LARGE),
    };
    // An address that is none leads home.
    let fits = sign_in.parse::<Uri>().is_ok();
    let sign_in = if fits { sign_in } else { path::sign_in() };
    let state = shown(SIGN_IN.to_owned(), carries);
    let mut response = page::show_again(portal, parts, sign_in, state, &[said]).await;
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    response
}

/// Asks who is signed in to prove it, and keeps what they have sent: it is done when they have.
pub async fn ask_for_proof(
    portal: &Portal,
    parts: &Parts,
    endpoint: &Endpoint,
    fields: Fields,
) -> Response {
    let confirm = path::confirm_then(&page_of(&fields));
    let kept = Kept::of(endpoint, fields).filter(Kept::can_go_on);
    let (carries, said): (Fields, &[Text]) = match kept.and_then(|kept| kept.packed()) {
        Some(packed) => (vec![(KEPT.to_owned(), packed)], &[]),
        None => (Vec::new(), &[security::NOT_CARRIED]),
    };
    let fits = confirm.parse::<Uri>().is_ok();
    let page = if fits { confirm } else { path::security_act(path::Security::Confirm) };
    let state = shown(CONFIRM.to_owned(), carries);
    let mut response = page::show_again(portal, parts, page, state, said).await;
    *response.status_mut() = StatusCode::FORBIDDEN;
    response
}
