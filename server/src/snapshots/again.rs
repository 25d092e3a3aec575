//! What an operation on a snapshot that failed was to do, asked for again.

use super::{Plan, delete, export, start, subject};
use crate::{
    act::Act,
    error::{Error, Result},
    instances,
    operations::Was,
};
use api::{Nothing, Operation};
use domain::{instance::Verb, snapshot::SnapshotState};

pub async fn again(
    act: &mut Act,
    kind: &str,
    snapshot: &str,
    instance: &str,
    plan: Plan,
) -> Result<Operation> {
    // A snapshot is asked for by its instance's id.
    let id = if matches!(plan, Plan::Create) { instance } else { snapshot };
    act.stand_for(kind, &[("id", id), ("snapshot-id", snapshot)], &Nothing {}).await?;
    match plan {
        Plan::Create => take_again(act).await,
        Plan::Delete => delete(act, Nothing {}).await,
        Plan::Export => export(act, Nothing {}).await,
    }
}

/// The snapshot is there, in error, and counted: the same one is taken.
async fn take_again(act: &mut Act) -> Result<Operation> {
    instances::subject(act, "id", Verb::CreateSnapshot).await?;
    let row = subject(act, "snapshot-id").await?;
    if row.state != SnapshotState::Error {
        return Err(Error::Conflict(format!(
            "The snapshot {:?} is {}: there is nothing to try again.",
            row.name, row.state
        )));
    }
    let was = Was::Snapshot(row.was());
    start(act, &row, was, SnapshotState::Snapshotting, &Plan::Create).await
}
