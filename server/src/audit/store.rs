//! Rows of the audit trail and the chain through them.

use super::Entry;
use crate::{
    db::Columns,
    error::{Error, Result},
    seal::sha256,
    view::View,
};
use api::Event;
use domain::{OrgId, Timestamp, Uuid};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe};

/// Events that one answer holds at most.
const EVENTS_MAX: i64 = 10_000;

/// Everything that a row says. All of it is hashed, because all of it is read.
#[derive(serde::Serialize)]
struct Link<'a> {
    org: &'a str,
    project: &'a str,
    sequence: i64,
    at_us: i64,
    operation: &'a str,
    subject_id: &'a str,
    operation_id: &'a str,
    actor: &'a str,
    request_id: &'a str,
    status: i64,
    data: &'a str,
    previous: &'a str,
}

impl Link<'_> {
    /// The hash of an event: of its predecessor's hash and everything that its row says.
    fn hash(&self) -> Result<String> {
        serde_json::to_string(self).map(|text| sha256(&text)).map_err(Error::internal)
    }
}

/// Writes an event behind the last one of its organization.
pub async fn append(db: &mut AnyConnection, entry: &Entry) -> Result<()> {
    // The update comes first: on PostgreSQL it holds the row, so that two writers queue here.
    let head = sqlx::query(
        "UPDATE organizations SET audit_sequence = audit_sequence + 1 WHERE id = $1 \
         RETURNING audit_sequence, audit_hash",
    )
    .bind(entry.org.to_string())
    .fetch_one(&mut *db)
    .await?;
    let (sequence, previous) = (head.int("audit_sequence")?, head.text("audit_hash")?);
    let data = serde_json::to_string(&entry.data).map_err(Error::internal)?;
    let (org, project) = (entry.org.to_string(), entry.project.to_string());
    let hash = Link {
        org: &org,
        project: &project,
        sequence,
        at_us: entry.at.0,
        operation: &entry.operation,
        subject_id: &entry.subject_id,
        operation_id: &entry.operation_id,
        actor: &entry.actor,
        request_id: &entry.request_id,
        status: entry.status,
        data: &data,
        previous: &previous,
    }
    .hash()?;
    sqlx::query(
        "INSERT INTO audit_events (org_id, project_id, sequence, at_us, operation, subject_id, \
         operation_id, actor, request_id, status, data, previous_hash, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(entry.org.to_string())
    .bind(entry.project.to_string())
    .bind(sequence)
    .bind(entry.at.0)
    .bind(&entry.operation)
    .bind(&entry.subject_id)
    .bind(&entry.operation_id)
    .bind(&entry.actor)
    .bind(&entry.request_id)
    .bind(entry.status)
    .bind(data)
    .bind(previous)
    .bind(&hash)
    .execute(&mut *db)
    .await?;
    sqlx::query("UPDATE organizations SET audit_hash = $1 WHERE id = $2")
        .bind(hash)
        .bind(entry.org.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// The last successful change of a resource, and who asked for it.
pub struct LastChange {
    pub at: Timestamp,
    pub actor: String,
    pub operation: String,
    /// `name "web-2", labels {…}`
    pub fields: String,
}

pub async fn last_of(
    db: &mut AnyConnection,
    org: OrgId,
    subject: &str,
) -> Result<Option<LastChange>> {
    let row = sqlx::query(
        "SELECT at_us, actor, operation, operation_id, data FROM audit_events WHERE org_id = $1 AND \
         subject_id = $2 AND status < 300 ORDER BY sequence DESC LIMIT 1",
    )
    .bind(org.to_string())
    .bind(subject)
    .fetch_optional(&mut *db)
    .await?;
    let Some(mut row) = row else { return Ok(None) };
    if row.text("operation")? == super::COMPLETED {
        // The platform only went on with what somebody had asked for.
        let asked = sqlx::query(
            "SELECT at_us, actor, operation, data FROM audit_events WHERE org_id = $1 AND \
             operation_id = $2 AND operation <> $3 ORDER BY sequence LIMIT 1",
        )
        .bind(org.to_string())
        .bind(row.text("operation_id")?)
        .bind(super::COMPLETED)
        .fetch_optional(db)
        .await?;
        row = asked.unwrap_or(row);
    }
    let event: Event = row.json("data")?;
    let fields: Vec<_> = event.body_params.iter().map(|(k, v)| format!("{k} {v}")).collect();
    Ok(Some(LastChange {
        at: row.time("at_us")?,
        actor: row.text("actor")?,
        operation: row.text("operation")?,
        fields: fields.join(", "),
    }))
}

/// Events of a time span, the newest first.
pub async fn list(
    view: &View,
    from: Timestamp,
    to: Timestamp,
    subject: Option<Uuid>,
) -> Result<Vec<Event>> {
    let only = if subject.is_some() { " AND subject_id = $4" } else { "" };
    let sql = format!(
        "SELECT sequence, data, hash FROM audit_events WHERE org_id = $1 AND at_us >= $2 AND \
         at_us <= $3{only} ORDER BY sequence DESC LIMIT {EVENTS_MAX}"
    );
    let mut query =
        sqlx::query(AssertSqlSafe(sql)).bind(view.org()?.to_string()).bind(from.0).bind(to.0);
    if let Some(subject) = subject {
        query = query.bind(subject.to_string());
    }
    let rows = query.fetch_all(view.cloud.db.reader()).await?;
    rows.iter()
        .map(|row| {
            let event: Event = row.json("data")?;
            Ok(Event {
                sequence: Some(row.int("sequence")?),
                hash: Some(row.text("hash")?),
                ..event
            })
        })
        .collect()
}

/// Walks every chain. The first broken link is named.
pub async fn verify(pool: &AnyPool) -> Result<(), String> {
    let orgs = sqlx::query("SELECT id FROM organizations ORDER BY id")
        .fetch_all(pool)
        .await
        .map_err(|e| e.to_string())?;
    for org in orgs {
        let org = org.text("id").map_err(|e| e.to_string())?;
        verify_one(pool, &org).await?;
    }
    Ok(())
}

async fn verify_one(pool: &AnyPool, org: &str) -> Result<(), String> {
    let before = head(pool, org).await.map_err(|e| e.to_string())?;
    let mut last = (0, String::new());
    let mut met = last == before;
    loop {
        let rows = sqlx::query(
            "SELECT project_id, sequence, at_us, operation, subject_id, operation_id, actor, \
             request_id, status, data, previous_hash, hash FROM audit_events WHERE org_id = $1 \
             AND sequence > $2 ORDER BY sequence LIMIT 1000",
        )
        .bind(org)
        .bind(last.0)
        .fetch_all(pool)
        .await
        .map_err(|e| e.to_string())?;
        for row in &rows {
            let at = row.int("sequence").map_err(|e| e.to_string())?;
            let hash = follows(row, org, &last.1).map_err(|e| e.to_string())?;
            match hash {
                Some(hash) if at == last.0 + 1 => last = (at, hash),
                _ => return Err(format!("the audit trail of {org} is broken at event {at}")),
            }
            met |= last == before;
        }
        if rows.is_empty() {
            break;
        }
    }
    // What was written meanwhile stands behind the head of before, and has moved the head on.
    let after = head(pool, org).await.map_err(|e| e.to_string())?;
    if met && last.0 <= after.0 {
        return Ok(());
    }
    Err(format!("the audit trail of {org} does not end where its head says"))
}

/// Number and hash of the last event.
async fn head(pool: &AnyPool, org: &str) -> Result<(i64, String)> {
    let row = sqlx::query("SELECT audit_sequence, audit_hash FROM organizations WHERE id = $1")
        .bind(org)
        .fetch_one(pool)
        .await?;
    Ok((row.int("audit_sequence")?, row.text("audit_hash")?))
}

/// The hash of a row that is what was written behind `previous`.
fn follows(row: &sqlx::any::AnyRow, org: &str, previous: &str) -> Result<Option<String>> {
    let hash = Link {
        org,
        project: &row.text("project_id")?,
        sequence: row.int("sequence")?,
        at_us: row.int("at_us")?,
        operation: &row.text("operation")?,
        subject_id: &row.text("subject_id")?,
        operation_id: &row.text("operation_id")?,
        actor: &row.text("actor")?,
        request_id: &row.text("request_id")?,
        status: row.int("status")?,
        data: &row.text("data")?,
        previous,
    }
    .hash()?;
    let whole = row.text("previous_hash")? == previous && row.text("hash")? == hash;
    Ok(whole.then_some(hash))
}
