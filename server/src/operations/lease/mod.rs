//! Leases: who works on an operation just now, and what they may leave in its row.

pub mod store;

use domain::{
    OperationId, OrgId, ProjectId, RequestId, Timestamp, Uuid,
    operation::{OperationState, Reason},
};
use std::time::Duration;

/// How long a lease lasts without being renewed. Longer than any pause of a living process.
pub const LEASE: Duration = Duration::from_secs(30);
/// The epoch of a lease that the accepting transaction took.
pub const FIRST_EPOCH: i64 = 1;

/// An operation as the worker sees it.
#[derive(Clone, Debug)]
pub struct Task {
    pub id: OperationId,
    pub org: OrgId,
    pub project: ProjectId,
    pub zone: Option<String>,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub subject_name: String,
    pub lock: Uuid,
    pub data: serde_json::Value,
    pub step: String,
    pub attempt: i64,
    pub deadline: Timestamp,
    pub lease_epoch: i64,
    pub request_id: RequestId,
}

/// Where operations are looked for.
pub enum Where<'a> {
    Anywhere,
    Zone(&'a str),
    /// In zones that are none of these.
    NotIn(&'a [String]),
}

/// An operation that may run now.
pub struct Due {
    pub id: OperationId,
    pub lock: Uuid,
}

/// What a step leaves in the operation's row.
pub enum Mark<'a> {
    /// Goes on with another step; the lease is kept until then.
    Step { step: &'a str, data: &'a serde_json::Value, lease_until: Timestamp },
    /// Goes on with the same step later: it waits for something else.
    Pause { until: Timestamp },
    /// Tries the same step again later.
    Retry { at: Timestamp, message: &'a str },
    /// It is over.
    End { state: OperationState, reason: Option<Reason>, message: Option<&'a str> },
}
