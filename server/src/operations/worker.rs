//! The worker: takes operations that are due and runs their steps, many at once.

use super::{
    job::{Job, LEASE, Next, StepError},
    store::{self, Mark},
};
use crate::{cloud::Cloud, db::Dialect, error::Result, random};
use domain::{OperationId, Timestamp};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, task::JoinSet};

/// Operations that are worked on at once: what engines are asked to do in parallel.
pub const AT_ONCE: usize = 32;
/// The longest the worker sleeps when nothing wakes it.
const IDLE: Duration = Duration::from_secs(2);
const RETRY_FIRST: Duration = Duration::from_millis(200);
const RETRY_MOST: Duration = Duration::from_secs(20);
/// How often a lease is renewed while a step runs.
const RENEW_EVERY: Duration = Duration::from_secs(10);

/// Works until the process ends.
pub async fn run(cloud: Arc<Cloud>) {
    if cloud.db.dialect == Dialect::Sqlite {
        if let Err(error) = store::release_all(&cloud.db).await {
            tracing::error!(%error, "leases of an earlier process could not be released");
        }
    }
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut running: JoinSet<()> = JoinSet::new();
    loop {
        while running.try_join_next().is_some() {}
        let wait = match round(&cloud, &permits, &mut running).await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::error!(%error, "operations could not be read");
                IDLE
            }
        };
        tokio::select! {
            () = cloud.wake.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Starts what is due; answers how long nothing will be.
async fn round(
    cloud: &Arc<Cloud>,
    permits: &Arc<Semaphore>,
    running: &mut JoinSet<()>,
) -> Result<Duration> {
    let now = cloud.now();
    let free = permits.available_permits();
    if free == 0 {
        return Ok(IDLE);
    }
    for id in store::runnable(cloud.db.reader(), now, free as i64).await? {
        let Ok(permit) = permits.clone().try_acquire_owned() else { break };
        let Some(task) = store::claim(&cloud.db, id, &cloud.process, now, now.plus(LEASE)).await?
        else {
            continue;
        };
        let cloud = cloud.clone();
        running.spawn(async move {
            let _permit = permit;
            work(Job { cloud: cloud.clone(), task }).await;
            cloud.wake.notify_one();
        });
    }
    let due = store::next_due(cloud.db.reader(), now).await?;
    Ok(due.map_or(IDLE, |due| due.since(cloud.now()).min(IDLE)))
}

/// Runs everything that is pending, one after the other, until nothing is due within `patience`.
/// For tests and for commands that end.
pub async fn drain(cloud: &Arc<Cloud>, patience: Duration) -> Result<()> {
    loop {
        let now = cloud.now();
        let ids: Vec<OperationId> = store::runnable(cloud.db.reader(), now, 100).await?;
        for id in &ids {
            if let Some(task) =
                store::claim(&cloud.db, *id, &cloud.process, now, now.plus(LEASE)).await?
            {
                work(Job { cloud: cloud.clone(), task }).await;
            }
        }
        if ids.is_empty() {
            match store::next_due(cloud.db.reader(), now).await? {
                Some(due) if due.since(now) <= patience => tokio::time::sleep(due.since(now)).await,
                _ => return Ok(()),
            }
        }
    }
}

/// Runs the steps of one operation until it ends, waits or is taken over.
async fn work(mut job: Job) {
    use tracing::Instrument as _;
    let span = tracing::info_span!(
        "operation", id = %job.task.id, kind = %job.task.kind, request_id = %job.task.request_id
    );
    async {
        loop {
            let step = job.task.step.clone();
            match with_renewal(&mut job).await {
                Ok(Next::Step(next)) => tracing::debug!(step, next, "step done"),
                Ok(Next::Done) => {
                    tracing::info!(step, "operation done");
                    return;
                }
                Err(error) => {
                    stop(&job, &error).await;
                    return;
                }
            }
        }
    }
    .instrument(span)
    .await;
}

/// Runs one step, and renews the lease while it takes long.
async fn with_renewal(job: &mut Job) -> Result<Next, StepError> {
    fail::fail_point!("before-step");
    let (cloud, task) = (job.cloud.clone(), job.task.clone());
    let renewing = async {
        loop {
            tokio::time::sleep(RENEW_EVERY).await;
            if let Err(error) = store::renew(&cloud.db, &task, cloud.now().plus(LEASE)).await {
                tracing::warn!(%error, "the lease could not be renewed");
            }
        }
    };
    let done = tokio::select! {
        done = job.run() => done,
        () = renewing => unreachable!("renewing never ends"),
    };
    fail::fail_point!("after-step");
    done
}

/// A step that did not get through: try it again, end the operation, or leave it to whoever took it.
async fn stop(job: &Job, error: &StepError) {
    let now = job.cloud.now();
    let result = match error {
        StepError::TakenOver => {
            tracing::info!("operation was taken over");
            store::release(&job.cloud.db, &job.task).await.map_err(StepError::from)
        }
        error if error.is_worth_retrying() && now < job.task.deadline => {
            let at = now.plus(backoff(job.task.attempt));
            tracing::warn!(%error, attempt = job.task.attempt, "step failed and is tried again");
            retry(job, at, &error.to_string()).await
        }
        error => {
            tracing::warn!(%error, "operation failed");
            job.fail(error).await
        }
    };
    if let Err(error) = result {
        // The lease runs out, and whoever takes it next goes on from the same step.
        tracing::error!(%error, "the outcome of a step could not be written");
    }
}

async fn retry(job: &Job, at: Timestamp, message: &str) -> Result<(), StepError> {
    let mut act = job.act().await?;
    if !store::mark(act.db(), &job.task, &Mark::Retry { at, message }, at).await? {
        drop(act);
        store::release(&job.cloud.db, &job.task).await?;
        return Ok(());
    }
    act.changed("operation", job.task.id, Some("pending"));
    act.commit_step().await?;
    Ok(())
}

/// Exponential with full jitter, so that many failures do not come back at once.
fn backoff(attempt: i64) -> Duration {
    let most = RETRY_FIRST.saturating_mul(1 << attempt.clamp(0, 10)).min(RETRY_MOST);
    Duration::from_millis(20 + random::below(most.as_millis() as u64))
}
