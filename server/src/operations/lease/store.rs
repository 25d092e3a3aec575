//! Leases in the rows of operations: compare-and-set updates, on both databases alike.

use super::{Due, Mark, Task, Where};
use crate::{
    db::{Columns, Db, Dialect},
    error::Result,
};
use domain::{Timestamp, Uuid, operation::Reason};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, any::AnyRow};

/// Lets one transaction at a time decide who works on what the lock names. On SQLite there is only
/// one that writes anyway; on PostgreSQL two would not see each other's leases.
pub async fn hold(db: &mut AnyConnection, dialect: Dialect, lock: Uuid) -> Result<()> {
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
        Mark::Pause { until } => {
            let sql = format!(
                "UPDATE operations SET run_us = $3, lease_until_us = 0, attempt = 0, \
                 version = version + 1 {OURS}"
            );
            let query = sqlx::query(AssertSqlSafe(sql)).bind(id).bind(epoch);
            query.bind(until.0).execute(db).await?
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
