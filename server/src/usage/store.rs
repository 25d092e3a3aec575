//! Rows of usage intervals.

use super::Meter;
use crate::{act::Act, error::Result, random};

/// Begins after what was metered before, also when the clock was set back meanwhile.
pub async fn open(act: &mut Act, meter: &Meter) -> Result<()> {
    let (org, project, at) = (act.org()?, act.project()?, act.at());
    let (id, by) = (random::id(at), act.request.id);
    sqlx::query(
        "INSERT INTO usage_intervals (id, org_id, project_id, zone, resource_kind, resource_id, \
         product, quantity, nano_per_hour, started_us, opened_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT CASE WHEN MAX(ended_us) > $10 THEN \
         MAX(ended_us) ELSE $10 END FROM usage_intervals WHERE resource_id = $6 AND (product = $7 \
         OR (product LIKE 'instance.%' AND $7 LIKE 'instance.%'))), $11) \
         ON CONFLICT (resource_id, product) WHERE ended_us IS NULL DO NOTHING",
    )
    .bind(id.to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(&meter.zone)
    .bind(meter.resource_kind)
    .bind(&meter.resource_id)
    .bind(&meter.product)
    .bind(meter.quantity)
    .bind(meter.price.0)
    .bind(at.0)
    .bind(by.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn close(act: &mut Act, resource_id: &str, product_prefix: &str) -> Result<()> {
    let (org, at, by) = (act.org()?, act.at(), act.request.id);
    sqlx::query(
        "UPDATE usage_intervals SET ended_us = CASE WHEN started_us > $1 THEN started_us ELSE $1 END, \
         closed_by = $2 WHERE org_id = $3 AND resource_id = $4 AND ended_us IS NULL \
         AND product LIKE $5",
    )
    .bind(at.0)
    .bind(by.to_string())
    .bind(org.to_string())
    .bind(resource_id)
    .bind(format!("{product_prefix}%"))
    .execute(act.db())
    .await?;
    Ok(())
}
