//! How the API says no: one envelope for every error.

use domain::RequestId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// 400: something in the request is wrong; `fields` says what.
    Invalid,
    /// 401: sign in, or sign the request correctly.
    Unauthenticated,
    /// 403: a policy refuses it.
    Forbidden,
    /// 403: the organization demands two-step sign-in; set it up (`begin-second-factor`), then all is open.
    SecondFactorRequired,
    /// 403: prove who you are (`confirm-session`), then send it again. Asked of browser sessions only.
    StepUpRequired,
    /// 404: it does not exist, or you may not see it.
    NotFound,
    /// 405
    MethodNotAllowed,
    /// 409: the state of things does not permit it now.
    Conflict,
    /// 409: no more of these.
    QuotaExceeded,
    /// 412: somebody changed it since you read it.
    PreconditionFailed,
    /// 413
    TooLarge,
    /// 429: wait, then try again.
    RateLimited,
    /// 500
    Internal,
    /// 503: a part of the platform is down; try again later.
    Unavailable,
    /// 507: the platform's disk is full.
    Full,
}

/// What was refused by a role, and can be asked for: the beginning of the body of `request-access`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Askable {
    pub operation: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
}

/// The body of every answer that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ErrorBody {
    /// A sentence for people: what is wrong and what to do next.
    pub message: String,
    pub code: ErrorCode,
    /// Field path (`instance-type.id`) to what is wrong with it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// The request, as it stands in the log and the audit trail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// Where a person's role refuses what they could be granted: what to ask for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_access: Option<Askable>,
}

impl std::fmt::Display for ErrorBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}
