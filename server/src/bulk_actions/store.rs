//! Rows of bulk actions and of what they ask for.

use crate::{
    act::Act,
    db::Columns,
    error::Result,
    instances::{
        InstanceRow,
        store::{COLUMNS, METERED, to_row},
    },
};
use domain::{
    BulkActionId, InstanceId, OperationId,
    bulk::{Asked, BulkVerb, ITEMS_MAX},
};
use sqlx::{AnyPool, AssertSqlSafe};

/// An item that waits to be asked for.
pub struct Queued {
    pub place: i64,
    pub instance: InstanceId,
    pub attempt: i64,
}

/// What came of asking.
pub enum Outcome {
    Accepted(OperationId),
    Refused(String),
}

pub async fn insert(act: &mut Act, id: BulkActionId, action: BulkVerb) -> Result<()> {
    let principal = act.principal()?;
    let (org, project, actor) = (principal.org, principal.project, principal.actor.label());
    let now = act.now();
    sqlx::query(
        "INSERT INTO bulk_actions (id, org_id, project_id, action, actor, created_us) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(action.as_str())
    .bind(actor)
    .bind(now.0)
    .execute(act.db())
    .await?;
    Ok(())
}

/// All instances that meet a condition, by name. Stops one beyond the most there may be.
pub async fn add_matching(
    act: &mut Act,
    id: BulkActionId,
    condition: &str,
    values: Vec<String>,
) -> Result<i64> {
    let org = act.org()?;
    let sql = format!(
        "INSERT INTO bulk_items (bulk_action_id, place, org_id, project_id, instance_id, \
         instance_name, state) SELECT CAST(${} AS TEXT), ROW_NUMBER() OVER (ORDER BY name, id), \
         org_id, project_id, id, name, 'queued' FROM instances WHERE {condition} \
         ORDER BY name, id LIMIT {}",
        values.len() + 2,
        ITEMS_MAX + 1
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string());
    for value in values {
        query = query.bind(value);
    }
    let done = query.bind(id.to_string()).execute(act.db()).await?;
    Ok(done.rows_affected() as i64)
}

/// One instance by its id; `false` when there is none.
pub async fn add_one(
    act: &mut Act,
    id: BulkActionId,
    place: i64,
    instance: InstanceId,
) -> Result<bool> {
    let org = act.org()?;
    let done = sqlx::query(
        "INSERT INTO bulk_items (bulk_action_id, place, org_id, project_id, instance_id, \
         instance_name, state) SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), org_id, project_id, \
         id, name, 'queued' FROM instances WHERE org_id = $3 AND id = $4 AND deleted_us IS NULL",
    )
    .bind(id.to_string())
    .bind(place)
    .bind(org.to_string())
    .bind(instance.to_string())
    .execute(act.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The instances as they are now.
pub async fn instances(act: &mut Act, id: BulkActionId) -> Result<Vec<InstanceRow>> {
    let org = act.org()?;
    let sql = format!(
        "SELECT {COLUMNS}, {METERED} FROM instances WHERE org_id = $1 AND id IN \
         (SELECT instance_id FROM bulk_items WHERE bulk_action_id = $2)"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(id.to_string());
    query.fetch_all(act.db()).await?.iter().map(to_row).collect()
}

pub async fn queued(pool: &AnyPool, id: BulkActionId, limit: i64) -> Result<Vec<Queued>> {
    let sql = format!(
        "SELECT place, instance_id, attempt FROM bulk_items WHERE bulk_action_id = $1 \
         AND state = 'queued' ORDER BY place LIMIT {limit}"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string()).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            Ok(Queued {
                place: row.int("place")?,
                instance: row.parsed("instance_id")?,
                attempt: row.int("attempt")?,
            })
        })
        .collect()
}

pub async fn set_outcome(
    act: &mut Act,
    id: BulkActionId,
    place: i64,
    outcome: &Outcome,
) -> Result<()> {
    let (state, operation, message) = match outcome {
        Outcome::Accepted(operation) => (Asked::Accepted, Some(operation.to_string()), None),
        Outcome::Refused(message) => (Asked::Refused, None, Some(message.as_str())),
    };
    sqlx::query(
        "UPDATE bulk_items SET state = $1, operation_id = $2, message = $3 \
         WHERE bulk_action_id = $4 AND place = $5",
    )
    .bind(state.as_str())
    .bind(operation)
    .bind(message)
    .bind(id.to_string())
    .bind(place)
    .execute(act.db())
    .await?;
    Ok(())
}

/// Queues again what was refused or whose operation failed.
pub async fn queue_failed(act: &mut Act, id: BulkActionId) -> Result<u64> {
    let done = sqlx::query(
        "UPDATE bulk_items SET state = 'queued', attempt = attempt + 1, operation_id = NULL, \
         message = NULL WHERE bulk_action_id = $1 AND (state = 'refused' OR (state = 'accepted' \
         AND EXISTS (SELECT 1 FROM operations o WHERE o.id = bulk_items.operation_id \
         AND o.state IN ('failure', 'timeout'))))",
    )
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(done.rows_affected())
}

pub async fn cancel_queued(act: &mut Act, id: BulkActionId) -> Result<()> {
    sqlx::query(
        "UPDATE bulk_items SET state = 'cancelled' WHERE bulk_action_id = $1 AND state = 'queued'",
    )
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn refuse_queued(act: &mut Act, id: BulkActionId, message: &str) -> Result<()> {
    sqlx::query(
        "UPDATE bulk_items SET state = 'refused', message = $1 WHERE bulk_action_id = $2 \
         AND state = 'queued'",
    )
    .bind(message)
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}
