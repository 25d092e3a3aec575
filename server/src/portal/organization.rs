//! A page that shows one organization acts in no other.
//!
//! The session says which organization a person is in, for all tabs at once. A tab that is still
//! open from before a switch shows the old one; its forms must not change the new one unseen.

use super::{
    fields::given,
    in_process::{Answer, InProcess},
};
use api::{
    Access, Endpoint, ErrorBody, ErrorCode, RawRequest, TransportError,
    forms::{Fields, ORGANIZATION},
};
use http::StatusCode;

/// What acts in no organization.
const ANYWHERE: [&str; 2] = ["switch-organization", "delete-session"];

/// Compares the organization that the form's page shows with the session's.
pub async fn check(
    transport: &InProcess,
    endpoint: &Endpoint,
    fields: &Fields,
) -> Result<(), Result<Answer, TransportError>> {
    let shown = given(fields, ORGANIZATION).filter(|_| !ANYWHERE.contains(&endpoint.operation));
    let (Some(shown), Some(read)) = (shown, api::find("get-me")) else { return Ok(()) };
    let question = RawRequest {
        method: read.method,
        path_and_query: format!("/v2{}", read.path),
        headers: Vec::new(),
        body: None,
    };
    let answer = transport.call(question).await.map_err(Err)?;
    if answer.status == StatusCode::UNAUTHORIZED && endpoint.access != Access::Public {
        // Nobody is signed in, and forms that call nothing ask for that, too.
        return Err(Ok(answer));
    }
    if !answer.status.is_success() {
        // The form's own call says why.
        return Ok(());
    }
    let me: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let present = &me["organization"];
    if present["id"] == shown {
        return Ok(());
    }
    let name = present["name"].as_str().unwrap_or_default();
    let error = ErrorBody {
        message: format!(
            "You have switched to the organization {name} meanwhile, and this page shows another. \
             Nothing was done: load the page again, or switch back."
        ),
        code: ErrorCode::Conflict,
        fields: Default::default(),
        request_id: None,
        request_access: None,
    };
    let body = serde_json::to_string(&error).unwrap_or_default();
    Err(Ok(Answer { status: StatusCode::CONFLICT, body, ..answer }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_anywhere_exists() {
        for operation in ANYWHERE {
            assert!(api::find(operation).is_some(), "{operation}");
        }
    }
}
