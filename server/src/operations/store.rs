//! Rows of operations: leases are compare-and-set updates, on both databases alike.

use super::New;
use crate::{
    act::{Act, Subject, reference},
    db::{Columns, Db, Dialect},
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

/// Writes a row that is to be worked on. With `lease_until` it is leased to this process at once, if
/// nothing else waits or is at work on the same thing; the task says that it is.
pub async fn insert<D: Serialize>(
    act: &mut Act,
    id: OperationId,
    subject: &Subject,
    new: &New<'_, D>,
    lease_until: Option<Timestamp>,
) -> Result<Option<Task>> {
    let now = act.now();
    let data = serde_json::to_value(new.data).map_err(Error::internal)?;
    let leased = match lease_until {
        Some(until) if is_free(act, new.lock).await? => Some(until),
        _ => None,
    };
    let row = Row {
        zone: new.zone.map(str::to_owned),
        lock: new.lock.to_string(),
        data: data.to_string(),
        step: new.step.to_owned(),
        state: OperationState::Pending,
        finished: None,
        deadline: now.plus(super::DEADLINE),
        leased,
    };
    let deadline = row.deadline;
    write(act, id, subject, row).await?;
    let (org, project) = (act.org()?, act.project()?);
    Ok(leased.map(|_| Task {
        id,
        org,
        project,
        zone: new.zone.map(str::to_owned),
        kind: act.request.endpoint.operation.to_owned(),
        subject_kind: subject.kind.to_owned(),
        subject_id: subject.id.clone(),
        subject_name: subject.name.clone(),
        lock: new.lock,
        data,
        step: new.step.to_owned(),
        attempt: 0,
        deadline,
        lease_epoch: FIRST_EPOCH,
        request_id: act.request.id,
    }))
}

/// Whether nothing waits or is at work on what the lock names.
async fn is_free(act: &mut Act, lock: Uuid) -> Result<bool> {
    let (now, dialect) = (act.cloud.now(), act.cloud.db.dialect);
    hold(act.db(), dialect, lock).await?;
    let found = sqlx::query(
        "SELECT 1 AS one FROM operations WHERE lock_id = $1 AND (state = 'pending' OR lease_until_us > $2) \
         LIMIT 1",
    )
    .bind(lock.to_string())
    .bind(now.0)
    .fetch_optional(act.db())
    .await?;
    Ok(found.is_none())
}

/// Lets one transaction at a time decide who works on what the lock names. On SQLite there is only
/// one that writes anyway; on PostgreSQL two would not see each other's leases.
async fn hold(db: &mut AnyConnection, dialect: Dialect, lock: Uuid) -> Result<()> {
    if dialect == Dialect::Postgres {
        sqlx::query(
            "SELECT CASE WHEN pg_advisory_xact_lock(hashtextextended($1, 0)) IS NULL THEN 1 ELSE 0 END AS held",
        )
        .bind(lock.to_string())
        .execute(db)
        .await?;
    }
    Ok(())
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
        leased: None,
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
    leased: Option<Timestamp>,
}

/// The epoch of a lease that the accepting transaction took.
const FIRST_EPOCH: i64 = 1;

async fn write(act: &mut Act, id: OperationId, subject: &Subject, row: Row) -> Result<()> {
    let principal = act.principal()?;
    let (org, project, actor) = (principal.org, principal.project, principal.actor.label());
    let (kind, request_id, now) = (act.request.endpoint.operation, act.request.id, act.now());
    let owner = act.cloud.process.clone();
    sqlx::query(
        "INSERT INTO operations (id, org_id, project_id, zone, kind, subject_kind, subject_id, \
         subject_name, lock_id, data, step, state, run_us, deadline_us, actor, request_id, \
         created_us, finished_us, lease_owner, lease_until_us, lease_epoch) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $13, $17, \
         $18, $19, $20)",
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
    .bind(row.leased.map_or_else(String::new, |_| owner))
    .bind(row.leased.map_or(0, |until| until.0))
    .bind(row.leased.map_or(0, |_| FIRST_EPOCH))
    .execute(act.db())
    .await?;
    Ok(())
}

/// Where operations are looked for.
pub enum Where<'a> {
    Anywhere,
    Zone(&'a str),
    /// In zones that are none of these.
    NotIn(&'a [String]),
}

/// An operation that may run now.
pub struct Due {
    pub id: OperationId,
    lock: Uuid,
}

/// What keeps `o` from running: something else is at work on the same thing, or was accepted before
/// and waits. So what is asked of an instance happens in the order in which it was asked.
const KEPT: &str = "EXISTS (SELECT 1 FROM operations other WHERE other.lock_id = o.lock_id \
    AND other.id <> o.id AND (other.lease_until_us > $1 OR (other.state = 'pending' \
    AND (other.created_us, other.id) < (o.created_us, o.id))))";

/// Operations that may run now: due, not leased, and the first on what they work on.
pub async fn runnable(
    pool: &AnyPool,
    now: Timestamp,
    place: &Where<'_>,
    limit: usize,
) -> Result<Vec<Due>> {
    let (place, names): (String, Vec<&str>) = match place {
        Where::Anywhere => (String::new(), Vec::new()),
        Where::Zone(name) => ("AND o.zone = $3".to_owned(), vec![*name]),
        Where::NotIn(names) => {
            let slots: Vec<String> = (0..names.len()).map(|n| format!("${}", n + 3)).collect();
            let some = format!("AND (o.zone IS NULL OR o.zone NOT IN ({}))", slots.join(", "));
            let condition = if names.is_empty() { String::new() } else { some };
            (condition, names.iter().map(String::as_str).collect())
        }
    };
    let sql = format!(
        "SELECT o.id, o.lock_id FROM operations o WHERE o.state = 'pending' AND o.run_us <= $1 \
         AND o.lease_until_us <= $1 {place} AND NOT {KEPT} ORDER BY o.run_us, o.id LIMIT $2"
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(now.0).bind(limit as i64);
    for name in names {
        query = query.bind(name.to_owned());
    }
    let rows = query.fetch_all(pool).await?;
    rows.iter().map(|row| Ok(Due { id: row.parsed("id")?, lock: row.parsed("lock_id")? })).collect()
}

/// When the next operation that waits for another try is due.
pub async fn next_due(pool: &AnyPool, now: Timestamp) -> Result<Option<Timestamp>> {
    let sql = "SELECT MIN(run_us) AS due FROM operations WHERE state = 'pending' AND run_us > $1";
    sqlx::query(sql).bind(now.0).fetch_one(pool).await?.maybe_time("due")
}

/// Takes the lease, when it is still to be had.
pub async fn claim(
    db: &Db,
    due: &Due,
    owner: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<Task>> {
    let mut tx = db.begin().await?;
    hold(&mut tx, db.dialect, due.lock).await?;
    let sql = format!(
        "UPDATE operations AS o SET lease_owner = $2, lease_until_us = $3, \
         lease_epoch = lease_epoch + 1 WHERE o.id = $4 AND o.state = 'pending' AND o.run_us <= $1 \
         AND o.lease_until_us <= $1 AND NOT {KEPT} \
         RETURNING id, org_id, project_id, zone, kind, subject_kind, subject_id, subject_name, \
         lock_id, data, step, attempt, deadline_us, lease_epoch, request_id"
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(now.0)
        .bind(owner)
        .bind(until.0)
        .bind(due.id.to_string())
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

/// Releases the leases of one process, or all: on SQLite there is one process, so those of earlier
/// ones are void at once.
pub async fn release_all(db: &Db, owner: Option<&str>) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(
        "UPDATE operations SET lease_until_us = 0 WHERE lease_until_us > 0 AND ($1 = '' OR lease_owner = $1)",
    )
    .bind(owner.unwrap_or_default().to_owned())
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends what waits or runs on the same thing, because this act takes over; answers what was to be
/// done. What makes a template of it goes first and cleans up after itself.
pub async fn interrupt(
    act: &mut Act,
    lock: Uuid,
    message: &str,
) -> Result<Vec<(OperationId, serde_json::Value)>> {
    let (org, now, dialect) = (act.org()?, act.now(), act.cloud.db.dialect);
    hold(act.db(), dialect, lock).await?;
    let rows = sqlx::query(
        "UPDATE operations SET state = 'failure', reason = 'interrupted', message = $1, \
         finished_us = $2, version = version + 1 \
         WHERE org_id = $3 AND lock_id = $4 AND state = 'pending' AND subject_kind <> 'template' \
         RETURNING id, data",
    )
    .bind(message)
    .bind(now.0)
    .bind(org.to_string())
    .bind(lock.to_string())
    .fetch_all(act.db())
    .await?;
    rows.iter().map(|row| Ok((row.parsed("id")?, row.json("data")?))).collect()
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
    for (condition, value) in [
        ("state = ?", input.state.map(|s| s.to_string())),
        // What is done to an instance's snapshots holds the instance's lock.
        ("(subject_id = ? OR lock_id = ?)", input.subject_id.map(|s| s.to_string())),
    ] {
        if let Some(value) = value {
            values.push(value);
            sql.push_str(" AND ");
            sql.push_str(&condition.replace('?', &format!("${}", values.len() + 1)));
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
