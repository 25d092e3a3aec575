//! Rows of heads that were signed.

use crate::{
    db::{Columns, Connection, Pool},
    error::Result,
};
use api::AuditHead;
use domain::{OrgId, Timestamp};
use sqlx::any::AnyRow;

fn to_head(row: &AnyRow) -> Result<AuditHead> {
    Ok(AuditHead {
        organization: row.parsed("org_id")?,
        sequence: row.int("sequence")?,
        hash: row.text("hash")?,
        at: row.time("at_us")?,
        public_key: row.text("public_key")?,
        signature: row.text("signature")?,
    })
}

/// The newest before a number.
pub async fn list(pool: &Pool, org: OrgId, before: i64, limit: i64) -> Result<Vec<AuditHead>> {
    let rows = sqlx::query(
        "SELECT org_id, sequence, hash, at_us, public_key, signature FROM audit_heads \
         WHERE org_id = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3",
    )
    .bind(org.to_string())
    .bind(before)
    .bind(limit)
    .fetch_all(pool)
    .await?;
    rows.iter().map(to_head).collect()
}

/// Organizations whose trail has grown since its last head, and that head is older than this.
pub async fn due(pool: &Pool, before: Timestamp, most: i64) -> Result<Vec<(OrgId, (i64, String))>> {
    let rows = sqlx::query(
        "SELECT id, audit_sequence, audit_hash FROM organizations o WHERE audit_sequence > 0 \
         AND NOT EXISTS (SELECT 1 FROM audit_heads h WHERE h.org_id = o.id \
         AND (h.at_us > $1 OR h.sequence >= o.audit_sequence)) ORDER BY id LIMIT $2",
    )
    .bind(before.0)
    .bind(most)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| Ok((row.parsed("id")?, (row.int("audit_sequence")?, row.text("audit_hash")?))))
        .collect()
}

/// Another process may have signed the same end.
pub async fn insert(db: &mut Connection, head: &AuditHead) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit_heads (org_id, sequence, hash, at_us, public_key, signature) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (org_id, sequence) DO NOTHING",
    )
    .bind(head.organization.to_string())
    .bind(head.sequence)
    .bind(head.hash.clone())
    .bind(head.at.0)
    .bind(head.public_key.clone())
    .bind(head.signature.clone())
    .execute(db)
    .await?;
    Ok(())
}

/// The first head whose event is not there, or another one.
pub async fn disagreeing(pool: &Pool, org: OrgId) -> Result<Option<(i64, Timestamp)>> {
    let row = sqlx::query(
        "SELECT h.sequence, h.at_us FROM audit_heads h LEFT JOIN audit_events e \
         ON e.org_id = h.org_id AND e.sequence = h.sequence \
         WHERE h.org_id = $1 AND (e.hash IS NULL OR e.hash <> h.hash) ORDER BY h.sequence LIMIT 1",
    )
    .bind(org.to_string())
    .fetch_optional(pool)
    .await?;
    row.map(|row| Ok((row.int("sequence")?, row.time("at_us")?))).transpose()
}
