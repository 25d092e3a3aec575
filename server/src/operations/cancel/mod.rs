//! `cancel-operation`: what waits and was never begun is taken back, and its subject is what it was.
//!
//! Only an operation that nobody has leased is sure to have done nothing. What its acceptance changed
//! (the subject's state, what was taken from quotas) is put back in the act that ends it; nothing of
//! it was metered yet. The act ends with a compare-and-set, so it is either this or the worker.

mod was;

pub use was::{InstanceWas, SnapshotWas, Was};

use super::store::{self, Found};
use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    instances, list_exports, snapshots, templates,
};
use api::{Nothing, Operation};
use domain::{OperationId, operation::OperationState};

pub async fn cancel(act: &mut Act, _: Nothing) -> Result<Operation> {
    let (org, id): (_, OperationId) = (act.org()?, act.param("id")?);
    let found = store::find(act.db(), org, id).await?;
    let found = found.ok_or_else(|| Error::not_found("operation"))?;
    let was = must_wait(&found)?;
    let (kind, outcome) = match found.subject_kind.as_str() {
        "instance" => ("instance", instances::put_back(act, &found, was).await?),
        "snapshot" => ("snapshot", snapshots::put_back(act, &found, was).await?),
        "template" => ("template", templates::put_back(act, &found, was).await?),
        "list-export" => ("list-export", list_exports::put_back(act, &found).await?),
        _ => return Err(Error::Conflict("This operation can't be cancelled.".into())),
    };
    let by = act.principal()?.actor.label();
    let message = format!("Cancelled by {by} before it began: {outcome}.");
    if !store::take_back(act, &found, &message).await? {
        return Err(has_begun());
    }
    act.changed("operation", id, Some(OperationState::Failure.as_str()));
    act.makes_room();
    act.about(Subject::new(kind, &found.subject, &found.subject_name));
    super::done(act).await
}

/// What there was before, when it can be brought back.
fn must_wait(found: &Found) -> Result<Was> {
    match found.state {
        OperationState::Pending => {}
        OperationState::Success => {
            return Err(Error::Conflict(
                "The operation has succeeded: there is nothing left to cancel.".into(),
            ));
        }
        OperationState::Failure | OperationState::Timeout => {
            return Err(Error::Conflict(
                "The operation has ended already: there is nothing left to cancel.".into(),
            ));
        }
    }
    if found.subject_kind == "bulk-action" {
        return Err(Error::Conflict(
            "A bulk action is cancelled as such (cancel-bulk-action): that takes back what was not \
             asked yet."
                .into(),
        ));
    }
    if found.is_begun {
        return Err(has_begun());
    }
    found.was.clone().ok_or_else(|| {
        Error::Conflict(
            "What there was before can't be brought back: the operation took over from another one, \
             or was accepted by an older version. Wait until it has ended."
                .into(),
        )
    })
}

/// Somebody works on it, or did: nobody knows how far it came.
pub fn has_begun() -> Error {
    Error::Conflict(
        "The operation has begun, and what is half done can't be cancelled: wait until it has ended, \
         and then undo what it did."
            .into(),
    )
}
