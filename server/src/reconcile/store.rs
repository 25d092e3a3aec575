//! Rows of instances as engines are compared with them, and rows of strays.

use crate::{
    cloud::Cloud,
    db::{Columns, Pool},
    error::Result,
};
use domain::{InstanceId, OrgId, ProjectId, instance::InstanceState};
use sqlx::{AssertSqlSafe, any::AnyRow};
use std::time::Duration;

/// An instance as its row claims it to be.
#[derive(Clone, Debug)]
pub struct Claim {
    pub id: InstanceId,
    pub org: OrgId,
    pub project: ProjectId,
    pub zone: String,
    pub engine_name: String,
    pub state: InstanceState,
    pub busy: bool,
    pub deleted: bool,
    /// Deleted, and kept for a while.
    pub kept: bool,
    pub version: i64,
}

const CLAIM: &str = "SELECT id, org_id, project_id, zone, engine_name, state, version, \
    CASE WHEN operation_id IS NULL THEN 0 ELSE 1 END AS busy, \
    CASE WHEN deleted_us IS NULL THEN 0 ELSE 1 END AS deleted, \
    CASE WHEN recover_until_us IS NULL THEN 0 ELSE 1 END AS kept FROM instances";

fn to_claim(row: &AnyRow) -> Result<Claim> {
    Ok(Claim {
        id: row.parsed("id")?,
        org: row.parsed("org_id")?,
        project: row.parsed("project_id")?,
        zone: row.text("zone")?,
        engine_name: row.text("engine_name")?,
        state: row.parsed("state")?,
        busy: row.flag("busy")?,
        deleted: row.flag("deleted")?,
        kept: row.flag("kept")?,
        version: row.int("version")?,
    })
}

/// Everything of a zone that was not deleted.
pub async fn claims_of_zone(pool: &Pool, zone: &str) -> Result<Vec<Claim>> {
    let sql = format!("{CLAIM} WHERE zone = $1 AND deleted_us IS NULL");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(zone).fetch_all(pool).await?;
    rows.iter().map(to_claim).collect()
}

/// Whose an engine object is, deleted or not.
pub async fn claim_to(pool: &Pool, engine_name: &str) -> Result<Option<Claim>> {
    let sql = format!("{CLAIM} WHERE engine_name = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(engine_name).fetch_optional(pool).await?;
    row.as_ref().map(to_claim).transpose()
}

/// Complete listings that must all have shown it, and for how long.
const LISTINGS: i64 = 3;
const SEEN_FOR: Duration = Duration::from_secs(300);

/// Remembers what is unknown now, forgets what is not any more; answers what has been unknown long
/// enough to say so.
pub async fn note(cloud: &Cloud, zone: &str, unknown: &[&str]) -> Result<Vec<String>> {
    let now = cloud.now();
    let mut housekeeping = cloud.housekeeping().await?;
    for name in unknown {
        sqlx::query(
            "INSERT INTO strays (zone, engine_name, first_seen_us, last_seen_us, listings) \
             VALUES ($1, $2, $3, $3, 1) ON CONFLICT (zone, engine_name) \
             DO UPDATE SET last_seen_us = $3, listings = strays.listings + 1",
        )
        .bind(zone)
        .bind(*name)
        .bind(now.0)
        .execute(housekeeping.db())
        .await?;
    }
    sqlx::query("DELETE FROM strays WHERE zone = $1 AND last_seen_us < $2")
        .bind(zone)
        .bind(now.0)
        .execute(housekeeping.db())
        .await?;
    let rows = sqlx::query(
        "SELECT engine_name FROM strays WHERE zone = $1 AND listings >= $2 AND first_seen_us <= $3",
    )
    .bind(zone)
    .bind(LISTINGS)
    .bind(now.minus(SEEN_FOR).0)
    .fetch_all(housekeeping.db())
    .await?;
    housekeeping.commit().await?;
    rows.iter().map(|row| row.text("engine_name")).collect()
}
