//! Rows of instances that are kept, and those whose time is over.

use crate::{
    act::Act,
    db::{Columns, Pool},
    error::Result,
};
use domain::{InstanceId, OrgId, ProjectId, Timestamp};
use sqlx::any::AnyRow;

/// It is kept, and can be recovered until then. `None`: it is kept no longer, or not yet.
pub async fn set_recover_until(
    act: &mut Act,
    id: InstanceId,
    until: Option<Timestamp>,
) -> Result<()> {
    sqlx::query("UPDATE instances SET recover_until_us = $1 WHERE id = $2")
        .bind(until.map(|at| at.0))
        .bind(id.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

/// An instance whose time is over.
pub struct Expired {
    pub id: InstanceId,
    pub org: OrgId,
    pub project: ProjectId,
}

/// Those that were kept long enough and that nothing works on, the longest first.
pub async fn expired(pool: &Pool, now: Timestamp, limit: i64) -> Result<Vec<Expired>> {
    let rows = sqlx::query(
        "SELECT id, org_id, project_id FROM instances WHERE recover_until_us <= $1 \
         AND recover_until_us IS NOT NULL AND deleted_us IS NULL AND operation_id IS NULL \
         ORDER BY recover_until_us LIMIT $2",
    )
    .bind(now.0)
    .bind(limit)
    .fetch_all(pool)
    .await?;
    let read = |row: &AnyRow| {
        Ok(Expired {
            id: row.parsed("id")?,
            org: row.parsed("org_id")?,
            project: row.parsed("project_id")?,
        })
    };
    rows.iter().map(read).collect()
}
