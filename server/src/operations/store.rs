//! Rows of operations as they are accepted, found again, and ended by somebody else.

use super::{
    New, Was,
    lease::{FIRST_EPOCH, Task, store::hold},
};
use crate::{
    act::{Act, Subject},
    db::{Columns, Connection},
    error::{Error, Result},
};
use domain::{OperationId, OrgId, Timestamp, Uuid, operation::OperationState};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::AnyPool;

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
        was: new.was.as_ref().map(serde_json::to_string).transpose().map_err(Error::internal)?,
    };
    let deadline = row.deadline;
    write(act, id, subject, row).await?;
    let (org, project) = (act.org()?, act.project()?);
    Ok(leased.map(|_| Task {
        id,
        org,
        project,
        zone: new.zone.map(str::to_owned),
        kind: act.operation().to_owned(),
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
        was: None,
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
    was: Option<String>,
}

async fn write(act: &mut Act, id: OperationId, subject: &Subject, row: Row) -> Result<()> {
    let principal = act.principal()?;
    let (org, project, actor) = (principal.org, principal.project, principal.actor.label());
    let (kind, request_id, now) = (act.operation(), act.request.id, act.now());
    let owner = act.cloud.process.clone();
    sqlx::query(
        "INSERT INTO operations (id, org_id, project_id, zone, kind, subject_kind, subject_id, \
         subject_name, lock_id, data, step, state, run_us, deadline_us, actor, request_id, \
         created_us, finished_us, lease_owner, lease_until_us, lease_epoch, was) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $13, $17, \
         $18, $19, $20, $21)",
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
    .bind(row.was)
    .execute(act.db())
    .await?;
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

/// An operation that was accepted, and what it was to do.
pub struct Found {
    pub id: OperationId,
    pub kind: String,
    pub state: OperationState,
    pub subject_kind: String,
    pub subject: String,
    pub subject_name: String,
    /// What it worked on: the instance, or the template.
    pub lock: String,
    pub data: serde_json::Value,
    /// Somebody has leased it, if only for a moment.
    pub is_begun: bool,
    pub was: Option<Was>,
}

impl Found {
    pub fn plan<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_value(self.data.clone()).map_err(Error::internal)
    }

    /// The id of what it works on.
    pub fn subject<T: From<Uuid>>(&self) -> Result<T> {
        Ok(T::from(self.subject.parse().map_err(Error::internal)?))
    }
}

pub async fn find(db: &mut Connection, org: OrgId, id: OperationId) -> Result<Option<Found>> {
    let row = sqlx::query(
        "SELECT id, kind, state, subject_kind, subject_id, subject_name, lock_id, data, was, \
         CASE WHEN lease_epoch > 0 THEN 1 ELSE 0 END AS is_begun \
         FROM operations WHERE org_id = $1 AND id = $2",
    )
    .bind(org.to_string())
    .bind(id.to_string())
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        // What an older or newer version wrote down in another way can't be brought back.
        let was = row.maybe_text("was")?.and_then(|was| serde_json::from_str(&was).ok());
        Ok(Found {
            id: row.parsed("id")?,
            kind: row.text("kind")?,
            state: row.parsed("state")?,
            subject_kind: row.text("subject_kind")?,
            subject: row.text("subject_id")?,
            subject_name: row.text("subject_name")?,
            lock: row.text("lock_id")?,
            data: row.json("data")?,
            is_begun: row.flag("is_begun")?,
            was,
        })
    })
    .transpose()
}

/// Ends what nobody has begun; `false` when somebody has, or when it is over.
pub async fn take_back(act: &mut Act, found: &Found, message: &str) -> Result<bool> {
    let (now, dialect) = (act.now(), act.cloud.db.dialect);
    hold(act.db(), dialect, found.lock.parse().map_err(Error::internal)?).await?;
    let done = sqlx::query(
        "UPDATE operations SET state = 'failure', reason = 'interrupted', message = $1, \
         finished_us = $2, version = version + 1 \
         WHERE id = $3 AND state = 'pending' AND lease_epoch = 0",
    )
    .bind(message)
    .bind(now.0)
    .bind(found.id.to_string())
    .execute(act.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn count_pending(pool: &AnyPool) -> Result<i64> {
    let query = sqlx::query("SELECT COUNT(*) AS n FROM operations WHERE state = 'pending'");
    query.fetch_one(pool).await?.int("n")
}
