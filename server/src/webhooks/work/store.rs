//! How far webhooks are, and who works on them.

use crate::{
    db::{Columns, Connection, Pool},
    error::Result,
    webhooks::store::{COLUMNS, Row, to_row},
};
use domain::{Timestamp, WebhookId};
use sqlx::AssertSqlSafe;

/// Webhooks that nobody works on, and that have something to tell now.
pub async fn due(pool: &Pool, now: Timestamp, most: i64) -> Result<Vec<WebhookId>> {
    let rows = sqlx::query(
        "SELECT w.id FROM webhooks w JOIN organizations o ON o.id = w.org_id \
         WHERE w.claimed_until_us <= $1 AND ((w.state = 'active' AND w.next_us <= $1 \
         AND w.sequence < o.audit_sequence) OR EXISTS (SELECT 1 FROM webhook_deliveries d \
         WHERE d.webhook_id = w.id AND d.state = 'pending' AND d.cause <> 'event')) \
         ORDER BY w.next_us, w.id LIMIT $2",
    )
    .bind(now.0)
    .bind(most)
    .fetch_all(pool)
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// Takes a webhook for this process. `false` when another was faster.
pub async fn claim(
    db: &mut Connection,
    id: WebhookId,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE webhooks SET claimed_until_us = $1 WHERE id = $2 AND claimed_until_us <= $3",
    )
    .bind(until.0)
    .bind(id.to_string())
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Goes on with a webhook that was claimed, or lets go of it (`until` is 0). `false` when it is
/// another's meanwhile.
pub async fn hold(
    db: &mut Connection,
    id: WebhookId,
    held: Timestamp,
    until: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE webhooks SET claimed_until_us = $1 WHERE id = $2 AND claimed_until_us = $3",
    )
    .bind(until.0)
    .bind(id.to_string())
    .bind(held.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A webhook that is held.
pub async fn held(pool: &Pool, id: WebhookId, until: Timestamp) -> Result<Option<Row>> {
    let sql = format!("SELECT {COLUMNS} FROM webhooks WHERE id = $1 AND claimed_until_us = $2");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string()).bind(until.0);
    query.fetch_optional(pool).await?.as_ref().map(to_row).transpose()
}

/// Everything up to an event is dealt with.
pub async fn pass(db: &mut Connection, id: WebhookId, sequence: i64) -> Result<()> {
    sqlx::query("UPDATE webhooks SET sequence = $1, attempts = 0, next_us = 0 WHERE id = $2")
        .bind(sequence)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Something was taken.
pub async fn works(db: &mut Connection, id: WebhookId) -> Result<()> {
    sqlx::query("UPDATE webhooks SET failing_since_us = NULL WHERE id = $1")
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Nothing was taken, at this time.
pub async fn fails(
    db: &mut Connection,
    id: WebhookId,
    (attempts, next): (i64, Timestamp),
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE webhooks SET attempts = $1, next_us = $2, \
         failing_since_us = COALESCE(failing_since_us, $3) WHERE id = $4",
    )
    .bind(attempts)
    .bind(next.0)
    .bind(now.0)
    .bind(id.to_string())
    .execute(db)
    .await?;
    Ok(())
}
