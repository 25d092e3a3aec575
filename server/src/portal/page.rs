//! Rendering pages.

use super::{Portal, cookies, in_process::InProcess, undo};
use crate::http::{compression, openapi};
use api::{Client, ErrorCode, Me, forms::FormState, op};
use app::{
    as_code::Tool,
    path,
    reference::{Given, Tried},
    text::Text,
    tool::TOOL_COOKIE,
    visit::{Account, KeySource, LANGUAGE_COOKIE, THEME_COOKIE, Visit},
};
use axum::{body::Body, response::Response};
use domain::format::Language;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header, request::Parts};
use leptos::{nonce::Nonce, prelude::provide_context};
use std::sync::Arc;

/// Prepares the renderer; to be called before the first page.
pub fn start() {
    // The walk over the routes is what starts the renderer's executor; its result is not needed,
    // because every address that is nothing else is a page, if only the one that says so.
    drop(leptos_axum::generate_route_list(|| ()));
}

/// Shows a page, or the way to sign in.
pub async fn show(portal: &Portal, parts: &Parts) -> Response {
    let here = path_and_query(parts);
    let public = is_public(parts.uri.path());
    let (me, trouble) = match who(portal, parts).await {
        Ok(me) => (me, None),
        Err(error) => (None, Some(error)),
    };
    let reference = reference(me.as_ref(), None);
    let me = me.map(Account::from);
    if me.is_none() && trouble.is_none() && !public {
        return see_other(&path::sign_in_then(&here));
    }
    if me.is_some() && parts.uri.path() == path::sign_in() {
        return see_other(&path::home());
    }
    if let Some(set_up) = shut_out(me.as_ref(), &here) {
        return set_up;
    }
    let undo = undo::carried(&parts.headers).filter(|_| me.is_some());
    let offered = undo.is_some();
    let visit =
        Visit { me, undo, trouble: trouble.filter(|_| !public), ..stranger(portal, parts, here) };
    let mut response = render(portal, parts, visit, reference).await;
    if offered {
        undo::drop_carried(response.headers_mut());
    }
    response
}

/// Shows an operation of the reference with what came of trying it.
pub async fn show_tried(portal: &Portal, parts: &Parts, tried: Tried) -> Response {
    let me = who(portal, parts).await.ok().flatten();
    let reference = reference(me.as_ref(), Some(tried));
    let visit =
        Visit { me: me.map(Account::from), ..stranger(portal, parts, path_and_query(parts)) };
    render(portal, parts, visit, reference).await
}

fn reference(me: Option<&Me>, tried: Option<Tried>) -> Given {
    Given { document: openapi::document(), policy: me.and_then(|me| me.role.policy.clone()), tried }
}

/// Shows the page that a form stands on again, with the form as it was and what there is to say.
pub async fn show_again(
    portal: &Portal,
    parts: &Parts,
    page: String,
    form: FormState,
    said: &[Text],
) -> Response {
    let me = who(portal, parts).await.ok().flatten();
    let reference = reference(me.as_ref(), None);
    let me = me.map(Account::from);
    if let Some(set_up) = shut_out(me.as_ref(), &page) {
        return set_up;
    }
    let visit = Visit { me, form: Some(form), ..stranger(portal, parts, page) };
    let said: Vec<_> = said.iter().map(|text| text.in_language(visit.language)).collect();
    let notice = (!said.is_empty()).then(|| said.join(" "));
    let visit = Visit { notice, ..visit };
    render(portal, parts, visit, reference).await
}

/// Sends the browser on with a `GET`.
pub fn see_other(destination: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let location = HeaderValue::from_str(destination).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, location);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Whoever lacks the second step that the organization demands is led to where it is set up.
fn shut_out(me: Option<&Account>, here: &str) -> Option<Response> {
    let missing = me.is_some_and(|me| me.second_factor_missing);
    let page = here.split('?').next().unwrap_or_default();
    let is_there = is_public(page)
        || [path::Security::SetUp, path::Security::Confirm]
            .into_iter()
            .any(|act| page == path::security_act(act));
    (missing && !is_there).then(|| see_other(&path::set_up_then(here)))
}

fn is_public(path: &str) -> bool {
    path == path::style() || path == path::sign_in() || path.starts_with("/sign-in/")
}

fn path_and_query(parts: &Parts) -> String {
    parts.uri.path_and_query().map_or_else(path::home, |given| given.as_str().to_owned())
}

/// Who is signed in; nobody without a valid session.
async fn who(portal: &Portal, parts: &Parts) -> Result<Option<Me>, api::ErrorBody> {
    if cookies::get(&parts.headers, api::SESSION_COOKIE).is_none() {
        return Ok(None);
    }
    let client = Client::new(Arc::new(InProcess::new(portal.api.clone(), parts)));
    match client.call(op::GetMe, &[], &api::Nothing {}).await {
        Ok(reply) => Ok(Some(reply.body)),
        Err(error) if error.code == ErrorCode::Unauthenticated => Ok(None),
        Err(error) => Err(error),
    }
}

/// A visit of which nothing is known but what the browser says.
fn stranger(portal: &Portal, parts: &Parts, path: String) -> Visit {
    let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let chosen = |name| cookies::get(&parts.headers, name);
    Visit {
        language: chosen(LANGUAGE_COOKIE)
            .and_then(|language| language.parse().ok())
            .unwrap_or_else(|| Language::negotiate(accepted.unwrap_or_default())),
        theme: chosen(THEME_COOKIE).and_then(|theme| theme.parse().ok()).unwrap_or_default(),
        now: portal.cloud.now(),
        path,
        origin: portal.cloud.origin.clone(),
        me: None,
        form: None,
        notice: None,
        trouble: None,
        undo: None,
    }
}

async fn render(portal: &Portal, parts: &Parts, visit: Visit, reference: Given) -> Response {
    let nonce = crate::random::token();
    let transport = Arc::new(InProcess::new(portal.api.clone(), parts));
    let client = Client::new(transport.clone());
    let cloud = portal.cloud.clone();
    let keys = KeySource(Arc::new(move || crate::random::id(cloud.now()).to_string()));
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = visit.path.parse().unwrap_or_default();
    let given = nonce.clone();
    let tool = Tool::named(cookies::get(&parts.headers, TOOL_COOKIE).unwrap_or_default());
    let context = move || {
        provide_context(Nonce::from_value(given.as_str()));
        provide_context(client.clone());
        provide_context(visit.clone());
        provide_context(keys.clone());
        provide_context(tool);
        provide_context(reference.clone());
    };
    let assets = portal.assets.clone();
    let render =
        leptos_axum::render_app_async_with_context(context, move || app::document(&assets));
    let mut response = render(request).await;
    let headers = response.headers_mut();
    set_policy(headers, &nonce);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("cookie, accept-language"));
    // What answers a form may show what is shown once.
    if parts.method == Method::GET && !transport.got_secret() {
        compression::allow(&mut response);
    }
    response
}

/// What a page may do: run our script, and talk to us.
fn set_policy(headers: &mut HeaderMap, nonce: &str) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
         frame-ancestors 'none'"
    );
    if let Ok(value) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
}
