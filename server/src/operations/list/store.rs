//! The queries behind what people see of operations.

use crate::{
    act::reference,
    db::{Columns, containing},
    error::Result,
    operations::job::progress,
    page::{After, COUNT_MAX, SortValue},
    view::View,
};
use api::{ListOperations, OperationDetail};
use domain::{OperationId, OrgId, operation::OperationState};
use sqlx::{AnyPool, AssertSqlSafe, any::AnyRow};

const DETAIL: &str = "id, kind, state, reason, message, subject_kind, subject_id, subject_name, \
    zone, step, attempt, created_us, finished_us, actor, request_id, lease_epoch, \
    CASE WHEN was IS NULL THEN 0 ELSE 1 END AS knows_before";

fn to_detail(row: &AnyRow) -> Result<OperationDetail> {
    let state: OperationState = row.parsed("state")?;
    let (kind, step) = (row.text("kind")?, row.text("step")?);
    let pending = state == OperationState::Pending;
    let waits = pending && row.int("lease_epoch")? == 0;
    let reason = row.maybe_text("reason")?;
    Ok(OperationDetail {
        id: row.parsed("id")?,
        state,
        reason: reason.and_then(|r| r.parse().ok()),
        message: row.maybe_text("message")?,
        reference: reference(&row.text("subject_kind")?, &row.text("subject_id")?),
        subject: Some(row.text("subject_name")?),
        zone: row.maybe_text("zone")?,
        progress: match pending {
            true if waits => 0,
            true => progress(&kind, &step),
            false => 100,
        },
        step: (pending && !waits).then_some(step),
        operation: kind,
        attempt: row.int("attempt")?,
        created_at: row.time("created_us")?,
        finished_at: row.maybe_time("finished_us")?,
        actor: Some(row.text("actor")?),
        request_id: row.parsed("request_id")?,
        can_cancel: waits && row.flag("knows_before")?,
    })
}

pub async fn get(pool: &AnyPool, org: OrgId, id: OperationId) -> Result<Option<OperationDetail>> {
    let sql = format!("SELECT {DETAIL} FROM operations WHERE org_id = $1 AND id = $2");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(id.to_string());
    query.fetch_optional(pool).await?.as_ref().map(to_detail).transpose()
}

/// Conditions of a list and the values bound to them, from `$2` on.
fn conditions(input: &ListOperations) -> (String, Vec<String>) {
    let (mut sql, mut values) = (String::new(), Vec::new());
    for (condition, value) in [
        ("state = ?", input.state.map(|s| s.to_string())),
        ("kind = ?", input.operation.clone()),
        (
            "(LOWER(subject_name) LIKE ? ESCAPE '!' OR subject_id LIKE ? ESCAPE '!' OR id LIKE ? ESCAPE '!')",
            input.q.as_deref().map(|q| containing(&q.trim().to_lowercase())),
        ),
        // What is done to an instance's snapshots holds the instance's lock.
        ("(subject_id = ? OR lock_id = ?)", input.subject_id.map(|s| s.to_string())),
    ] {
        if let Some(value) = value {
            values.push(value);
            sql.push_str(" AND ");
            sql.push_str(&condition.replace('?', &format!("${}", values.len() + 1)));
        }
    }
    (sql, values)
}

pub async fn list(
    view: &View,
    input: &ListOperations,
    limit: i64,
    after: Option<&After>,
) -> Result<(Vec<OperationDetail>, Option<After>)> {
    let (mut sql, values) = conditions(input);
    let n = values.len() + 2;
    if after.is_some() {
        sql.push_str(&format!(" AND (created_us, id) < (${n}, ${})", n + 1));
    }
    let sql = format!(
        "SELECT {DETAIL} FROM operations WHERE org_id = $1{sql} ORDER BY created_us DESC, id DESC LIMIT {}",
        limit + 1
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(view.org()?.to_string());
    for value in values {
        query = query.bind(value);
    }
    if let Some(After { value: SortValue::Int(created), id }) = after {
        query = query.bind(*created).bind(id.clone());
    }
    let rows = query.fetch_all(view.cloud.db.reader()).await?;
    let mut found = rows.iter().map(to_detail).collect::<Result<Vec<_>>>()?;
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| After { value: SortValue::Int(last.created_at.0), id: last.id.to_string() });
    Ok((found, next))
}

pub async fn count(view: &View, input: &ListOperations) -> Result<i64> {
    let (sql, values) = conditions(input);
    let sql = format!(
        "SELECT COUNT(*) AS n FROM (SELECT 1 FROM operations WHERE org_id = $1{sql} LIMIT {COUNT_MAX}) AS c"
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(view.org()?.to_string());
    for value in values {
        query = query.bind(value);
    }
    query.fetch_one(view.cloud.db.reader()).await?.int("n")
}
