//! What a form asks of the API, and what to make of a refusal.

use super::{
    fields::{self, given},
    in_process::Answer,
};
use api::{
    Endpoint, ErrorBody, ErrorCode, RawRequest, TransportError,
    forms::{self, Fields},
};
use http::StatusCode;
use std::collections::BTreeMap;

/// The call that a form stands for.
pub fn request(endpoint: &Endpoint, fields: &Fields) -> RawRequest {
    let params: Vec<_> = fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(forms::PATH_PREFIX)?, value.as_str())))
        .collect();
    let header = |field: &str, name: &'static str| {
        given(fields, field).filter(|value| !value.is_empty()).map(|value| (name, value.to_owned()))
    };
    RawRequest {
        method: endpoint.method,
        path_and_query: format!("/v2{}", api::fill(endpoint.path, &params)),
        headers: [
            header(forms::IDEMPOTENCY_KEY, "idempotency-key"),
            header(forms::IF_MATCH, "if-match"),
        ]
        .into_iter()
        .flatten()
        .collect(),
        body: Some(input(endpoint, fields).to_string()),
    }
}

/// The operation's input: the fields, or, where something is taken back, what stands in their place.
/// Nowhere else, since questions such as whose name is to be typed are answered by fields.
pub fn input(endpoint: &Endpoint, fields: &Fields) -> serde_json::Value {
    given(fields, forms::INPUT)
        .filter(|_| api::inverse::is_inverse(endpoint.operation))
        .and_then(|input| serde_json::from_str(input).ok())
        .unwrap_or_else(|| fields::to_json(endpoint, fields))
}

/// Why a call was not accepted.
pub fn refusal(outcome: Result<Answer, TransportError>) -> (ErrorBody, StatusCode) {
    match outcome {
        Ok(answer) => (
            serde_json::from_str(&answer.body).unwrap_or_else(|_| unreadable(&answer)),
            answer.status,
        ),
        Err(error) => (forms::unreachable(&error), StatusCode::SERVICE_UNAVAILABLE),
    }
}

fn unreadable(answer: &Answer) -> ErrorBody {
    ErrorBody {
        message: format!("The API answered {} without saying why.", answer.status),
        code: ErrorCode::Internal,
        fields: BTreeMap::new(),
        request_id: None,
        request_access: None,
    }
}
