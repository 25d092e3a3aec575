//! Theme and language: two cookies that the visitor sets by a form.

use super::Portal;
use app::{
    path,
    visit::{LANGUAGE_COOKIE, THEME_COOKIE, Theme},
};
use axum::{
    extract::{RawForm, State},
    response::{IntoResponse, Response},
};
use domain::format::Language;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::sync::Arc;

const ONE_YEAR_SECONDS: u32 = 365 * 24 * 3_600;

pub async fn set(
    State(_): State<Arc<Portal>>,
    headers: HeaderMap,
    RawForm(body): RawForm,
) -> Response {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut destination = path::home();
    let mut cookies = Vec::new();
    for (name, value) in form_urlencoded::parse(&body) {
        match name.as_ref() {
            "theme" if value.parse::<Theme>().is_ok() => cookies.push(cookie(THEME_COOKIE, &value)),
            "language" if value.parse::<Language>().is_ok() => {
                cookies.push(cookie(LANGUAGE_COOKIE, &value));
            }
            api::forms::RETURN_TO if path::is_local(&value) => destination = value.into_owned(),
            _ => {}
        }
    }
    let mut response = super::page::see_other(&destination);
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

fn cookie(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age={ONE_YEAR_SECONDS}; SameSite=Lax; HttpOnly; Secure")
}
