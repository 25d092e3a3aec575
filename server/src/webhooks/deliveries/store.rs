//! Rows of what webhooks were told.

use crate::{
    act::Act,
    db::{Columns, Connection, Pool},
    error::{Error, Result},
    page::{After, SortValue},
    webhooks::send::Outcome,
};
use api::WebhookDelivery;
use domain::{
    OrgId, Timestamp, WebhookDeliveryId, WebhookId,
    webhook::{DeliveryCause, DeliveryState},
};
use sqlx::{AssertSqlSafe, any::AnyRow};

const DELIVERY: &str = "id, sequence, operation, cause, state, attempts, status, error, elapsed_ms, \
    created_us, attempted_us";

fn to_delivery(row: &AnyRow) -> Result<WebhookDelivery> {
    Ok(WebhookDelivery {
        id: row.parsed("id")?,
        sequence: row.maybe_int("sequence")?,
        operation: row.maybe_text("operation")?,
        cause: row.parsed("cause")?,
        state: row.parsed("state")?,
        attempts: row.int("attempts")?,
        status: row.maybe_int("status")?,
        error: row.maybe_text("error")?,
        elapsed_ms: row.maybe_int("elapsed_ms")?,
        created_at: row.time("created_us")?,
        attempted_at: row.maybe_time("attempted_us")?,
    })
}

/// How many that were asked for wait to be sent.
pub async fn asked(act: &mut Act, id: WebhookId) -> Result<i64> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS n FROM webhook_deliveries WHERE webhook_id = $1 \
         AND state = 'pending' AND cause <> 'event'",
    )
    .bind(id.to_string())
    .fetch_one(act.db())
    .await?;
    row.int("n")
}

pub async fn ask(
    act: &mut Act,
    webhook: WebhookId,
    cause: DeliveryCause,
    event: Option<(i64, String)>,
) -> Result<WebhookDelivery> {
    let (org, id, created) = (act.org()?, act.new_id(), act.now());
    let event = event.as_ref().map(|(sequence, operation)| (*sequence, operation.as_str()));
    insert_delivery(act.db(), id, (org, webhook), cause, event, created).await?;
    let found = get(act.db(), org, webhook, id).await?;
    found.ok_or_else(|| Error::internal("a delivery is gone that was just written"))
}

/// What is told already is not told twice.
pub async fn insert_delivery(
    db: &mut Connection,
    id: WebhookDeliveryId,
    (org, webhook): (OrgId, WebhookId),
    cause: DeliveryCause,
    event: Option<(i64, &str)>,
    created: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO webhook_deliveries (id, org_id, webhook_id, sequence, operation, cause, state, \
         created_us) VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7) ON CONFLICT DO NOTHING",
    )
    .bind(id.to_string())
    .bind(org.to_string())
    .bind(webhook.to_string())
    .bind(event.map(|(sequence, _)| sequence))
    .bind(event.map(|(_, operation)| operation.to_owned()))
    .bind(cause.as_str())
    .bind(created.0)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn get(
    db: &mut Connection,
    org: OrgId,
    webhook: WebhookId,
    id: WebhookDeliveryId,
) -> Result<Option<WebhookDelivery>> {
    let sql = format!(
        "SELECT {DELIVERY} FROM webhook_deliveries WHERE org_id = $1 AND webhook_id = $2 AND id = $3"
    );
    let query = sqlx::query(AssertSqlSafe(sql))
        .bind(org.to_string())
        .bind(webhook.to_string())
        .bind(id.to_string());
    query.fetch_optional(db).await?.as_ref().map(to_delivery).transpose()
}

/// The newest first, behind a place.
pub async fn page(
    db: &mut Connection,
    org: OrgId,
    webhook: WebhookId,
    state: Option<DeliveryState>,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<WebhookDelivery>> {
    let (at, id) = match after {
        Some(After { value: SortValue::Int(at), id }) => (*at, id.clone()),
        _ => (i64::MAX, String::new()),
    };
    let sql = format!(
        "SELECT {DELIVERY} FROM webhook_deliveries WHERE org_id = $1 AND webhook_id = $2 \
         AND (state = $3 OR $3 = '') AND (created_us, id) < ($4, $5) \
         ORDER BY created_us DESC, id DESC LIMIT $6"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(org.to_string())
        .bind(webhook.to_string())
        .bind(state.map(DeliveryState::as_str).unwrap_or_default())
        .bind(at)
        .bind(id)
        .bind(limit)
        .fetch_all(db)
        .await?;
    rows.iter().map(to_delivery).collect()
}

/// What somebody asked to be sent, the oldest.
pub async fn next_asked(pool: &Pool, id: WebhookId) -> Result<Option<WebhookDelivery>> {
    let sql = format!(
        "SELECT {DELIVERY} FROM webhook_deliveries WHERE webhook_id = $1 AND state = 'pending' \
         AND cause <> 'event' ORDER BY created_us, id LIMIT 1"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string());
    query.fetch_optional(pool).await?.as_ref().map(to_delivery).transpose()
}

/// The delivery of an event, once it was begun.
pub async fn of_event(
    pool: &Pool,
    id: WebhookId,
    sequence: i64,
) -> Result<Option<WebhookDelivery>> {
    let sql = format!(
        "SELECT {DELIVERY} FROM webhook_deliveries WHERE webhook_id = $1 AND sequence = $2 \
         AND cause = 'event'"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string()).bind(sequence);
    query.fetch_optional(pool).await?.as_ref().map(to_delivery).transpose()
}

/// What became of a try.
pub async fn tried(
    db: &mut Connection,
    delivery: &WebhookDelivery,
    state: DeliveryState,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE webhook_deliveries SET state = $1, attempts = attempts + 1, status = $2, \
         error = $3, elapsed_ms = $4, attempted_us = $5 WHERE id = $6",
    )
    .bind(state.as_str())
    .bind(outcome.status.map(i64::from))
    .bind(outcome.error.clone())
    .bind(outcome.elapsed_ms)
    .bind(now.0)
    .bind(delivery.id.to_string())
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets all but the newest that have ended.
pub async fn trim(db: &mut Connection, id: WebhookId, kept: i64) -> Result<()> {
    let sql = format!(
        "DELETE FROM webhook_deliveries WHERE webhook_id = $1 AND state <> 'pending' AND created_us < \
         COALESCE((SELECT created_us FROM webhook_deliveries WHERE webhook_id = $1 \
         ORDER BY created_us DESC LIMIT 1 OFFSET {kept}), 0)"
    );
    sqlx::query(AssertSqlSafe(sql)).bind(id.to_string()).execute(db).await?;
    Ok(())
}
