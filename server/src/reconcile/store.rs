//! Rows of strays.

use crate::{cloud::Cloud, db::Columns, error::Result};
use std::time::Duration;

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
