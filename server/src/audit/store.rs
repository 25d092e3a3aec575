//! Rows of the audit trail and the chain through them.

use super::{Entry, heads, proof::Link};
use crate::{
    cloud::Cloud,
    db::Columns,
    error::{Error, Result},
    view::View,
};
use api::Event;
use domain::{OrgId, Timestamp, Uuid};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe};

/// Events that one answer holds at most.
const EVENTS_MAX: i64 = 10_000;

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
    let mut link = Link {
        sequence,
        hash: String::new(),
        previous,
        org: entry.org.to_string(),
        project: entry.project.to_string(),
        at_us: entry.at.0,
        operation: entry.operation.clone(),
        subject_id: entry.subject_id.clone(),
        operation_id: entry.operation_id.clone(),
        actor: entry.actor.clone(),
        request_id: entry.request_id.clone(),
        status: entry.status,
        data,
    };
    link.hash = link.computed()?;
    sqlx::query(
        "INSERT INTO audit_events (org_id, project_id, sequence, at_us, operation, subject_id, \
         operation_id, actor, request_id, status, data, previous_hash, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(&link.org)
    .bind(link.project)
    .bind(link.sequence)
    .bind(link.at_us)
    .bind(link.operation)
    .bind(link.subject_id)
    .bind(link.operation_id)
    .bind(link.actor)
    .bind(link.request_id)
    .bind(link.status)
    .bind(link.data)
    .bind(link.previous)
    .bind(&link.hash)
    .execute(&mut *db)
    .await?;
    sqlx::query("UPDATE organizations SET audit_hash = $1 WHERE id = $2")
        .bind(link.hash)
        .bind(link.org)
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

/// Walks every chain, and compares it with the heads that were kept. The first broken link is named.
pub async fn verify(cloud: &Cloud) -> Result<(), String> {
    let pool = cloud.db.reader();
    let orgs = sqlx::query("SELECT id FROM organizations ORDER BY id")
        .fetch_all(pool)
        .await
        .map_err(|e| e.to_string())?;
    for org in orgs {
        let org = org.text("id").map_err(|e| e.to_string())?;
        verify_one(pool, &org).await?;
        heads::check(cloud, org.parse().map_err(|e| format!("{org}: {e}"))?).await?;
    }
    Ok(())
}

async fn verify_one(pool: &AnyPool, org: &str) -> Result<(), String> {
    let before = head(pool, org).await.map_err(|e| e.to_string())?;
    let mut last = (0, String::new());
    let mut met = last == before;
    loop {
        let read = links(pool, org, last.0, i64::MAX).await.map_err(|e| e.to_string())?;
        if read.is_empty() {
            break;
        }
        for link in read {
            let whole = link.follows(&last.1).map_err(|e| e.to_string())?;
            if !whole || link.sequence != last.0 + 1 {
                let at = link.sequence;
                return Err(format!("the audit trail of {org} is broken at event {at}"));
            }
            last = (link.sequence, link.hash);
            met |= last == before;
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
pub async fn head(pool: &AnyPool, org: &str) -> Result<(i64, String)> {
    let row = sqlx::query("SELECT audit_sequence, audit_hash FROM organizations WHERE id = $1")
        .bind(org)
        .fetch_one(pool)
        .await?;
    Ok((row.int("audit_sequence")?, row.text("audit_hash")?))
}

/// Events of one organization behind a number, at most a page of them.
pub async fn links(pool: &AnyPool, org: &str, after: i64, to: i64) -> Result<Vec<Link>> {
    let rows = sqlx::query(
        "SELECT org_id, project_id, sequence, at_us, operation, subject_id, operation_id, actor, \
         request_id, status, data, previous_hash, hash FROM audit_events WHERE org_id = $1 \
         AND sequence > $2 AND sequence <= $3 ORDER BY sequence LIMIT 1000",
    )
    .bind(org)
    .bind(after)
    .bind(to)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Link {
                sequence: row.int("sequence")?,
                hash: row.text("hash")?,
                previous: row.text("previous_hash")?,
                org: row.text("org_id")?,
                project: row.text("project_id")?,
                at_us: row.int("at_us")?,
                operation: row.text("operation")?,
                subject_id: row.text("subject_id")?,
                operation_id: row.text("operation_id")?,
                actor: row.text("actor")?,
                request_id: row.text("request_id")?,
                status: row.int("status")?,
                data: row.text("data")?,
            })
        })
        .collect()
}

/// The numbers of the first and the last event of a time span. What lies between them need not be of
/// that time to the second: a call that took long is written later than it began.
pub async fn range(
    db: &mut AnyConnection,
    org: OrgId,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> Result<Option<(i64, i64)>> {
    let row = sqlx::query(
        "SELECT MIN(sequence) AS first, MAX(sequence) AS last FROM audit_events WHERE org_id = $1 \
         AND at_us >= $2 AND at_us <= $3",
    )
    .bind(org.to_string())
    .bind(from.map_or(i64::MIN, |from| from.0))
    .bind(to.map_or(i64::MAX, |to| to.0))
    .fetch_one(db)
    .await?;
    Ok(row.maybe_int("first")?.zip(row.maybe_int("last")?))
}
