//! Forms: what the adapter `POST /form/{operation}` takes and answers.
//!
//! A page's `<form method=post action="/form/create-instance">` works without scripts: the server
//! turns its fields into the operation's JSON, calls the API with the visitor's cookie and answers
//! with a redirect, or renders the same page again with the errors and the values. With scripts the
//! same fields are sent by `fetch`, and the answer is a [`FormOutcome`].
//!
//! Field names: `name`, `instance-type.id` (nested), `ssh-keys[].name` (repeated),
//! `user-data:base64` (the text is encoded), `labels` for a map (lines of `key=value`). Numbers and
//! booleans follow the operation's schema; an empty text is a field left out. Names that begin with
//! `_` are for the adapter.

pub use crate::{
    client::{query, unreachable},
    resolve::{decode, encode},
};

use crate::ErrorBody;
use domain::OperationId;
use serde::{Deserialize, Serialize};

/// Prefix of fields that fill the path: `_path.id`.
pub const PATH_PREFIX: &str = "_path.";
/// Sent as `Idempotency-Key`: a double click has one effect.
pub const IDEMPOTENCY_KEY: &str = "_idempotency-key";
/// Where to go on success; `{reference}` becomes the id the operation refers to.
pub const RETURN_TO: &str = "_return";
/// The page the form stands on, rendered again when something is wrong.
pub const PAGE: &str = "_page";
/// Sent as `If-Match`.
pub const IF_MATCH: &str = "_if-match";

/// Submitted fields in their order.
pub type Fields = Vec<(String, String)>;

/// A form that was refused: what was in it and what is wrong. Secrets are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormState {
    pub operation: String,
    pub values: Fields,
    pub error: ErrorBody,
}

/// What `fetch` gets back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormOutcome {
    /// It was done or accepted; go to `location`. `answer` is the API's own answer.
    Accepted {
        location: String,
        operation: Option<OperationId>,
        answer: serde_json::Value,
    },
    Refused {
        error: ErrorBody,
    },
}
