//! Work on snapshots.

use super::{FILE_LIFETIME, Plan, SnapshotRow, store};
use crate::{
    act::Subject,
    download,
    operations::job::{Job, Next, StepError},
    quotas,
    usage::{self, Meter},
};
use domain::{SnapshotId, operation::Reason, quota::QuotaResource, snapshot::SnapshotState};
use engine::EngineError;

async fn row(job: &Job) -> Result<SnapshotRow, StepError> {
    let id: SnapshotId = job.subject()?;
    let found = store::read(job.cloud.db.reader(), job.task.org, id).await?;
    found.ok_or_else(|| StepError::Impossible(Reason::NotFound, "the snapshot is gone".into()))
}

pub async fn run(job: &mut Job) -> Result<Next, StepError> {
    let row = row(job).await?;
    let pool = job.cloud.db.reader();
    let instance = store::engine_name_of_instance(pool, row.instance).await?.unwrap_or_default();
    let engine = job.engine()?;
    let id = row.id.to_string();
    match job.data()? {
        Plan::Create => {
            engine.create_snapshot(&instance, &row.engine_name).await?;
            let seen = engine.observe(&instance).await?;
            if !seen.is_some_and(|s| s.snapshots.contains(&row.engine_name)) {
                let what = "it said that it took the snapshot, and did not";
                return Err(EngineError::Protocol(what.into()).into());
            }
            let mut act = job.act().await?;
            let meter = Meter {
                resource_kind: "snapshot",
                resource_id: id,
                zone: row.zone.clone(),
                product: "snapshot".to_owned(),
                quantity: row.size_gib,
                price: job.cloud.catalogue.prices.snapshot_gib.times(row.size_gib),
            };
            usage::open(&mut act, &meter).await?;
            store::set_state(&mut act, row.id, SnapshotState::Ready, None).await?;
            end(job, act, &row, SnapshotState::Ready).await
        }
        Plan::Delete => {
            engine.delete_snapshot(&instance, &row.engine_name).await?;
            let seen = engine.observe(&instance).await?;
            if seen.is_some_and(|s| s.snapshots.contains(&row.engine_name)) {
                let what = "it said that it deleted the snapshot, and did not";
                return Err(EngineError::Protocol(what.into()).into());
            }
            download::remove(&job.cloud, row.id.0).await;
            let mut act = job.act().await?;
            if store::delete(&mut act, row.id).await? {
                usage::close(&mut act, &id, "snapshot").await?;
                quotas::give_back(&mut act, QuotaResource::Snapshot, 1).await?;
            }
            end(job, act, &row, SnapshotState::Deleted).await
        }
        Plan::Export => {
            // An earlier file must not stand for one that was not written.
            download::remove(&job.cloud, row.id.0).await;
            let file = download::prepare(&job.cloud, row.id.0).await?;
            engine.export(&instance, &row.engine_name, &file).await?;
            let md5 = download::md5(&file).await?;
            let mut act = job.act().await?;
            let until = job.cloud.now().plus(FILE_LIFETIME);
            store::exported(&mut act, row.id, &md5, until).await?;
            end(job, act, &row, SnapshotState::Exported).await
        }
    }
}

async fn end(
    job: &Job,
    mut act: crate::act::Act,
    row: &SnapshotRow,
    state: SnapshotState,
) -> Result<Next, StepError> {
    act.about(Subject::new("snapshot", row.id, &row.name));
    act.changed("snapshot", row.id, Some(state.as_str()));
    job.end(act, Ok(None)).await?;
    Ok(Next::Done)
}

/// A snapshot that was never taken is in error; one that could not be exported is still ready.
pub async fn fail(job: &Job, error: &StepError) -> Result<(), StepError> {
    let id: SnapshotId = job.subject()?;
    let state = match job.data() {
        Ok(Plan::Export) => SnapshotState::Ready,
        Ok(Plan::Create | Plan::Delete) | Err(_) => SnapshotState::Error,
    };
    let mut act = job.act().await?;
    store::set_state(&mut act, id, state, Some(&error.to_string())).await?;
    act.about(Subject::new("snapshot", id, job.task.subject_name.as_str()));
    act.changed("snapshot", id, Some(state.as_str()));
    job.end(act, Err((error.reason(), error.to_string()))).await
}
