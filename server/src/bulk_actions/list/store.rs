//! The queries behind what people see of bulk actions.

use crate::{
    db::{Columns, Connection},
    error::Result,
    page::{After, SortValue},
    view::View,
};
use api::{BulkAction, BulkCounts, BulkItem};
use domain::{BulkActionId, OrgId, bulk::BulkItemState, operation::OperationState};
use sqlx::{AssertSqlSafe, any::AnyRow};

/// Items with what their operations say.
const ITEMS: &str = "bulk_items i LEFT JOIN operations o ON o.id = i.operation_id";

fn state_of(row: &AnyRow) -> Result<BulkItemState> {
    let operation = row.maybe_text("operation_state")?;
    let operation: Option<OperationState> = operation.and_then(|state| state.parse().ok());
    Ok(BulkItemState::of(row.parsed("asked")?, operation))
}

pub async fn find(db: &mut Connection, org: OrgId, id: BulkActionId) -> Result<Option<BulkAction>> {
    let row = sqlx::query(
        "SELECT id, action, actor, created_us FROM bulk_actions WHERE org_id = $1 AND id = $2",
    )
    .bind(org.to_string())
    .bind(id.to_string())
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let mut found = [to_bulk_action(&row)?];
    count(db, &mut found).await?;
    let [bulk] = found;
    Ok(Some(bulk))
}

fn to_bulk_action(row: &AnyRow) -> Result<BulkAction> {
    Ok(BulkAction {
        id: row.parsed("id")?,
        action: row.parsed("action")?,
        actor: row.text("actor")?,
        created_at: row.time("created_us")?,
        counts: BulkCounts::default(),
    })
}

/// Counts the items of all of them in one query.
async fn count(db: &mut Connection, bulk_actions: &mut [BulkAction]) -> Result<()> {
    if bulk_actions.is_empty() {
        return Ok(());
    }
    // They were read as UUIDs, so none is anybody's text.
    let ids: Vec<_> = bulk_actions.iter().map(|bulk| format!("'{}'", bulk.id)).collect();
    let sql = format!(
        "SELECT i.bulk_action_id, i.state AS asked, o.state AS operation_state, COUNT(*) AS n \
         FROM {ITEMS} WHERE i.bulk_action_id IN ({}) GROUP BY i.bulk_action_id, i.state, o.state",
        ids.join(",")
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(db).await?;
    for row in &rows {
        let (id, n): (BulkActionId, _) = (row.parsed("bulk_action_id")?, row.int("n")?);
        let state = state_of(row)?;
        for bulk in bulk_actions.iter_mut().filter(|bulk| bulk.id == id) {
            bulk.counts.total += n;
            *of_state(&mut bulk.counts, state) += n;
        }
    }
    Ok(())
}

fn of_state(counts: &mut BulkCounts, state: BulkItemState) -> &mut i64 {
    match state {
        BulkItemState::Queued => &mut counts.queued,
        BulkItemState::Running => &mut counts.running,
        BulkItemState::Done => &mut counts.done,
        BulkItemState::Failed => &mut counts.failed,
        BulkItemState::Cancelled => &mut counts.cancelled,
    }
}

/// A page of bulk actions, the newest first.
pub async fn list(
    view: &View,
    limit: i64,
    after: Option<&After>,
) -> Result<(Vec<BulkAction>, Option<After>)> {
    let (condition, created, last) = match after {
        Some(After { value: SortValue::Int(created), id }) => {
            (" AND (created_us, id) < ($2, $3)", *created, id.clone())
        }
        _ => ("", 0, String::new()),
    };
    let sql = format!(
        "SELECT id, action, actor, created_us FROM bulk_actions WHERE org_id = $1{condition} \
         ORDER BY created_us DESC, id DESC LIMIT {}",
        limit + 1
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(view.org()?.to_string());
    if !condition.is_empty() {
        query = query.bind(created).bind(last);
    }
    let mut db = view.cloud.db.read().await?;
    let rows = query.fetch_all(&mut *db).await?;
    let mut found = rows.iter().map(to_bulk_action).collect::<Result<Vec<_>>>()?;
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    count(&mut db, &mut found).await?;
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| After { value: SortValue::Int(last.created_at.0), id: last.id.to_string() });
    Ok((found, next))
}

/// What of an item must hold for it to be in a state.
fn condition(state: BulkItemState) -> &'static str {
    match state {
        BulkItemState::Queued => " AND i.state = 'queued'",
        BulkItemState::Running => " AND i.state = 'accepted' AND o.state = 'pending'",
        BulkItemState::Done => " AND i.state = 'accepted' AND o.state = 'success'",
        BulkItemState::Failed => {
            " AND (i.state = 'refused' OR (i.state = 'accepted' AND o.state IN ('failure', 'timeout')))"
        }
        BulkItemState::Cancelled => " AND i.state = 'cancelled'",
    }
}

/// A page of a bulk action's items, in their order.
pub async fn items(
    view: &View,
    id: BulkActionId,
    state: Option<BulkItemState>,
    limit: i64,
    after: Option<&After>,
) -> Result<(Vec<BulkItem>, Option<After>)> {
    let begin = match after {
        Some(After { value: SortValue::Int(place), .. }) => *place,
        _ => 0,
    };
    let sql = format!(
        "SELECT i.place, i.instance_id, i.instance_name, i.state AS asked, i.operation_id, \
         o.state AS operation_state, COALESCE(i.message, CASE WHEN o.state = 'success' THEN NULL \
         ELSE o.message END) AS message FROM {ITEMS} WHERE i.org_id = $1 AND \
         i.bulk_action_id = $2 AND i.place > $3{} ORDER BY i.place LIMIT {}",
        state.map_or("", condition),
        limit + 1
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(view.org()?.to_string())
        .bind(id.to_string())
        .bind(begin)
        .fetch_all(view.cloud.db.reader())
        .await?;
    let items = rows.iter().take(limit as usize).map(to_item).collect::<Result<Vec<_>>>()?;
    let next = match rows.get(limit as usize - 1) {
        Some(last) if rows.len() as i64 > limit => {
            Some(After { value: SortValue::Int(last.int("place")?), id: String::new() })
        }
        _ => None,
    };
    Ok((items, next))
}

fn to_item(row: &AnyRow) -> Result<BulkItem> {
    Ok(BulkItem {
        id: row.parsed("instance_id")?,
        name: row.text("instance_name")?,
        state: state_of(row)?,
        operation: row.maybe_text("operation_id")?.and_then(|id| id.parse().ok()),
        message: row.maybe_text("message")?,
    })
}
