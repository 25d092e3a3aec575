//! `retry-operation`: what failed is asked for again, by whoever may ask for it, and checked anew.
//!
//! It is an operation of its own, with an audit event of its own. What it does is what the operation
//! that failed would do if it were asked for now: its plan tells with what.

mod store;

use super::store::find;
use crate::{
    act::Act,
    bulk_actions,
    error::{Error, Result},
    instances, list_exports, snapshots, templates,
};
use api::{Nothing, Operation};
use domain::operation::OperationState;

pub async fn retry(act: &mut Act, _: Nothing) -> Result<Operation> {
    let (org, id) = (act.org()?, act.param("id")?);
    let found = find(act.db(), org, id).await?;
    let ended = found.ok_or_else(|| Error::not_found("operation"))?;
    match ended.state {
        OperationState::Failure | OperationState::Timeout => {}
        OperationState::Pending => {
            return Err(Error::Conflict(
                "The operation is still going on: wait until it has ended.".into(),
            ));
        }
        OperationState::Success => {
            return Err(Error::Conflict(
                "The operation has succeeded: there is nothing to try again.".into(),
            ));
        }
    }
    if let Some(later) = store::asked_since(act.db(), org, &ended).await? {
        return Err(Error::Conflict(format!(
            "The same was asked for again since then: look at the operation {later}."
        )));
    }
    let asked = match ended.subject_kind.as_str() {
        "instance" => instances::again(act, &ended.kind, &ended.subject, ended.plan()?).await,
        "snapshot" => {
            snapshots::again(act, &ended.kind, &ended.subject, &ended.lock, ended.plan()?).await
        }
        "template" => templates::again(act, &ended.kind, &ended.subject, ended.plan()?).await,
        "list-export" => list_exports::again(act, ended.plan()?).await,
        "bulk-action" => {
            act.stand_for("retry-bulk-action", &[("id", &ended.subject)], &Nothing {}).await?;
            bulk_actions::retry(act, Nothing {}).await
        }
        _ => Err(Error::Conflict("This operation can't be tried again.".into())),
    };
    asked.map_err(|error| match error {
        // The operation itself was found: it is not what is missing.
        Error::NotFound(_) => Error::Conflict(
            "What the operation was about is no longer there: ask for it as for something new."
                .into(),
        ),
        other => other,
    })
}
