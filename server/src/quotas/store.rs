//! Rows of quotas.

use crate::{act::Act, db::Columns, error::Result};
use api::Quota;
use domain::{OrgId, quota::QuotaResource};
use sqlx::AnyPool;

/// Adds when it fits; answers the limit and what is used then.
pub async fn add(act: &mut Act, resource: QuotaResource, count: i64) -> Result<Option<(i64, i64)>> {
    let org = act.org()?;
    let row = sqlx::query(
        "UPDATE quotas SET used = used + $1, version = version + 1 WHERE org_id = $2 \
         AND resource = $3 AND (most = -1 OR $1 <= 0 OR used + $1 <= most) RETURNING most, used",
    )
    .bind(count)
    .bind(org.to_string())
    .bind(resource.as_str())
    .fetch_optional(act.db())
    .await?;
    row.map(|row| Ok((row.int("most")?, row.int("used")?))).transpose()
}

pub async fn get(act: &mut Act, resource: QuotaResource) -> Result<(i64, i64)> {
    let org = act.org()?;
    let row = sqlx::query("SELECT most, used FROM quotas WHERE org_id = $1 AND resource = $2")
        .bind(org.to_string())
        .bind(resource.as_str())
        .fetch_one(act.db())
        .await?;
    Ok((row.int("most")?, row.int("used")?))
}

pub async fn list(pool: &AnyPool, org: OrgId) -> Result<Vec<Quota>> {
    let rows =
        sqlx::query("SELECT resource, used, most FROM quotas WHERE org_id = $1 ORDER BY resource")
            .bind(org.to_string())
            .fetch_all(pool)
            .await?;
    rows.iter()
        .map(|row| {
            let (resource, usage) = (row.text("resource")?, row.int("used")?);
            Ok(Quota { resource, usage, limit: row.int("most")? })
        })
        .collect()
}
