//! What an operation's subject was before the operation was asked for: the `was` of its row.

use domain::{SnapshotId, instance::InstanceState, snapshot::SnapshotState};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "was", rename_all = "kebab-case")]
pub enum Was {
    /// It was not there: it was made to be worked on, and goes with the operation.
    Nothing,
    Instance(InstanceWas),
    Snapshot(SnapshotWas),
    Template {
        state: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceWas {
    pub state: InstanceState,
    pub reason: Option<String>,
    /// In microseconds, as the row has it: the wire's timestamps are rounded.
    pub recover_until_us: Option<i64>,
    /// Those that go with it when it is deleted.
    pub snapshots: Vec<SnapshotWas>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotWas {
    pub id: SnapshotId,
    pub state: SnapshotState,
    pub reason: Option<String>,
}
