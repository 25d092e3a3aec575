//! Asking for a bulk action's instances one by one: a number at a time, so that others get their
//! turn and what is queued can still be taken back.

use super::{
    Plan, list,
    store::{self, Outcome, Queued},
};
use crate::{
    error::{Error, Result},
    http::on_behalf::{self, Mutation},
    operations::job::{Job, Next, StepError},
    principal::Principal,
};
use api::Operation;
use domain::{BulkActionId, bulk::BulkVerb, operation::Reason};
use std::time::Duration;

/// Operations of one bulk action that may be pending at once.
const AT_ONCE: i64 = 32;
/// When to look again whether what is going on has ended.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
/// When to ask again for what could not be asked just now.
const ASK_AGAIN: Duration = Duration::from_secs(2);

/// Asks for as many as there is room for, and ends when nothing is left.
pub async fn run(job: &mut Job) -> std::result::Result<Next, StepError> {
    let plan: Plan = job.data()?;
    let id: BulkActionId = job.subject()?;
    let bulk = {
        let mut db = job.cloud.db.read().await?;
        list::find(&mut db, job.task.org, id).await?
    };
    let bulk = bulk
        .ok_or_else(|| StepError::Impossible(Reason::NotFound, "the bulk action is gone".into()))?;
    let free = (AT_ONCE - bulk.counts.running).max(0);
    let queued = store::queued(job.cloud.db.reader(), id, free).await?;
    let (outcomes, is_held_up) = ask_all(job, &plan, bulk.action, id, &queued).await;
    let mut act = job.act().await?;
    for (place, outcome) in &outcomes {
        store::set_outcome(&mut act, id, *place, outcome).await?;
    }
    if !outcomes.is_empty() {
        act.changed("bulk-action", id, None);
    }
    let org = job.task.org;
    let counts = list::find(act.db(), org, id).await?.map(|bulk| bulk.counts).unwrap_or_default();
    if counts.queued + counts.running > 0 {
        let pause = if is_held_up { ASK_AGAIN } else { LOOK_AGAIN };
        return job.pause(act, job.cloud.now().plus(pause)).await;
    }
    act.changed("bulk-action", id, None);
    let outcome = match counts.failed {
        0 => Ok(None),
        failed => Err((Reason::Partial, format!("{failed} of {} failed.", counts.total))),
    };
    job.end(act, outcome).await?;
    Ok(Next::Done)
}

/// What came of each that was asked for, and whether the platform could not be asked for the rest.
async fn ask_all(
    job: &Job,
    plan: &Plan,
    action: BulkVerb,
    id: BulkActionId,
    queued: &[Queued],
) -> (Vec<(i64, Outcome)>, bool) {
    let mut outcomes = Vec::with_capacity(queued.len());
    if queued.is_empty() {
        return (outcomes, false);
    }
    let principal = plan.behalf.principal(&job.cloud, job.task.org).await;
    for item in queued {
        let answer = match &principal {
            Ok(principal) => {
                let what = Mutation {
                    operation: action.as_str(),
                    id: item.instance.to_string(),
                    source_ip: plan.behalf.source_ip,
                    // After a crash the same is asked again, under the same key.
                    key: format!("bulk-action/{id}/{}/{}", item.place, item.attempt),
                };
                ask(job, principal.clone(), what).await
            }
            Err(error) => Err(Error::Forbidden(error.to_string())),
        };
        match answer {
            Ok(operation) => outcomes.push((item.place, Outcome::Accepted(operation.id))),
            // Not this instance's fault: what is left waits.
            Err(Error::Unavailable(_) | Error::Database(_)) => return (outcomes, true),
            Err(error) => {
                let message = error.body(job.task.request_id).message;
                outcomes.push((item.place, Outcome::Refused(message)));
            }
        }
    }
    (outcomes, false)
}

async fn ask(job: &Job, principal: Principal, what: Mutation) -> Result<Operation> {
    let body = on_behalf::ask(&job.cloud, principal, what).await?;
    serde_json::from_str(&body).map_err(Error::internal)
}

/// What was never asked for says why.
pub async fn fail(job: &Job, error: &StepError) -> std::result::Result<(), StepError> {
    let id: BulkActionId = job.subject()?;
    let mut act = job.act().await?;
    store::refuse_queued(&mut act, id, &error.to_string()).await?;
    act.changed("bulk-action", id, None);
    job.end(act, Err((error.reason(), error.to_string()))).await
}
