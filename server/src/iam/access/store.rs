//! Rows of requests for access, and of the grants that they become.

use super::{KEPT, LAPSES};
use crate::{
    act::Act,
    call::Call,
    db::{Columns, Connection},
    error::Result,
};
use api::{AccessGrant, AccessRequest, RequestAccess};
use domain::{
    AccessRequestId, MemberId, OrgId, Timestamp, UserId, format::Language, iam::grant::AccessState,
};
use sqlx::{AssertSqlSafe, any::AnyRow};

/// Requests and grants that a list shows.
const LISTED_MAX: i64 = 500;

pub struct Row {
    pub id: AccessRequestId,
    pub user: UserId,
    pub member: Option<MemberId>,
    pub email: String,
    pub operation: String,
    pub resource: Option<String>,
    pub hours: i64,
    pub language: Language,
    role: String,
    reason: String,
    created: Timestamp,
    decided: Option<Timestamp>,
    decided_by: Option<String>,
    answer: Option<String>,
    ends: Option<Timestamp>,
    revoked_by: Option<String>,
    withdrawn: bool,
}

impl Row {
    pub fn state(&self, now: Timestamp) -> AccessState {
        match (self.decided, self.ends) {
            (Some(_), Some(_)) => AccessState::Approved,
            (Some(_), None) if self.withdrawn => AccessState::Withdrawn,
            (Some(_), None) => AccessState::Refused,
            (None, _) if self.created.plus(LAPSES) <= now => AccessState::Lapsed,
            (None, _) => AccessState::Open,
        }
    }

    pub fn is_own(&self, call: &Call) -> bool {
        let caller = call.principal_or_none().and_then(|principal| principal.actor.user());
        caller == Some(self.user)
    }

    pub fn request(self, to: &Call) -> AccessRequest {
        AccessRequest {
            own: self.is_own(to),
            state: self.state(to.now()),
            id: self.id,
            operation: self.operation,
            resource: self.resource,
            reason: self.reason,
            hours: self.hours,
            email: self.email,
            user_id: self.member,
            role: self.role,
            created_at: self.created,
            lapses_at: self.created.plus(LAPSES),
            decided_at: self.decided,
            decided_by: self.decided_by,
            answer: self.answer,
        }
    }

    /// Nothing, if it is no grant.
    pub fn grant(self, to: &Call) -> Option<AccessGrant> {
        let (granted_at, ends_at) = (self.decided?, self.ends?);
        Some(AccessGrant {
            own: self.is_own(to),
            active: ends_at > to.now(),
            id: self.id,
            operation: self.operation,
            resource: self.resource,
            email: self.email,
            user_id: self.member,
            role: self.role,
            granted_at,
            granted_by: self.decided_by.unwrap_or_default(),
            ends_at,
            revoked_by: self.revoked_by,
        })
    }
}

const ALL: &str = "SELECT a.id, a.user_id, a.operation, a.resource, a.reason, a.hours, \
     a.language, a.created_us, a.decided_us, a.decided_by, a.answer, a.ends_us, a.revoked_by, a.withdrawn, \
     COALESCE(u.address, u.email) AS email, COALESCE(m.id, '') AS member_id, COALESCE(r.name, '') AS role_name \
     FROM access_requests a JOIN users u ON u.id = a.user_id \
     LEFT JOIN memberships m ON m.org_id = a.org_id AND m.user_id = a.user_id \
     LEFT JOIN roles r ON r.id = a.role_id WHERE a.org_id = $1";

fn to_row(row: &AnyRow) -> Result<Row> {
    let gone = row.text("member_id")?.is_empty();
    Ok(Row {
        id: row.parsed("id")?,
        user: row.parsed("user_id")?,
        member: if gone { None } else { Some(row.parsed("member_id")?) },
        email: row.text("email")?,
        role: row.text("role_name")?,
        operation: row.text("operation")?,
        resource: row.maybe_text("resource")?,
        reason: row.text("reason")?,
        hours: row.int("hours")?,
        language: row.parsed("language")?,
        created: row.time("created_us")?,
        decided: row.maybe_time("decided_us")?,
        decided_by: row.maybe_text("decided_by")?,
        answer: row.maybe_text("answer")?,
        ends: row.maybe_time("ends_us")?,
        revoked_by: row.maybe_text("revoked_by")?,
        withdrawn: row.int("withdrawn")? != 0,
    })
}

pub async fn get(db: &mut Connection, org: OrgId, id: AccessRequestId) -> Result<Option<Row>> {
    let sql = format!("{ALL} AND a.id = $2");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(id.to_string());
    query.fetch_optional(db).await?.as_ref().map(to_row).transpose()
}

/// Open ones first, then the newest first; of everybody, or of one person.
pub async fn requests(db: &mut Connection, org: OrgId, of: Option<UserId>) -> Result<Vec<Row>> {
    let order = "CASE WHEN a.decided_us IS NULL THEN 0 ELSE 1 END, a.created_us DESC, a.id DESC";
    list(db, org, of, "", order).await
}

/// Those that end last first; of everybody, or of one person.
pub async fn grants(db: &mut Connection, org: OrgId, of: Option<UserId>) -> Result<Vec<Row>> {
    list(db, org, of, " AND a.ends_us IS NOT NULL", "a.ends_us DESC, a.id DESC").await
}

async fn list(
    db: &mut Connection,
    org: OrgId,
    of: Option<UserId>,
    which: &str,
    order: &str,
) -> Result<Vec<Row>> {
    let sql = format!("{ALL}{which} AND ($2 = '' OR a.user_id = $2) ORDER BY {order} LIMIT $3");
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(org.to_string())
        .bind(of.map_or_else(String::new, |user| user.to_string()))
        .bind(LISTED_MAX)
        .fetch_all(db)
        .await?;
    rows.iter().map(to_row).collect()
}

/// How many requests are open: of the organization, of a person, and of the person the same one.
pub async fn count_open(
    act: &mut Act,
    user: UserId,
    input: &RequestAccess,
) -> Result<(i64, i64, i64)> {
    let (org, since) = (act.org()?, act.now().minus(LAPSES));
    let row = sqlx::query(
        "SELECT COUNT(*) AS everybodys, \
         COALESCE(SUM(CASE WHEN user_id = $2 THEN 1 ELSE 0 END), 0) AS own, \
         COALESCE(SUM(CASE WHEN user_id = $2 AND operation = $3 AND COALESCE(resource, '') = $4 \
         THEN 1 ELSE 0 END), 0) AS same \
         FROM access_requests WHERE org_id = $1 AND decided_us IS NULL AND created_us > $5",
    )
    .bind(org.to_string())
    .bind(user.to_string())
    .bind(input.operation.clone())
    .bind(input.resource.clone().unwrap_or_default())
    .bind(since.0)
    .fetch_one(act.db())
    .await?;
    Ok((row.int("everybodys")?, row.int("own")?, row.int("same")?))
}

pub async fn insert(
    act: &mut Act,
    id: AccessRequestId,
    user: UserId,
    input: &RequestAccess,
) -> Result<()> {
    let (org, project, now) = (act.org()?, act.project()?, act.now());
    let role = act.principal()?.role.id;
    sqlx::query(
        "INSERT INTO access_requests (id, org_id, project_id, user_id, role_id, operation, resource, \
         reason, hours, language, created_us) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(id.to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(user.to_string())
    .bind(role.to_string())
    .bind(input.operation.clone())
    .bind(input.resource.clone())
    .bind(input.reason.clone())
    .bind(input.hours)
    .bind(input.language.unwrap_or(Language::En).as_str())
    .bind(now.0)
    .execute(act.db())
    .await?;
    Ok(())
}

/// Decides a request: it becomes a grant that ends then, or is refused with an answer.
pub async fn decide(
    act: &mut Act,
    id: AccessRequestId,
    ends: Option<Timestamp>,
    answer: Option<String>,
) -> Result<()> {
    let (org, now, by) = (act.org()?, act.now(), act.principal()?.actor.label());
    sqlx::query(
        "UPDATE access_requests SET decided_us = $1, decided_by = $2, ends_us = $3, answer = $4 \
         WHERE org_id = $5 AND id = $6 AND decided_us IS NULL",
    )
    .bind(now.0)
    .bind(by)
    .bind(ends.map(|at| at.0))
    .bind(answer)
    .bind(org.to_string())
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

/// Takes a request back.
pub async fn withdraw(act: &mut Act, id: AccessRequestId) -> Result<()> {
    let (org, now, by) = (act.org()?, act.now(), act.principal()?.actor.label());
    sqlx::query(
        "UPDATE access_requests SET decided_us = $1, decided_by = $2, withdrawn = 1 \
         WHERE org_id = $3 AND id = $4 AND decided_us IS NULL",
    )
    .bind(now.0)
    .bind(by)
    .bind(org.to_string())
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn revoke(act: &mut Act, id: AccessRequestId) -> Result<()> {
    let (org, now, by) = (act.org()?, act.now(), act.principal()?.actor.label());
    sqlx::query(
        "UPDATE access_requests SET ends_us = $1, revoked_by = $2 \
         WHERE org_id = $3 AND id = $4 AND ends_us > $1",
    )
    .bind(now.0)
    .bind(by)
    .bind(org.to_string())
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

/// Ends what somebody was granted, and forgets what they ask for: they leave, or get another role.
pub async fn end_all(act: &mut Act, user: UserId) -> Result<()> {
    let (org, now, by) = (act.org()?, act.now(), act.principal()?.actor.label());
    sqlx::query(
        "UPDATE access_requests SET ends_us = $1, revoked_by = $2 \
         WHERE org_id = $3 AND user_id = $4 AND ends_us > $1",
    )
    .bind(now.0)
    .bind(by)
    .bind(org.to_string())
    .bind(user.to_string())
    .execute(act.db())
    .await?;
    sqlx::query(
        "DELETE FROM access_requests WHERE org_id = $1 AND user_id = $2 AND decided_us IS NULL",
    )
    .bind(org.to_string())
    .bind(user.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

/// Grants of a person that go on.
pub async fn count_active(act: &mut Act, user: UserId) -> Result<i64> {
    let (org, now) = (act.org()?, act.now());
    sqlx::query(
        "SELECT COUNT(*) AS n FROM access_requests \
         WHERE org_id = $1 AND user_id = $2 AND ends_us > $3",
    )
    .bind(org.to_string())
    .bind(user.to_string())
    .bind(now.0)
    .fetch_one(act.db())
    .await?
    .int("n")
}

/// Forgets what lapsed, was refused or has ended long ago.
pub async fn forget(db: &mut Connection, now: Timestamp) -> Result<()> {
    sqlx::query(
        "DELETE FROM access_requests WHERE COALESCE(ends_us, decided_us, created_us) <= $1",
    )
    .bind(now.minus(KEPT).0)
    .execute(db)
    .await?;
    Ok(())
}
