//! Rows of operations: leases are compare-and-set updates, on both databases alike.

use super::New;
use crate::{
    act::{Act, Subject, reference},
    db::{Columns, Db},
    error::{Error, Result},
    page::{After, COUNT_MAX, SortValue},
    view::View,
};
use api::{ListOperations, OperationDetail};
use domain::{
    OperationId, OrgId, ProjectId, RequestId, Timestamp, Uuid,
    operation::{OperationState, Reason},
};
use serde::Serialize;
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, any::AnyRow};

/// An operation as the worker sees it.
#[derive(Clone, Debug)]
pub struct Task {
    pub id: OperationId,
    pub org: OrgId,
    pub project: ProjectId,
    pub zone: Option<String>,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub subject_name: String,
    pub lock: Uuid,
    pub data: serde_json::Value,
    pub step: String,
    pub attempt: i64,
    pub deadline: Timestamp,
    pub lease_epoch: i64,
    pub request_id: RequestId,
}

pub async fn insert<D: Serialize>(
    act: &mut Act,
    id: OperationId,
    subject: &Subject,
    new: &New<'_, D>,
) -> Result<()> {
    let now = act.now();
    let data = serde_json::to_string(new.data).map_err(Error::internal)?;
    let row = Row {
        zone: new.zone.map(str::to_owned),
        lock: new.lock.to_string(),
        data,
        step: new.step.to_owned(),
        state: OperationState::Pending,
        finished: None,
        deadline: now.plus(super::DEADLINE),
    };
    write(act, id, subject, row).await
}

pub async fn insert_done(act: &mut Act, id: OperationId, subject: &Subject) -> Result<()> {
    let now = act.now();
    let row = Row {
        zone: None,
        lock: String::new(),
        data: "{}".to_owned(),
        step: "done".to_owned(),
        state: OperationState::Success,
        finished: Some(now),
        deadline: now,
    };
    write(act, id, subject, row).await
}

struct Row {
    zone: Option<String>,
    lock: String,
    data: String,
    step: String,
    state: OperationState,
    finished: Option<Timestamp>,
    deadline: Timestamp,
}

async fn write(act: &mut Act, id: OperationId, subject: &Subject, row: Row) -> Result<()> {
    let principal = act.principal()?;
    let (org, project, actor) = (principal.org, principal.project, principal.actor.label());
    let (kind, request_id, now) = (act.request.endpoint.operation, act.request.id, act.now());
    sqlx::query(
        "INSERT INTO operations (id, org_id, project_id, zone, kind, subject_kind, subject_id, \
         subject_name, lock_id, data, step, state, run_us, deadline_us, actor, request_id, \
         created_us, finished_us) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $13, $17)",
    )
    .bind(id.to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(row.zone)
    .bind(kind)
    .bind(subject.kind)
    .bind(&subject.id)
    .bind(&subject.name)
    .bind(row.lock)
    .bind(row.data)
    .bind(row.step)
    .bind(row.state.as_str())
    .bind(now.0)
    .bind(row.deadline.0)
    .bind(actor)
    .bind(request_id.to_string())
    .bind(row.finished.map(|t| t.0))
    .execute(act.db())
    .await?;
    Ok(())
}

/// Ids of operations that may run now: due, not leased, and nothing else at work on the same thing.
pub async fn runnable(pool: &AnyPool, now: Timestamp, limit: i64) -> Result<Vec<OperationId>> {
    let rows = sqlx::query(
        "SELECT o.id FROM operations o WHERE o.state = 'pending' AND o.run_us <= $1 \
         AND o.lease_until_us <= $1 AND NOT EXISTS (SELECT 1 FROM operations other \
         WHERE other.lock_id = o.lock_id AND other.lease_until_us > $1) \
         ORDER BY o.run_us, o.id LIMIT $2",
    )
    .bind(now.0)
    .bind(limit)
    .fetch_all(pool)
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// When the next operation that waits is due.
pub async fn next_due(pool: &AnyPool, now: Timestamp) -> Result<Option<Timestamp>> {
    let row = sqlx::query(
        "SELECT MIN(CASE WHEN run_us > lease_until_us THEN run_us ELSE lease_until_us END) AS due \
         FROM operations WHERE state = 'pending' AND (run_us > $1 OR lease_until_us > $1)",
    )
    .bind(now.0)
    .fetch_one(pool)
    .await?;
    row.maybe_time("due")
}

/// Takes the lease, when it is still to be had.
pub async fn claim(
    db: &Db,
    id: OperationId,
    owner: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<Task>> {
    let mut tx = db.begin().await?;
    let row = sqlx::query(
        "UPDATE operations SET lease_owner = $1, lease_until_us = $2, lease_epoch = lease_epoch + 1 \
         WHERE id = $3 AND state = 'pending' AND lease_until_us <= $4 AND NOT EXISTS \
         (SELECT 1 FROM operations other WHERE other.lock_id = operations.lock_id \
          AND other.lease_until_us > $4) \
         RETURNING id, org_id, project_id, zone, kind, subject_kind, subject_id, subject_name, \
         lock_id, data, step, attempt, deadline_us, lease_epoch, request_id",
    )
    .bind(owner)
    .bind(until.0)
    .bind(id.to_string())
    .bind(now.0)
    .fetch_optional(&mut *tx)
    .await?;
    let task = row.as_ref().map(to_task).transpose()?;
    tx.commit().await?;
    Ok(task)
}

fn to_task(row: &AnyRow) -> Result<Task> {
    Ok(Task {
        id: row.parsed("id")?,
        org: row.parsed("org_id")?,
        project: row.parsed("project_id")?,
        zone: row.maybe_text("zone")?,
        kind: row.text("kind")?,
        subject_kind: row.text("subject_kind")?,
        subject_id: row.text("subject_id")?,
        subject_name: row.text("subject_name")?,
        lock: row.parsed("lock_id")?,
        data: row.json("data")?,
        step: row.text("step")?,
        attempt: row.int("attempt")?,
        deadline: row.time("deadline_us")?,
        lease_epoch: row.int("lease_epoch")?,
        request_id: row.parsed("request_id")?,
    })
}

/// What a step leaves in the operation's row.
pub enum Mark<'a> {
    /// Goes on with another step; the lease is kept until then.
    Step { step: &'a str, data: &'a serde_json::Value, lease_until: Timestamp },
    /// Tries the same step again later.
    Retry { at: Timestamp, message: &'a str },
    /// It is over.
    End { state: OperationState, reason: Option<Reason>, message: Option<&'a str> },
}

/// Writes the mark, if the lease is still ours and nobody ended the operation. `false` says that
/// what else was written in this act must not be.
pub async fn mark(
    db: &mut AnyConnection,
    task: &Task,
    mark: &Mark<'_>,
    now: Timestamp,
) -> Result<bool> {
    const OURS: &str = "WHERE id = $1 AND lease_epoch = $2 AND state = 'pending'";
    let (id, epoch) = (task.id.to_string(), task.lease_epoch);
    let done = match mark {
        Mark::Step { step, data, lease_until } => {
            let sql = format!(
                "UPDATE operations SET step = $3, data = $4, lease_until_us = $5, attempt = 0, \
                 version = version + 1 {OURS}"
            );
            let query = sqlx::query(AssertSqlSafe(sql)).bind(id).bind(epoch).bind(*step);
            query.bind(data.to_string()).bind(lease_until.0).execute(db).await?
        }
        Mark::Retry { at, message } => {
            let sql = format!(
                "UPDATE operations SET run_us = $3, message = $4, lease_until_us = 0, \
                 attempt = attempt + 1, version = version + 1 {OURS}"
            );
            let query = sqlx::query(AssertSqlSafe(sql)).bind(id).bind(epoch);
            query.bind(at.0).bind(*message).execute(db).await?
        }
        Mark::End { state, reason, message } => {
            let sql = format!(
                "UPDATE operations SET state = $3, reason = $4, message = $5, finished_us = $6, \
                 lease_until_us = 0, version = version + 1 {OURS}"
            );
            let query = sqlx::query(AssertSqlSafe(sql)).bind(id).bind(epoch).bind(state.as_str());
            query.bind(reason.map(Reason::as_str)).bind(*message).bind(now.0).execute(db).await?
        }
    };
    Ok(done.rows_affected() == 1)
}

/// Keeps a lease while a step takes long.
pub async fn renew(db: &Db, task: &Task, until: Timestamp) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(
        "UPDATE operations SET lease_until_us = $1 WHERE id = $2 AND lease_epoch = $3 \
         AND lease_until_us > 0",
    )
    .bind(until.0)
    .bind(task.id.to_string())
    .bind(task.lease_epoch)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Gives a lease up whose operation somebody else ended.
pub async fn release(db: &Db, task: &Task) -> Result<()> {
    renew(db, task, Timestamp(0)).await
}

/// On SQLite there is one process: leases of earlier ones are void at once.
pub async fn release_all(db: &Db) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("UPDATE operations SET lease_until_us = 0 WHERE lease_until_us > 0")
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends what waits or runs on the same thing, because this act takes over. What makes a template of
/// it goes first and cleans up after itself.
pub async fn interrupt(act: &mut Act, lock: Uuid, message: &str) -> Result<Vec<OperationId>> {
    let (org, now) = (act.org()?, act.now());
    let rows = sqlx::query(
        "UPDATE operations SET state = 'failure', reason = 'interrupted', message = $1, \
         finished_us = $2, version = version + 1 \
         WHERE org_id = $3 AND lock_id = $4 AND state = 'pending' AND subject_kind <> 'template' \
         RETURNING id",
    )
    .bind(message)
    .bind(now.0)
    .bind(org.to_string())
    .bind(lock.to_string())
    .fetch_all(act.db())
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

const DETAIL: &str = "id, kind, state, reason, message, subject_kind, subject_id, subject_name, \
    zone, step, attempt, created_us, finished_us, actor, request_id";

fn to_detail(row: &AnyRow) -> Result<OperationDetail> {
    let state: OperationState = row.parsed("state")?;
    let (kind, step) = (row.text("kind")?, row.text("step")?);
    let pending = state == OperationState::Pending;
    let reason = row.maybe_text("reason")?;
    Ok(OperationDetail {
        id: row.parsed("id")?,
        state,
        reason: reason.and_then(|r| r.parse().ok()),
        message: row.maybe_text("message")?,
        reference: reference(&row.text("subject_kind")?, &row.text("subject_id")?),
        subject: Some(row.text("subject_name")?),
        zone: row.maybe_text("zone")?,
        progress: if pending { super::job::progress(&kind, &step) } else { 100 },
        step: pending.then_some(step),
        operation: kind,
        attempt: row.int("attempt")?,
        created_at: row.time("created_us")?,
        finished_at: row.maybe_time("finished_us")?,
        actor: Some(row.text("actor")?),
        request_id: row.parsed("request_id")?,
    })
}

pub async fn get(pool: &AnyPool, org: OrgId, id: OperationId) -> Result<Option<OperationDetail>> {
    let sql = format!("SELECT {DETAIL} FROM operations WHERE org_id = $1 AND id = $2");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(id.to_string());
    query.fetch_optional(pool).await?.as_ref().map(to_detail).transpose()
}

/// Conditions of a list and the values bound to them, from `$2` on.
fn conditions(input: &ListOperations) -> (String, Vec<String>) {
    let (mut sql, mut values) = (String::new(), Vec::new());
    for (column, value) in [
        ("state", input.state.map(|s| s.to_string())),
        ("subject_id", input.subject_id.map(|s| s.to_string())),
    ] {
        if let Some(value) = value {
            values.push(value);
            sql.push_str(&format!(" AND {column} = ${}", values.len() + 1));
        }
    }
    (sql, values)
}

pub async fn list(
    view: &View,
    input: &ListOperations,
    limit: i64,
    after: Option<&After>,
) -> Result<(Vec<OperationDetail>, Option<After>)> {
    let (mut sql, values) = conditions(input);
    let n = values.len() + 2;
    if after.is_some() {
        sql.push_str(&format!(" AND (created_us, id) < (${n}, ${})", n + 1));
    }
    let sql = format!(
        "SELECT {DETAIL} FROM operations WHERE org_id = $1{sql} ORDER BY created_us DESC, id DESC LIMIT {}",
        limit + 1
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(view.org()?.to_string());
    for value in values {
        query = query.bind(value);
    }
    if let Some(After { value: SortValue::Int(created), id }) = after {
        query = query.bind(*created).bind(id.clone());
    }
    let rows = query.fetch_all(view.cloud.db.reader()).await?;
    let mut found = rows.iter().map(to_detail).collect::<Result<Vec<_>>>()?;
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| After { value: SortValue::Int(last.created_at.0), id: last.id.to_string() });
    Ok((found, next))
}

pub async fn count(view: &View, input: &ListOperations) -> Result<i64> {
    let (sql, values) = conditions(input);
    let sql = format!(
        "SELECT COUNT(*) AS n FROM (SELECT 1 FROM operations WHERE org_id = $1{sql} LIMIT {COUNT_MAX}) AS c"
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(view.org()?.to_string());
    for value in values {
        query = query.bind(value);
    }
    query.fetch_one(view.cloud.db.reader()).await?.int("n")
}

pub async fn count_pending(pool: &AnyPool) -> Result<i64> {
    let query = sqlx::query("SELECT COUNT(*) AS n FROM operations WHERE state = 'pending'");
    query.fetch_one(pool).await?.int("n")
}
