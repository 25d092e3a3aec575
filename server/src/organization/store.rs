//! Rows of security groups, and counts over what an organization has.

use crate::{db::Columns, error::Result, view::View};
use api::{SecurityGroup, Summary};
use domain::{OrgId, money::NanoPerHour};
use sqlx::AnyConnection;

pub async fn security_groups(db: &mut AnyConnection, org: OrgId) -> Result<Vec<SecurityGroup>> {
    let rows = sqlx::query(
        "SELECT id, name, description FROM security_groups WHERE org_id = $1 ORDER BY name",
    )
    .bind(org.to_string())
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(SecurityGroup {
                id: row.parsed("id")?,
                name: row.text("name")?,
                description: Some(row.text("description")?).filter(|d| !d.is_empty()),
                rules: Some(Vec::new()),
            })
        })
        .collect()
}

pub async fn summary(view: &View) -> Result<Summary> {
    let pool = view.cloud.db.reader();
    let org = view.org()?.to_string();
    let states = sqlx::query(
        "SELECT state, COUNT(*) AS n FROM instances WHERE org_id = $1 AND deleted_us IS NULL GROUP BY state",
    )
    .bind(&org)
    .fetch_all(pool)
    .await?;
    let counts = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM snapshots WHERE org_id = $1 AND deleted_us IS NULL) AS snapshots, \
         (SELECT COUNT(*) FROM operations WHERE org_id = $1 AND state = 'pending') AS pending, \
         (SELECT CAST(COALESCE(SUM(nano_per_hour), 0) AS BIGINT) FROM usage_intervals \
          WHERE org_id = $1 AND ended_us IS NULL) AS nano_per_hour",
    )
    .bind(&org)
    .fetch_one(pool)
    .await?;
    let (mut instances, mut running, mut stopped, mut failed) = (0, 0, 0, 0);
    for row in &states {
        let n = row.int("n")?;
        instances += n;
        match row.text("state")?.as_str() {
            "running" => running += n,
            "stopped" => stopped += n,
            "error" => failed += n,
            _ => {}
        }
    }
    Ok(Summary {
        instances,
        running,
        stopped,
        failed,
        snapshots: counts.int("snapshots")?,
        operations_pending: counts.int("pending")?,
        currency: view.currency()?,
        nano_per_hour: NanoPerHour(counts.int("nano_per_hour")?),
    })
}
