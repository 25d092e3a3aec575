//! Rows of calls that changed nothing.

use crate::{
    audit::Entry,
    cloud::Cloud,
    db::{Columns, Connection},
    error::{Error, Result},
    random,
};
use domain::{OrgId, Timestamp};
use sqlx::AssertSqlSafe;
use std::{collections::HashSet, fmt::Write as _};

/// Rows of one statement, and of one transaction: others write in between.
const ROWS: usize = 50;
const ROWS_OF_TRANSACTION: usize = 500;
const COLUMNS: usize = 9;
/// Of one organization no more are removed at once.
const REMOVED_MAX: i64 = 5_000;

pub async fn insert(cloud: &Cloud, entries: &[Entry]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let none = keep_none(cloud).await?;
    let kept: Vec<&Entry> = entries.iter().filter(|entry| !none.contains(&entry.org)).collect();
    for together in kept.chunks(ROWS_OF_TRANSACTION) {
        let mut housekeeping = cloud.housekeeping().await?;
        for rows in together.chunks(ROWS) {
            let mut sql = "INSERT INTO api_calls (org_id, project_id, at_us, id, operation, \
                subject_id, actor, status, data) VALUES "
                .to_owned();
            for row in 0..rows.len() {
                let values: Vec<String> =
                    (1..=COLUMNS).map(|n| format!("${}", row * COLUMNS + n)).collect();
                let comma = if row == 0 { "" } else { ", " };
                let _ = write!(sql, "{comma}({})", values.join(", "));
            }
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for entry in rows {
                query = query
                    .bind(entry.org.to_string())
                    .bind(entry.project.to_string())
                    .bind(entry.at.0)
                    .bind(random::id(entry.at).to_string())
                    .bind(&entry.operation)
                    .bind(&entry.subject_id)
                    .bind(&entry.actor)
                    .bind(entry.status)
                    .bind(serde_json::to_string(&entry.data).map_err(Error::internal)?);
            }
            query.execute(housekeeping.db()).await?;
        }
        housekeeping.commit().await?;
    }
    Ok(())
}

/// Organizations that keep no such calls.
async fn keep_none(cloud: &Cloud) -> Result<HashSet<OrgId>> {
    let rows = sqlx::query("SELECT id FROM organizations WHERE api_call_days = 0")
        .fetch_all(cloud.db.reader())
        .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// How many there are from before, counted up to a number.
pub async fn count_before(
    db: &mut Connection,
    org: OrgId,
    before: Timestamp,
    most: i64,
) -> Result<i64> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS n FROM (SELECT 1 FROM api_calls WHERE org_id = $1 AND at_us < $2 \
         LIMIT $3) AS counted",
    )
    .bind(org.to_string())
    .bind(before.0)
    .bind(most)
    .fetch_one(db)
    .await?;
    row.int("n")
}

pub async fn remove_old(cloud: &Cloud) -> Result<()> {
    let organizations = sqlx::query("SELECT id, api_call_days FROM organizations")
        .fetch_all(cloud.db.reader())
        .await?;
    for row in organizations {
        let (org, days) = (row.text("id")?, row.int("api_call_days")?);
        let until = super::kept_since(cloud.now(), days);
        // Whether there is one is asked of the readers: most of the time there is none.
        let oldest =
            sqlx::query("SELECT at_us FROM api_calls WHERE org_id = $1 AND at_us < $2 LIMIT 1")
                .bind(&org)
                .bind(until.0)
                .fetch_optional(cloud.db.reader())
                .await?;
        if oldest.is_none() {
            continue;
        }
        let mut housekeeping = cloud.housekeeping().await?;
        let sql = format!(
            "DELETE FROM api_calls WHERE org_id = $1 AND id IN (SELECT id FROM api_calls \
             WHERE org_id = $1 AND at_us < $2 ORDER BY at_us LIMIT {REMOVED_MAX}) AND at_us < $2"
        );
        sqlx::query(AssertSqlSafe(sql)).bind(&org).bind(until.0).execute(housekeeping.db()).await?;
        housekeeping.commit().await?;
    }
    Ok(())
}
