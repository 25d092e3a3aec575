//! The name that is typed before what can't be taken back.
//!
//! The browser compares it by a pattern, which scripts, old browsers and a changed page may leave
//! out. What it is compared with here is read from the API and does not come with the form, so that
//! a form can neither leave the question out nor bring the answer along. A call of the API itself
//! asks nothing: whoever writes `DELETE` means it.

use super::{
    fields::{given, to_json},
    in_process::{Answer, InProcess},
};
use api::{
    Endpoint, ErrorBody, ErrorCode, RawRequest, TransportError,
    forms::{CONFIRM, Fields, PATH_PREFIX},
};
use http::StatusCode;

/// What asks for a name: the operation, what reads the thing that has it, and the parameter of the
/// operation's path that says which one.
const ASKING: [(&str, &str, &str); 5] = [
    ("delete-instance", "get-instance", "id"),
    ("reset-instance", "get-instance", "id"),
    ("revert-instance-to-snapshot", "get-instance", "instance-id"),
    ("delete-snapshot", "get-snapshot", "id"),
    ("delete-template", "get-template", "id"),
];

/// Asks for how many it does it to, when that can't be taken back.
const BULK: (&str, &str) = ("create-bulk-action", "delete-instance");

/// The question that reads what is to be typed, if the operation wants that.
pub fn question(endpoint: &Endpoint, fields: &Fields) -> Option<RawRequest> {
    if endpoint.operation == BULK.0 && given(fields, "action") == Some(BULK.1) {
        return Some(RawRequest {
            method: endpoint.method,
            path_and_query: format!("/v2{}?dry-run=true", endpoint.path),
            headers: Vec::new(),
            body: Some(to_json(endpoint, fields).to_string()),
        });
    }
    let (_, read, parameter) = ASKING.iter().find(|(asks, ..)| *asks == endpoint.operation)?;
    let read = api::find(read)?;
    // The first of several, as the path of the operation itself is filled.
    let id = fields.iter().find(|(name, _)| name.strip_prefix(PATH_PREFIX) == Some(parameter));
    let id = id.map(|(_, id)| id.as_str()).unwrap_or_default();
    Some(RawRequest {
        method: read.method,
        path_and_query: format!("/v2{}", api::fill(read.path, &[("id", id)])),
        headers: Vec::new(),
        body: None,
    })
}

/// Asks it. An error of the API is passed on, but for one: what is gone asks for nothing, and a
/// form that was sent twice gets its first answer again.
pub async fn check(
    transport: &InProcess,
    question: RawRequest,
    fields: &Fields,
) -> Result<(), Result<Answer, TransportError>> {
    let answer = transport.call(question).await.map_err(Err)?;
    if answer.status == StatusCode::NOT_FOUND {
        return Ok(());
    }
    if !answer.status.is_success() {
        return Err(Ok(answer));
    }
    let thing: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let name = match &thing["items"]["total"] {
        serde_json::Value::Null => thing["name"].as_str().unwrap_or_default().to_owned(),
        count => count.to_string(),
    };
    if given(fields, CONFIRM).is_some_and(|typed| typed == name) {
        return Ok(());
    }
    let error = ErrorBody {
        message: "What was typed is not what was asked for, so nothing was done.".to_owned(),
        code: ErrorCode::Invalid,
        fields: [(CONFIRM.to_owned(), format!("must be {name}"))].into(),
        request_id: None,
        request_access: None,
    };
    let body = serde_json::to_string(&error).unwrap_or_default();
    Err(Ok(Answer { status: StatusCode::BAD_REQUEST, body, ..answer }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_for_a_name_reads_it_where_it_is() {
        for (operation, read, parameter) in ASKING {
            let endpoint = api::find(operation).expect(operation);
            assert!(endpoint.path.contains(&format!("{{{parameter}}}")), "{operation}");
            let fields =
                ["7", "8"].map(|id| (format!("{PATH_PREFIX}{parameter}"), id.to_owned())).into();
            let question = question(endpoint, &fields).expect(read);
            assert!(question.path_and_query.ends_with("/7"), "{}", question.path_and_query);
        }
    }
}
