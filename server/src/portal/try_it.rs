//! `POST /api/{operation}`: an operation that somebody tries in the reference. It is called as they
//! would call it themselves, and the page shows what came of it.

use super::{
    Portal, cookies, fields,
    fields::given,
    in_process::{Answer, InProcess},
    organization, page,
};
use api::{
    BODY_BYTES_MAX, Endpoint, ErrorBody, ErrorCode, Kind, Method, RawRequest, TransportError,
    forms::{self, Fields},
};
use app::{
    path,
    reference::{DRY_RUN, Tried},
};
use axum::{
    body::to_bytes,
    extract::{Path, Request, State},
    response::Response,
};
use http::{HeaderMap, HeaderValue, header};
use std::sync::Arc;

/// Longest answer that is shown, in characters.
const SHOWN_CHARACTERS_MAX: usize = 50_000;
/// What of an answer's head is shown.
const HEADERS: [&str; 5] = ["x-request-id", "etag", "link", "retry-after", "content-type"];
/// What would take the place of the session that tries it.
const NOT_TRIED: [&str; 5] = [
    "create-session",
    "redeem-sign-in-link",
    "accept-invitation",
    "request-password-reset",
    "reset-password",
];

pub async fn submit(
    State(portal): State<Arc<Portal>>,
    Path(operation): Path<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let tried = api::find(&operation).filter(|endpoint| {
        endpoint.kind != Kind::Stream && !NOT_TRIED.contains(&endpoint.operation)
    });
    let Some(endpoint) = tried else { return page::show(&portal, &parts).await };
    let transport = InProcess::new(portal.api.clone(), &parts);
    let Ok(bytes) = to_bytes(body, BODY_BYTES_MAX).await else {
        return page::see_other(&path::reference_of(endpoint.operation));
    };
    let fields: Fields = form_urlencoded::parse(&bytes).into_owned().collect();
    let call = call(endpoint, &fields);
    let line = format!("{} {}", call.method.as_str(), call.path_and_query);
    let before = portal.cloud.now();
    let outcome = match organization::check(&transport, endpoint, &fields).await {
        Ok(()) => transport.call(call).await,
        Err(refused) => refused,
    };
    let millis = portal.cloud.now().since(before).as_millis();
    let answer = outcome.unwrap_or_else(|error| unreached(&error));
    let (body, cut) = laid_out(&answer.body);
    let tried = Tried {
        values: fields.into_iter().filter(|(name, _)| !is_secret(name)).collect(),
        request: line,
        status: answer.status.as_u16(),
        millis: i64::try_from(millis).unwrap_or(i64::MAX),
        headers: shown(&answer.headers),
        body,
        cut,
    };
    let mut response = page::show_tried(&portal, &parts, tried).await;
    cookies::pass_on(&answer.headers, &mut response);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The call that the fields stand for: a query for what reads, JSON for everything else.
fn call(endpoint: &Endpoint, given_fields: &Fields) -> RawRequest {
    let fields = one_by_one(given_fields);
    let params: Vec<_> = fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(forms::PATH_PREFIX)?, value.as_str())))
        .collect();
    let mut path_and_query = format!("/v2{}", api::fill(endpoint.path, &params));
    if endpoint.method == Method::GET {
        let asked =
            fields.iter().filter(|(name, value)| !name.starts_with('_') && !value.is_empty());
        let query = asked.map(|(name, value)| (name.clone(), value.clone().into()));
        path_and_query.push_str(&forms::query(&query.collect::<serde_json::Map<_, _>>()));
        return RawRequest {
            method: endpoint.method,
            path_and_query,
            headers: Vec::new(),
            body: None,
        };
    }
    if given(&fields, DRY_RUN).is_some() {
        path_and_query.push_str("?dry-run=true");
    }
    let body = Some(fields::to_json(endpoint, &fields).to_string());
    RawRequest { method: endpoint.method, path_and_query, headers: Vec::new(), body }
}

/// Lists are typed with a line for each value.
fn one_by_one(fields: &Fields) -> Fields {
    let lines = |(name, value): &(String, String)| -> Fields {
        match name.contains("[]") {
            true => value
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(|line| (name.clone(), line.to_owned()))
                .collect(),
            false => vec![(name.clone(), value.clone())],
        }
    };
    // An empty map would empty what is there, and nobody has asked for that.
    let empty_map = |(name, value): &&(String, String)| forms::is_map(name) && value.is_empty();
    fields.iter().filter(|field| !empty_map(field)).flat_map(lines).collect()
}

fn is_secret(name: &str) -> bool {
    ["password", "current", "token", "code"].contains(&name)
}

fn shown(headers: &HeaderMap) -> Vec<(String, String)> {
    let value = |name: &str| headers.get(name)?.to_str().ok().map(str::to_owned);
    HEADERS.iter().filter_map(|name| Some(((*name).to_owned(), value(name)?))).collect()
}

/// JSON with its lines, as much as can be shown.
fn laid_out(body: &str) -> (String, Option<usize>) {
    let json: Result<serde_json::Value, _> = serde_json::from_str(body);
    let text = json.and_then(|json| serde_json::to_string_pretty(&json));
    let text = text.unwrap_or_else(|_| body.to_owned());
    match text.char_indices().nth(SHOWN_CHARACTERS_MAX) {
        Some((end, _)) => (text[..end].to_owned(), Some(SHOWN_CHARACTERS_MAX)),
        None => (text, None),
    }
}

fn unreached(error: &TransportError) -> Answer {
    let body = ErrorBody { code: ErrorCode::Unavailable, ..forms::unreachable(error) };
    Answer {
        status: http::StatusCode::SERVICE_UNAVAILABLE,
        headers: HeaderMap::new(),
        body: serde_json::to_string(&body).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(operation: &str, fields: &[(&str, &str)]) -> (String, Option<String>) {
        let endpoint = api::find(operation).expect("an operation of the table");
        let fields = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let call = call(endpoint, &fields);
        (format!("{} {}", call.method.as_str(), call.path_and_query), call.body)
    }

    #[test]
    fn reads_have_a_query_and_writes_a_body() {
        let read = [("zone", "ch-gva-2"), ("q", "a b"), ("state", ""), ("_organization", "1")];
        assert_eq!(made("list-instances", &read).0, "GET /v2/instance?q=a%20b&zone=ch-gva-2");
        let keys = [("_path.id", "7"), (DRY_RUN, "true"), ("labels", ""), ("name", "x")];
        let (line, body) = made("update-instance", &keys);
        assert_eq!(line, "PUT /v2/instance/7?dry-run=true");
        assert_eq!(body.as_deref(), Some(r#"{"name":"x"}"#));
    }

    #[test]
    fn lists_are_typed_a_line_for_each_value() {
        let fields = [("ids[]", "a\r\n\r\n b "), ("action", "stop-instance")];
        let (_, body) = made("create-bulk-action", &fields);
        let body: serde_json::Value =
            serde_json::from_str(&body.unwrap_or_default()).unwrap_or_default();
        assert_eq!(body["ids"], serde_json::json!(["a", "b"]));
    }
}
