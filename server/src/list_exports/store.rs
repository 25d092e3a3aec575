//! Rows of exported lists.

use crate::{
    act::Act,
    db::{Columns, Connection, Pool},
    error::Result,
    organization,
};
use api::ListExport;
use domain::{
    ListExportId, OrgId, Timestamp,
    list::{ExportFormat, List},
};

/// Those that have a file, or will have one; nobody adds to them until the act ends.
pub async fn count(act: &mut Act) -> Result<i64> {
    organization::store::hold(act).await?;
    let org = act.org()?;
    let row = sqlx::query(
        "SELECT COUNT(*) AS n FROM list_exports WHERE org_id = $1 AND reason IS NULL \
         AND (written_rows IS NULL OR expires_us IS NOT NULL)",
    )
    .bind(org.to_string())
    .fetch_one(act.db())
    .await?;
    row.int("n")
}

pub async fn insert(
    act: &mut Act,
    id: ListExportId,
    list: List,
    format: ExportFormat,
) -> Result<()> {
    let (org, project, now) = (act.org()?, act.project()?, act.at());
    sqlx::query(
        "INSERT INTO list_exports (id, org_id, project_id, list, format, created_us) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(list.as_str())
    .bind(format.as_str())
    .bind(now.0)
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn get(db: &mut Connection, org: OrgId, id: ListExportId) -> Result<Option<ListExport>> {
    let row = sqlx::query(
        "SELECT id, list, format, written_rows, size_bytes, expires_us, reason, created_us \
         FROM list_exports WHERE org_id = $1 AND id = $2",
    )
    .bind(org.to_string())
    .bind(id.to_string())
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(ListExport {
        id: row.parsed("id")?,
        list: row.parsed("list")?,
        format: row.parsed("format")?,
        created_at: row.time("created_us")?,
        rows: row.maybe_int("written_rows")?,
        size: row.maybe_int("size_bytes")?,
        expires_at: row.maybe_time("expires_us")?,
        url: None,
        reason: row.maybe_text("reason")?,
    }))
}

/// The file is there.
pub async fn written(
    act: &mut Act,
    id: ListExportId,
    rows: i64,
    size: i64,
    until: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE list_exports SET written_rows = $1, size_bytes = $2, expires_us = $3, \
         version = version + 1 WHERE id = $4",
    )
    .bind(rows)
    .bind(size)
    .bind(until.0)
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn failed(act: &mut Act, id: ListExportId, reason: &str) -> Result<()> {
    sqlx::query("UPDATE list_exports SET reason = $1, version = version + 1 WHERE id = $2")
        .bind(reason)
        .bind(id.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

/// Files that nobody may download any more.
pub async fn expired(pool: &Pool, now: Timestamp) -> Result<Vec<ListExportId>> {
    let rows = sqlx::query("SELECT id FROM list_exports WHERE expires_us <= $1")
        .bind(now.0)
        .fetch_all(pool)
        .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

pub async fn removed(db: &mut Connection, id: ListExportId) -> Result<()> {
    sqlx::query("UPDATE list_exports SET expires_us = NULL, version = version + 1 WHERE id = $1")
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}
