//! Soft delete: an instance that is deleted and kept for a while, as long as its organization says.
//!
//! Kept means stopped, hidden from lists and not counted in quotas; its disk and its snapshots stay
//! and cost. When the time is over the platform deletes it for good.

pub mod store;

use super::{
    InstanceRow, delete, jobs, plan::Plan, start_work, store::get_for_change, subject, type_of,
    work::Work,
};
use crate::{
    act::Act,
    cloud::Cloud,
    error::{Error, Result},
    operations::job::{Job, Next, StepError},
    organization, quotas, usage,
};
use api::{Nothing, Operation, RecoverInstance};
use domain::{
    Timestamp,
    instance::{InstanceState, Verb},
    quota::QuotaResource,
};
use engine::Power;
use std::{sync::Arc, time::Duration};

const HOUR: Duration = Duration::from_secs(3600);
/// When it is tried again to delete for good what could not be deleted.
const TRY_AGAIN: Duration = HOUR;
/// How many are deleted for good in one round of housekeeping.
const AT_ONCE: i64 = 100;

/// `soft-delete-instance`
pub async fn soft_delete(act: &mut Act, _: Nothing) -> Result<Operation> {
    let row = subject(act, "id", Verb::SoftDelete).await?;
    let org = act.org()?;
    let hours = organization::store::recovery_hours(act.db(), org).await?;
    if hours == 0 {
        return Err(Error::Conflict(
            "Soft delete is turned off in this organization: delete the instance for good, or have \
             it turned on (update-organization)."
                .into(),
        ));
    }
    quotas::will_give_back(act, QuotaResource::Instance, 1).await?;
    let gpus = type_of(act, &row)?.gpus;
    quotas::will_give_back(act, QuotaResource::Gpu, gpus).await?;
    // Not `destroying`: it can still be deleted for good meanwhile.
    start_work(act, &row, InstanceState::Stopping, "run", &Plan::SoftDelete { hours }).await
}

/// The step of a soft delete.
pub async fn keep(job: &Job, work: &Work, hours: i64) -> Result<Next, StepError> {
    work.halt().await?;
    let seen = work.seen(Power::Stopped).await?;
    let mut act = job.act().await?;
    usage::close(&mut act, &work.row.id.to_string(), "instance.").await?;
    quotas::give_back(&mut act, QuotaResource::Instance, 1).await?;
    quotas::give_back(&mut act, QuotaResource::Gpu, work.of.gpus).await?;
    let until = act.at().plus(HOUR * u32::try_from(hours).unwrap_or(u32::MAX));
    store::set_recover_until(&mut act, work.row.id, Some(until)).await?;
    let message = format!("It can be recovered until {until}.");
    jobs::end(job, act, work, InstanceState::Destroyed, Some(&seen), Some(message)).await
}

/// `recover-instance`
pub async fn recover(act: &mut Act, input: RecoverInstance) -> Result<Operation> {
    let row = subject(act, "id", Verb::Recover).await?;
    quotas::take(act, QuotaResource::Instance, 1).await?;
    let gpus = type_of(act, &row)?.gpus;
    quotas::take(act, QuotaResource::Gpu, gpus).await?;
    store::set_recover_until(act, row.id, None).await?;
    let start = input.start.unwrap_or_default();
    let state = if start { InstanceState::Starting } else { InstanceState::Stopped };
    start_work(act, &row, state, "run", &Plan::Recover { start }).await
}

/// The first step of a recovery: it must still be there.
pub async fn bring_back(job: &mut Job, work: &Work, start: bool) -> Result<Next, StepError> {
    work.halt().await?;
    let seen = work.seen(Power::Stopped).await?;
    let act = job.act().await?;
    if start {
        job.go_to(act, "boot").await?;
        return Ok(Next::Step("boot"));
    }
    jobs::end(job, act, work, InstanceState::Stopped, Some(&seen), None).await
}

/// It could not be deleted for good, so it is kept a little longer.
pub async fn keep_longer(act: &mut Act, row: &InstanceRow) -> Result<()> {
    let until = act.at().plus(TRY_AGAIN).max(row.recover_until.unwrap_or(Timestamp(0)));
    store::set_recover_until(act, row.id, Some(until)).await
}

/// Deletes for good what was kept long enough.
pub async fn expunge_expired(cloud: &Arc<Cloud>) -> Result<()> {
    for expired in store::expired(cloud.db.reader(), cloud.now(), AT_ONCE).await? {
        if let Err(error) = expunge(cloud, &expired).await {
            tracing::warn!(instance = %expired.id, %error, "could not be deleted for good yet");
        }
    }
    Ok(())
}

async fn expunge(cloud: &Arc<Cloud>, expired: &store::Expired) -> Result<()> {
    let place = (expired.org, expired.project);
    let params = [("id", expired.id.to_string())];
    let mut act = Act::of_platform(cloud, place, "delete-instance", &params).await?;
    // Somebody may have recovered it since it was looked for.
    let found = get_for_change(&mut act, expired.org, expired.id).await?;
    let until = found.and_then(|row| row.recover_until);
    if until.is_none_or(|until| until > act.at()) {
        return Ok(());
    }
    delete(&mut act, Nothing {}).await?;
    act.commit(200).await
}
