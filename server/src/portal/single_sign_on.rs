//! Single sign-on in a browser: a cookie holds what ties the provider's answer to it, and the answer comes
//! to an address of its own.

use super::{Portal, cookies, in_process::InProcess, page, question::refusal};
use api::{Endpoint, RawRequest, forms::FormState};
use app::path;
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use domain::{OrgId, single_sign_on::SIGN_IN_WITHIN};
use http::{HeaderValue, header};
use serde_json::{Map, Value};
use std::sync::Arc;

/// What begins, and what the answer goes to.
const BEGIN: &str = "begin-single-sign-on";
const COMPLETE: &str = "complete-single-sign-on";
/// Name of the cookie. It is sent with the provider's redirect, which is a link from elsewhere.
const COOKIE: &str = "__Host-couloir-sign-in";

/// Takes what only the browser shall know out of an answer, which scripts read.
pub fn taken(endpoint: &Endpoint, answer: &mut Value) -> Option<String> {
    let answer = answer.as_object_mut().filter(|_| endpoint.operation == BEGIN)?;
    // An empty one stays, or the answer would be none that a page can read.
    let binding = answer.insert("binding".to_owned(), Value::String(String::new()))?;
    binding.as_str().map(str::to_owned)
}

/// Gives it to the browser.
pub fn hold(response: &mut Response, binding: &str) {
    set(response, binding, SIGN_IN_WITHIN.as_secs());
}

fn set(response: &mut Response, value: &str, seconds: u64) {
    let cookie =
        format!("{COOKIE}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// `GET /sign-in/answer/{organization}`: on to where the visitor wanted to go, or back to where they began,
/// with what is wrong.
pub async fn answered(
    State(portal): State<Arc<Portal>>,
    Path(organization): Path<String>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    // Another site sends the browser here. What proves that it began here are state and cookie, which the
    // API compares; so this asks as a page of ours.
    let mut ours = parts.clone();
    ours.headers.remove("sec-fetch-site");
    if let Ok(origin) = HeaderValue::from_str(&portal.cloud.origin) {
        ours.headers.insert(header::ORIGIN, origin);
    }
    let transport = InProcess::new(portal.api.clone(), &ours);
    let Some(complete) = api::find(COMPLETE) else { return page::see_other(&path::sign_in()) };
    let asked = RawRequest {
        method: complete.method,
        path_and_query: format!("/v2{}", complete.path),
        headers: Vec::new(),
        body: Some(body(&parts, &organization).to_string()),
    };
    match transport.call(asked).await {
        Ok(answer) if answer.status.is_success() => {
            let said: Value = serde_json::from_str(&answer.body).unwrap_or_default();
            let to = said["return-to"].as_str().filter(|to| path::is_local(to));
            let mut response = page::see_other(&to.map_or_else(path::home, str::to_owned));
            cookies::pass_on(&answer.headers, &mut response);
            set(&mut response, "", 0);
            response
        }
        outcome => {
            let (error, status) = refusal(outcome);
            let begin = match organization.parse::<OrgId>() {
                Ok(organization) => path::sign_in_by_organization(organization),
                Err(_) => path::sign_in_by_provider(),
            };
            let form = FormState {
                operation: BEGIN.to_owned(),
                values: Vec::new(),
                error: Some(error),
                answer: None,
                merge: None,
            };
            let mut response = page::show_again(&portal, &parts, begin, form, &[]).await;
            if !response.status().is_redirection() {
                *response.status_mut() = status;
            }
            response
        }
    }
}

/// What the provider has sent, and what the browser has kept.
fn body(parts: &http::request::Parts, organization: &str) -> Value {
    let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let mut body = Map::new();
    body.insert("organization".to_owned(), organization.into());
    body.insert(
        "binding".to_owned(),
        cookies::get(&parts.headers, COOKIE).unwrap_or_default().into(),
    );
    body.insert("state".to_owned(), "".into());
    for (name, value) in query {
        let field = match name.as_ref() {
            "state" | "code" | "error" => name.as_ref(),
            "iss" => "issuer",
            _ => continue,
        };
        body.insert(field.to_owned(), value.into_owned().into());
    }
    Value::Object(body)
}
