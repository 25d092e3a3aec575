//! Forms: what the adapter `POST /form/{operation}` takes and answers.
//!
//! A page's `<form method=post action="/form/create-instance">` works without scripts: the server
//! turns its fields into the operation's JSON, calls the API with the visitor's cookie and answers
//! with a redirect, or renders the same page again with the errors and the values. With scripts the
//! same fields are sent by `fetch`, and the answer is a [`FormOutcome`].
//!
//! Field names: `name`, `instance-type.id` (nested), `ssh-keys[].name` (repeated),
//! `rules[2].expression` (of the third),
//! `user-data:base64` (the text is encoded), `labels` for a map (lines of `key=value`). Numbers and
//! booleans follow the operation's schema; `policy:json` is written as JSON, and `:json` is the whole input; an empty text is a field left out, unless the name ends
//! with `:or-empty` or `:base64-or-empty`. Names that begin with `_` are for the adapter.

pub use crate::{
    client::{query, unreachable},
    resolve::{decode, encode},
};

use crate::ErrorBody;
use domain::{OperationId, Timestamp};
use serde::{Deserialize, Serialize};

/// Prefix of fields that fill the path: `_path.id`.
pub const PATH_PREFIX: &str = "_path.";
/// Sent as `Idempotency-Key`: a double click has one effect.
pub const IDEMPOTENCY_KEY: &str = "_idempotency-key";
/// Where to go on success; `{reference}` becomes the id the operation refers to. Without it the page
/// itself is shown again, with the answer: for what is shown once and must never stand in a URL.
pub const RETURN_TO: &str = "_return";
/// The page the form stands on, rendered again when something is wrong.
pub const PAGE: &str = "_page";
/// Sent as `If-Match`.
pub const IF_MATCH: &str = "_if-match";
/// The organization that the page shows. The adapter acts in no other.
pub const ORGANIZATION: &str = "_organization";
/// The name that was typed before what can't be taken back. The adapter compares it.
pub const CONFIRM: &str = "_confirm";
/// Name of a button that does something else on the way, such as registering a key while an
/// instance is being described: its value is the operation, whose fields are `_{operation}.{name}`.
/// The page is shown again with everything that was filled in.
pub const DETOUR: &str = "_detour";

/// Name of a button that changes the form itself, such as moving a line of it: nothing is done, and
/// the page is shown again with everything that was filled in. Its value says what to change.
pub const RESHAPE: &str = "_reshape";

/// Prefix of what a field had when the form was opened: `_was.name`. A form that has these is merged
/// when somebody else changed the same thing meanwhile.
pub const WAS_PREFIX: &str = "_was.";
/// Prefix of what somebody had typed where both changed a field, while it is asked whose stays.
pub const YOURS_PREFIX: &str = "_yours.";
/// Prefix of whose value stays: [`YOURS`] or [`THEIRS`].
pub const MERGE_PREFIX: &str = "_merge.";
/// What was typed stays.
pub const YOURS: &str = "yours";
/// What somebody else saved stays.
pub const THEIRS: &str = "theirs";

/// A form that was sent after its session had ended, or before somebody has proven who they are, as
/// it is carried by the form that signs in again, or that proves it.
pub const KEPT: &str = "_kept";

/// The operation's whole input as JSON, in the place of fields: how an act is undone.
pub const INPUT: &str = "_input";
/// What the thing must still be for the act to be done, as JSON; else it was changed since.
pub const EXPECT: &str = "_expect";
/// How long an act can be undone with one press, in seconds.
pub const UNDO_SECONDS: u32 = 10;

/// Fields that are whole numbers, in every operation that has them.
const NUMBERS: &[&str] = &[
    "api-call-days",
    "history-days",
    "days",
    "disk-size",
    "expected",
    "hours",
    "instance-recovery-hours",
    "max-session-ttl",
    "overlap-hours",
    "ttl",
];
/// Fields that are true or false.
const FLAGS: &[&str] = &[
    "application-consistent-snapshot-enabled",
    "auto-start",
    "editable",
    "ipv6-enabled",
    "password-enabled",
    "paused",
    "second-factor-required",
    "secureboot-enabled",
    "shared",
    "single-keys",
    "ssh-key-enabled",
    "start",
    "tpm-enabled",
    "two-step-trusted",
];
/// Places of a list that a form can name.
const PLACES_MAX: usize = 100;
/// Fields that are maps, a line for each `key=value`.
const MAPS: &[&str] = &["labels"];

/// Whether a field is a whole number. The server reads that from the operation's schema; browsers
/// have none, and a test holds these names against all of them.
pub fn is_number(name: &str) -> bool {
    NUMBERS.contains(&name)
}

/// Whether a field is true or false; as [`is_number`].
pub fn is_flag(name: &str) -> bool {
    FLAGS.contains(&name)
}

/// Whether a field is a map; as [`is_number`].
pub fn is_map(name: &str) -> bool {
    MAPS.contains(&name)
}

/// The name that a field of an operation has in the form that goes to it on a detour.
pub fn detour_field(operation: &str, field: &str) -> String {
    format!("_{operation}.{field}")
}

/// The list and the place that a part of a field's name says: `rules[2]`, the third of `rules`. Places
/// that are left empty close up, so rows of a form may be.
pub fn placed(part: &str) -> Option<(&str, usize)> {
    let (name, at) = part.strip_suffix(']')?.split_once('[')?;
    at.parse().ok().filter(|at| *at < PLACES_MAX).map(|at| (name, at))
}

/// Takes out what was left empty of lists that were filled in by place.
pub fn close_up(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Array(list) => list.retain(|one| *one != serde_json::json!({})),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(close_up),
        _ => {}
    }
}

/// Submitted fields in their order.
pub type Fields = Vec<(String, String)>;

/// A form whose page is shown again: what was in it, and what became of it. Secrets that were filled
/// in are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormState {
    pub operation: String,
    pub values: Fields,
    /// Why it was refused.
    pub error: Option<ErrorBody>,
    /// What the API answered, where the page is the only place that shows it.
    pub answer: Option<serde_json::Value>,
    /// What somebody else changed since the form was opened: a [`Merge`]. Not read by every page, so
    /// its type is no part of what every page loads.
    #[serde(default)]
    pub merge: Option<serde_json::Value>,
}

/// What two people changed at once, and what has become of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merge {
    /// Who saved last, as far as one may know.
    pub who: Option<String>,
    /// When they did.
    pub at: Option<Timestamp>,
    /// The fields that are not what they were.
    pub fields: Vec<Merged>,
    /// What the form's fields become: what only one changed is taken over, and what is there now is
    /// what the next change is compared with.
    pub values: Fields,
}

/// One field of a [`Merge`], as the form has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    pub name: String,
    /// When the form was opened.
    pub was: String,
    pub theirs: String,
    pub yours: String,
}

impl Merged {
    /// Both changed it, so somebody has to choose.
    pub fn is_conflict(&self) -> bool {
        self.yours != self.was
    }
}

/// How an act that was just done is taken back: a form for its inverse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// What was done: `stop-instance`.
    pub done: String,
    /// To what it was done, by name.
    pub name: String,
    /// What takes it back: `start-instance`.
    pub operation: String,
    pub fields: Fields,
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
        /// How it is taken back: an [`Undo`].
        #[serde(default)]
        undo: Option<serde_json::Value>,
    },
    Refused {
        error: ErrorBody,
        /// Somebody else changed it since the form was opened: a [`Merge`].
        #[serde(default)]
        merge: Option<serde_json::Value>,
    },
}
