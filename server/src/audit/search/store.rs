//! Rows of the trail, from the newest on: events of the chain, and calls that changed nothing.

use super::{Found, Place};
use crate::{
    db::{Columns, Db},
    error::Result,
};
use api::{Event, ListAuditTrail};
use domain::{OrgId, Timestamp, audit::AuditResult};
use sqlx::{AssertSqlSafe, any::AnyRow};

/// A table that is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Events,
    Calls,
}

impl Source {
    fn columns(self) -> &'static str {
        match self {
            Source::Events => "sequence, hash, at_us, subject_id, actor, data FROM audit_events",
            Source::Calls => "id, at_us, subject_id, actor, data FROM api_calls",
        }
    }

    /// The index that leaves the fewest; none is named for the time alone.
    fn index(self, input: &ListAuditTrail) -> Option<String> {
        let table = match self {
            Source::Events => "audit",
            Source::Calls => "calls",
        };
        let (actor, operation) = (input.actor.is_some(), input.operation.is_some());
        let by = match input.result {
            _ if input.subject_id.is_some() => "by_subject",
            Some(AuditResult::Failed) => "failed",
            Some(AuditResult::Refused) if actor => "refused_by_actor",
            Some(AuditResult::Refused) if operation => "refused_by_operation",
            Some(AuditResult::Refused) => "refused",
            _ if actor && operation => "by_actor_operation",
            _ if actor => "by_actor",
            _ if operation => "by_operation",
            _ => return None,
        };
        Some(format!("{table}_{by}"))
    }

    /// What its rows have besides their time to be in an order.
    fn number(self) -> &'static str {
        match self {
            Source::Events => "sequence",
            Source::Calls => "id",
        }
    }

    fn found(self, row: &AnyRow) -> Result<Found> {
        let at = row.time("at_us")?;
        let event: Event = row.json("data")?;
        let event = Event {
            subject_id: Some(row.text("subject_id")?).filter(|id| !id.is_empty()),
            actor: Some(row.text("actor")?),
            ..event
        };
        Ok(match self {
            Source::Events => {
                let sequence = row.int("sequence")?;
                let hash = Some(row.text("hash")?);
                let event = Event { sequence: Some(sequence), hash, ..event };
                Found { place: Place::event(at, sequence), event }
            }
            Source::Calls => Found { place: Place::call(at, row.text("id")?), event },
        })
    }
}

/// The newest of a table behind a place, as far as the database can tell what is asked.
pub async fn page(
    db: &Db,
    org: OrgId,
    source: Source,
    (from, to): (Timestamp, Timestamp),
    input: &ListAuditTrail,
    behind: Option<&Place>,
    limit: usize,
) -> Result<Vec<Found>> {
    let mut sql = String::from("at_us >= $2 AND at_us <= $3");
    let mut texts: Vec<&str> = Vec::new();
    let named = [
        ("operation", &input.operation),
        ("actor", &input.actor),
        ("subject_id", &input.subject_id),
    ];
    for (column, value) in named {
        if let Some(value) = value {
            texts.push(value);
            sql.push_str(&format!(" AND {column} = ${}", texts.len() + 3));
        }
    }
    sql.push_str(match input.result {
        None => "",
        Some(AuditResult::Done) => " AND status < 400",
        Some(AuditResult::Refused) => " AND status >= 400 AND status < 500",
        Some(AuditResult::Failed) => " AND status >= 400 AND status >= 500",
    });
    // What has the same time is in the order of places: events, then calls.
    let next = texts.len() + 4;
    let number = source.number();
    let same_kind = behind.is_some_and(|place| place.source() == source);
    match behind {
        None => {}
        Some(_) if same_kind => {
            sql.push_str(&format!(" AND (at_us, {number}) < (${next}, ${})", next + 1));
        }
        Some(_) if source == Source::Calls => sql.push_str(&format!(" AND at_us <= ${next}")),
        Some(_) => sql.push_str(&format!(" AND at_us < ${next}")),
    }
    let by = source.index(input).map(|index| db.dialect.by_index(&index)).unwrap_or_default();
    let sql = format!(
        "SELECT {}{by} WHERE org_id = $1 AND {sql} ORDER BY at_us DESC, {number} DESC LIMIT {limit}",
        source.columns()
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(from.0).bind(to.0);
    for text in texts {
        query = query.bind(text.to_owned());
    }
    if let Some(place) = behind {
        query = query.bind(place.at.0);
        if same_kind {
            query = match source {
                Source::Events => query.bind(place.sequence()),
                Source::Calls => query.bind(place.id.clone()),
            };
        }
    }
    query.fetch_all(db.reader()).await?.iter().map(|row| source.found(row)).collect()
}
