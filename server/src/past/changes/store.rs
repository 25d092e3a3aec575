//! Which things have versions that began or ended between two instants, and whose requests those were.

use super::{SHOWN, Shown};
use crate::{
    audit,
    db::Columns,
    error::Result,
    page::{After, SortValue},
    view::View,
};
use api::{ChangeEvent, ResourceChange};
use domain::Timestamp;
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// Events that are said of one thing.
const EVENTS_MAX: usize = 20;

/// A thing that may differ.
pub struct Thing {
    /// The first table of its kind.
    pub table: String,
    pub id: String,
}

pub struct Candidates {
    pub things: Vec<Thing>,
    /// Behind which the next page begins.
    pub next: Option<(String, String)>,
}

/// The tables of kinds, as SQL, and the one that stands for all of its kind.
fn tables(kinds: &[&Shown]) -> (String, String) {
    let quoted =
        |names: &[&str]| names.iter().map(|n| format!("'{n}'")).collect::<Vec<_>>().join(", ");
    let all: Vec<_> = kinds.iter().flat_map(|shown| shown.tables).copied().collect();
    let others = SHOWN.iter().filter(|shown| shown.tables.len() > 1).map(|shown| {
        format!("WHEN kind IN ({}) THEN '{}' ", quoted(shown.tables), shown.tables[0])
    });
    (quoted(&all), format!("CASE {}ELSE kind END", others.collect::<String>()))
}

/// Versions that began or ended after `$2` and not after `$3`.
const BETWEEN: &str = "until_us > $2 AND ((from_us > $2 AND from_us <= $3) OR until_us <= $3)";

pub async fn candidates(
    view: &View,
    kinds: &[&Shown],
    (from, to): (Timestamp, Timestamp),
    after: Option<&After>,
    limit: i64,
) -> Result<Candidates> {
    let (table, id) = match after {
        Some(After { value: SortValue::Text(table), id }) => (table.clone(), id.clone()),
        _ => Default::default(),
    };
    let (all, kind) = tables(kinds);
    let letters = view.cloud.db.dialect.letters();
    let sql = format!(
        "SELECT kind, id FROM (SELECT DISTINCT {kind} AS kind, id FROM resource_versions \
         WHERE org_id = $1 AND kind IN ({all}) AND {BETWEEN}) c \
         WHERE kind{letters} > $4 OR (kind = $4 AND id{letters} > $5) \
         ORDER BY kind{letters}, id{letters} LIMIT {}",
        limit + 1
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(view.org()?.to_string())
        .bind(from.0)
        .bind(to.0)
        .bind(table)
        .bind(id)
        .fetch_all(view.cloud.db.reader())
        .await?;
    let thing =
        |row| Ok(Thing { table: Columns::text(row, "kind")?, id: Columns::text(row, "id")? });
    let mut things = rows.iter().map(thing).collect::<Result<Vec<_>>>()?;
    let more = things.len() as i64 > limit;
    things.truncate(limit as usize);
    let last = things.last().filter(|_| more);
    let next = last.map(|last| (last.table.clone(), last.id.clone()));
    Ok(Candidates { things, next })
}

/// Says of each change which events are behind it: of each request the one that asked.
pub async fn add_events(
    view: &View,
    changes: &mut [ResourceChange],
    (from, to): (Timestamp, Timestamp),
) -> Result<()> {
    let mut of_request = HashMap::new();
    for change in changes {
        let shown = SHOWN.iter().filter(|shown| shown.name == change.kind).collect::<Vec<_>>();
        let (all, _) = tables(&shown);
        let sql = format!(
            "SELECT DISTINCT request FROM (SELECT CASE WHEN from_us > $2 AND from_us <= $3 \
             THEN made_by ELSE '' END AS request FROM resource_versions WHERE org_id = $1 \
             AND kind IN ({all}) AND id = $4 AND {BETWEEN} UNION ALL SELECT CASE WHEN until_us <= $3 \
             THEN ended_by ELSE '' END AS request FROM resource_versions WHERE org_id = $1 \
             AND kind IN ({all}) AND id = $4 AND {BETWEEN}) r WHERE request <> ''"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(view.org()?.to_string())
            .bind(from.0)
            .bind(to.0)
            .bind(change.id.clone())
            .fetch_all(view.cloud.db.reader())
            .await?;
        let mut events = Vec::new();
        for row in &rows {
            let request = row.text("request")?;
            if !of_request.contains_key(&request) {
                let event = asked_by(view, &request).await?;
                of_request.insert(request.clone(), event);
            }
            events.extend(of_request[&request].clone());
        }
        events.sort_by_key(|event: &ChangeEvent| event.sequence);
        let too_many = events.len().saturating_sub(EVENTS_MAX);
        change.events = events.split_off(too_many);
    }
    Ok(())
}

async fn asked_by(view: &View, request: &str) -> Result<Option<ChangeEvent>> {
    let row = sqlx::query(
        "SELECT sequence, at_us, operation, actor FROM audit_events WHERE org_id = $1 \
         AND request_id = $2 AND operation <> $3 ORDER BY sequence LIMIT 1",
    )
    .bind(view.org()?.to_string())
    .bind(request.to_owned())
    .bind(audit::COMPLETED)
    .fetch_optional(view.cloud.db.reader())
    .await?;
    row.map(|row| {
        Ok(ChangeEvent {
            sequence: row.int("sequence")?,
            at: row.time("at_us")?,
            operation: row.text("operation")?,
            actor: row.text("actor")?,
        })
    })
    .transpose()
}
