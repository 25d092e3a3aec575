//! Operations: accepted work, from the row that accepts it to the answer that ends it.
//!
//! The row is written in the transaction that accepted the request; the worker (`worker`) takes it
//! from there. A kind of operation is a module with steps (`crate::instances::jobs`,
//! `crate::snapshots::jobs`); every step looks before it acts, so running it twice is harmless.

mod cancel;
pub mod crew;
pub mod job;
pub mod lease;
mod list;
pub mod retry;
pub mod store;
pub mod worker;

pub use cancel::{InstanceWas, SnapshotWas, Was, cancel, has_begun};
pub use list::{get, list};
pub use retry::retry;

use crate::{
    act::{Act, Subject},
    error::{Error, Result},
};
use api::Operation;
use domain::{OperationId, Uuid, operation::OperationState};
use serde::Serialize;
use std::time::Duration;

/// How long an operation may take, all its tries together.
pub const DEADLINE: Duration = Duration::from_secs(900);

/// What is needed to start one.
pub struct New<'a, D> {
    /// The step the worker begins with.
    pub step: &'a str,
    pub zone: Option<&'a str>,
    /// One operation at a time works on what this names.
    pub lock: Uuid,
    pub data: &'a D,
    /// What its subject was before; `None` when that can't be brought back.
    pub was: Option<Was>,
}

/// Accepts work: a row, committed with the act. This process goes on with it at once when it has room.
pub async fn start<D: Serialize>(act: &mut Act, new: New<'_, D>) -> Result<Operation> {
    let id: OperationId = act.new_id();
    let subject = subject_of(act)?;
    let slot = if act.request.dry_run { None } else { act.cloud.crew.slot(new.zone) };
    let lease = slot.as_ref().map(|_| act.cloud.now().plus(lease::LEASE));
    let task = store::insert(act, id, &subject, &new, lease).await?;
    act.started(id, slot.zip(task));
    Ok(Operation {
        id,
        state: OperationState::Pending,
        reason: None,
        message: None,
        reference: subject.reference(),
    })
}

/// Work that is done with the act itself: the operation is a success at once.
pub async fn done(act: &mut Act) -> Result<Operation> {
    let id: OperationId = act.new_id();
    let subject = subject_of(act)?;
    store::insert_done(act, id, &subject).await?;
    act.finished(id);
    Ok(Operation {
        id,
        state: OperationState::Success,
        reason: None,
        message: None,
        reference: subject.reference(),
    })
}

fn subject_of(act: &Act) -> Result<Subject> {
    act.subject().cloned().ok_or_else(|| Error::internal("an operation without a subject"))
}
