//! Rows of what was used.

use super::{Count, Kind, Whose};
use crate::{
    cloud::Cloud,
    db::{Columns, Connection},
    error::Result,
};
use domain::{OrgId, Timestamp};
use sqlx::AssertSqlSafe;
use std::{collections::HashMap, fmt::Write as _};

/// Rows of one statement.
const ROWS: usize = 50;
const COLUMNS: usize = 7;

pub async fn add(cloud: &Cloud, counts: Vec<(Kind, Count)>) -> Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    let mut housekeeping = cloud.housekeeping().await?;
    for rows in counts.chunks(ROWS) {
        let mut sql = "INSERT INTO iam_uses (org_id, role_id, principal, operation, first_us, \
            last_us, uses) VALUES "
            .to_owned();
        for row in 0..rows.len() {
            let values: Vec<String> =
                (1..=COLUMNS).map(|n| format!("${}", row * COLUMNS + n)).collect();
            let comma = if row == 0 { "" } else { ", " };
            let _ = write!(sql, "{comma}({})", values.join(", "));
        }
        sql.push_str(
            " ON CONFLICT (org_id, role_id, principal, operation) DO UPDATE SET \
             last_us = excluded.last_us, uses = iam_uses.uses + excluded.uses",
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (kind, count) in rows {
            query = query
                .bind(kind.org.to_string())
                .bind(kind.role.to_string())
                .bind(kind.principal.clone())
                .bind(kind.operation)
                .bind(count.first.0)
                .bind(count.last.0)
                .bind(count.uses);
        }
        query.execute(housekeeping.db()).await?;
    }
    housekeeping.commit().await
}

pub async fn remove_until(cloud: &Cloud, until: Timestamp) -> Result<()> {
    let mut housekeeping = cloud.housekeeping().await?;
    sqlx::query("DELETE FROM iam_uses WHERE last_us < $1")
        .bind(until.0)
        .execute(housekeeping.db())
        .await?;
    housekeeping.commit().await
}

/// When each operation was last used, and how often, by the operation's name.
pub async fn of(
    db: &mut Connection,
    org: OrgId,
    whose: &Whose,
) -> Result<HashMap<String, (Timestamp, i64)>> {
    let (column, value) = match whose {
        Whose::Role(id) => ("role_id", id.to_string()),
        Whose::Principal(principal) => ("principal", principal.clone()),
    };
    let sql = format!(
        "SELECT operation, MAX(last_us) AS last_us, CAST(SUM(uses) AS BIGINT) AS uses \
         FROM iam_uses WHERE org_id = $1 AND {column} = $2 GROUP BY operation"
    );
    let rows =
        sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(value).fetch_all(db).await?;
    let read = |row| -> Result<_> {
        let row: &sqlx::any::AnyRow = row;
        Ok((row.text("operation")?, (row.time("last_us")?, row.int("uses")?)))
    };
    rows.iter().map(read).collect()
}

/// When the first of all uses of an organization was noted.
pub async fn began(db: &mut Connection, org: OrgId) -> Result<Option<Timestamp>> {
    let row = sqlx::query("SELECT MIN(first_us) AS first_us FROM iam_uses WHERE org_id = $1")
        .bind(org.to_string())
        .fetch_one(db)
        .await?;
    row.maybe_time("first_us")
}
