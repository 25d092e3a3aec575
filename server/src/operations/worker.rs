//! The worker: takes operations that are due and runs their steps, many at once.
//!
//! An operation is worked on under a lease that is renewed while a step runs. Whoever finds a lease
//! run out takes it with a new epoch, and what the earlier holder then tries to write is refused. A
//! step that panics is a step that failed.

use super::{
    job::{Job, Next, StepError},
    lease::{LEASE, Mark, Task, Where, store},
};
use crate::{
    cloud::Cloud,
    db::Dialect,
    error::{Error, Result},
    random,
};
use api::Change;
use domain::operation::OperationState;
use futures::{FutureExt, future::BoxFuture};
use std::{future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};
use tokio::sync::watch;
use tracing::Instrument as _;

/// The longest the worker sleeps when nothing wakes it: other processes' work is found by looking.
const IDLE: Duration = Duration::from_secs(2);
const RETRY_FIRST: Duration = Duration::from_millis(200);
const RETRY_MOST: Duration = Duration::from_secs(20);
/// How often a lease is renewed while a step runs.
const RENEW_EVERY: Duration = Duration::from_secs(10);
/// A step that begins late in its operation's life still gets this long.
const STEP_LEAST: Duration = Duration::from_secs(60);
/// How long running steps may take to end after SIGTERM.
const GRACE: Duration = Duration::from_secs(7);

/// Works until it is told to end; then no lease of this process is left.
pub async fn run(cloud: Arc<Cloud>, mut ending: watch::Receiver<bool>) {
    if let Err(error) = release_earlier(&cloud).await {
        tracing::error!(%error, "leases of an earlier process could not be released: they run out");
    }
    cloud.crew.open();
    loop {
        let wait = match round(&cloud).await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::error!(%error, "operations could not be taken");
                IDLE
            }
        };
        tokio::select! {
            _ = ending.wait_for(|end| *end) => break,
            () = cloud.wake.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
    cloud.crew.close(GRACE).await;
    if let Err(error) = store::release_all(&cloud.db, Some(&cloud.process)).await {
        tracing::error!(%error, "leases could not be released: they run out by themselves");
    }
}

/// Leases of the process that was here before are void: on SQLite there is no other, and the data
/// folder, which only one process may have, tells which one it was.
async fn release_earlier(cloud: &Cloud) -> Result<()> {
    let file = cloud.data.join("worker");
    if cloud.db.dialect == Dialect::Sqlite {
        return store::release_all(&cloud.db, None).await;
    }
    if let Ok(earlier) = std::fs::read_to_string(&file)
        && !earlier.trim().is_empty()
    {
        store::release_all(&cloud.db, Some(earlier.trim())).await?;
    }
    std::fs::write(&file, &cloud.process).map_err(Error::internal)
}

/// Starts what is due, in every zone as much as there is room for; answers how long nothing will be.
async fn round(cloud: &Arc<Cloud>) -> Result<Duration> {
    let names = cloud.zones.names();
    for name in &names {
        fill(cloud, Some(name), &Where::Zone(name)).await?;
    }
    fill(cloud, None, &Where::NotIn(&names)).await?;
    let due = store::next_due(cloud.db.reader(), cloud.now()).await?;
    Ok(due.map_or(IDLE, |due| due.since(cloud.now()).min(IDLE)))
}

async fn fill(cloud: &Arc<Cloud>, zone: Option<&str>, place: &Where<'_>) -> Result<()> {
    let free = cloud.crew.free(zone);
    if free == 0 {
        return Ok(());
    }
    for due in store::runnable(cloud.db.reader(), cloud.now(), place, free).await? {
        let Some(slot) = cloud.crew.slot(zone) else { break };
        let now = cloud.now();
        let Some(task) =
            store::claim(&cloud.db, &due, &cloud.process, now, now.plus(LEASE)).await?
        else {
            continue;
        };
        tell_begun(cloud, &task);
        cloud.crew.begin(slot, work_and_tell(cloud.clone(), task));
    }
    Ok(())
}

/// From now on it can't be cancelled, which people see.
fn tell_begun(cloud: &Cloud, task: &Task) {
    let change = Change {
        kind: "operation".to_owned(),
        id: task.id.to_string(),
        state: Some(OperationState::Pending.as_str().to_owned()),
        operation: Some(task.kind.clone()),
    };
    cloud.changes.tell(cloud.now(), task.org, change);
}

/// Works on a leased operation, then says that there is room again.
pub fn work_and_tell(cloud: Arc<Cloud>, task: Task) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        work(Job { cloud: cloud.clone(), task }).await;
        cloud.wake.notify_one();
    })
}

/// Runs everything that is pending, one after the other, until nothing is due within `patience`.
/// For tests and for commands that end.
pub async fn drain(cloud: &Arc<Cloud>, patience: Duration) -> Result<()> {
    loop {
        let now = cloud.now();
        let due = store::runnable(cloud.db.reader(), now, &Where::Anywhere, 100).await?;
        for one in &due {
            if let Some(task) =
                store::claim(&cloud.db, one, &cloud.process, now, now.plus(LEASE)).await?
            {
                work(Job { cloud: cloud.clone(), task }).await;
            }
        }
        if due.is_empty() {
            match store::next_due(cloud.db.reader(), now).await? {
                Some(due) if due.since(now) <= patience => tokio::time::sleep(due.since(now)).await,
                _ => return Ok(()),
            }
        }
    }
}

/// Runs the steps of one operation until it ends, waits or is taken over.
async fn work(mut job: Job) {
    let span = tracing::info_span!(
        "operation", id = %job.task.id, kind = %job.task.kind, request_id = %job.task.request_id
    );
    async {
        let began_with_worker = job.cloud.crew.is_open();
        loop {
            let step = job.task.step.clone();
            match one_step(&mut job).await {
                Ok(Next::Step(next)) => tracing::debug!(step, next, "step done"),
                Ok(Next::Later) => return,
                Ok(Next::Done) => {
                    tracing::info!(step, "operation done");
                    return;
                }
                Err(error) => {
                    stop(&job, &error).await;
                    return;
                }
            }
            if began_with_worker && !job.cloud.crew.is_open() {
                // The process ends; the lease is released with all others.
                return;
            }
        }
    }
    .instrument(span)
    .await;
}

async fn one_step(job: &mut Job) -> Result<Next, StepError> {
    fail::fail_point!("before-step");
    let (cloud, task) = (job.cloud.clone(), job.task.clone());
    let longest = task.deadline.since(cloud.now()).max(STEP_LEAST);
    let run = tokio::time::timeout(longest, AssertUnwindSafe(Box::pin(job.run())).catch_unwind());
    let done = match renewing(&cloud, &task, run).await {
        Ok(Ok(done)) => done,
        Ok(Err(panic)) => Err(panicked(panic.as_ref())),
        Err(_) => {
            Err(Error::Internal(format!("the step did not end within {} s", longest.as_secs()))
                .into())
        }
    };
    fail::fail_point!("after-step");
    done
}

fn panicked(panic: &(dyn std::any::Any + Send)) -> StepError {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("without a word");
    Error::Internal(format!("the step panicked: {text}")).into()
}

/// Renews the lease while something takes long.
async fn renewing<T>(cloud: &Cloud, task: &Task, work: impl Future<Output = T>) -> T {
    let renewals = async {
        loop {
            tokio::time::sleep(RENEW_EVERY).await;
            if let Err(error) = store::renew(&cloud.db, task, cloud.now().plus(LEASE)).await {
                tracing::warn!(%error, "the lease could not be renewed");
            }
        }
    };
    tokio::select! {
        done = work => done,
        () = renewals => unreachable!("renewing never ends"),
    }
}

/// A step that did not get through: try it again, end the operation, or leave it to whoever took it.
async fn stop(job: &Job, error: &StepError) {
    let now = job.cloud.now();
    let written = match error {
        StepError::TakenOver => Err(StepError::TakenOver),
        error if error.is_worth_retrying() && now < job.task.deadline => {
            tracing::warn!(%error, attempt = job.task.attempt, "step failed and is tried again");
            retry(job, &error.to_string()).await
        }
        error => {
            tracing::warn!(%error, "operation failed");
            renewing(&job.cloud, &job.task, job.fail(error)).await
        }
    };
    let written = match written {
        // It could not even be ended: that is tried again too.
        Err(error) if !matches!(error, StepError::TakenOver) => {
            tracing::error!(%error, "the outcome of a step could not be written");
            retry(job, &error.to_string()).await
        }
        other => other,
    };
    let left = match written {
        Err(StepError::TakenOver) => {
            tracing::info!("operation was taken over");
            store::release(&job.cloud.db, &job.task).await.map_err(StepError::from)
        }
        other => other,
    };
    if let Err(error) = left {
        // The lease runs out, and whoever takes it next goes on from the same step.
        tracing::error!(%error, "an operation is left to its lease");
    }
}

async fn retry(job: &Job, message: &str) -> Result<(), StepError> {
    let now = job.cloud.now();
    let at = now.plus(backoff(job.task.attempt));
    let mut act = job.act().await?;
    if !store::mark(act.db(), &job.task, &Mark::Retry { at, message }, now).await? {
        return Err(StepError::TakenOver);
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
