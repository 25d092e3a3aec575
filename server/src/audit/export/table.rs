//! The trail as a table for spreadsheets. It has no signature: what proves itself is the other form.

use super::Link;
use crate::{
    audit::decided_by,
    error::{Error, Result},
    spreadsheet::{self, text},
};
use api::Event;
use domain::audit::AuditResult;
use serde_json::{Map, Value};

const COLUMNS: [&str; 17] = [
    "sequence",
    "time",
    "operation",
    "result",
    "status",
    "reason",
    "actor",
    "role",
    "decided-by",
    "source-ip",
    "subject-id",
    "uri",
    "parameters",
    "changes",
    "elapsed-ms",
    "request-id",
    "hash",
];

/// The first line.
pub fn head() -> Result<String> {
    written([COLUMNS.map(str::to_owned)].into_iter())
}

/// A line for each event.
pub fn rows(links: &[Link]) -> Result<String> {
    let rows = links.iter().map(row).collect::<Result<Vec<_>>>()?;
    written(rows.into_iter())
}

fn row(link: &Link) -> Result<[String; COLUMNS.len()]> {
    let event: Event = serde_json::from_str(&link.data).map_err(Error::internal)?;
    let result = AuditResult::of(link.status);
    let mut parameters = Map::new();
    for part in [event.get_params, event.path_params, event.body_params] {
        parameters.extend(part);
    }
    let parameters = match parameters.is_empty() {
        true => String::new(),
        false => Value::Object(parameters).to_string(),
    };
    let changes = event.changes.map(|changes| serde_json::to_string(&changes)).transpose();
    let changes = changes.map_err(Error::internal)?.unwrap_or_default();
    Ok([
        link.sequence.to_string(),
        event.timestamp.to_string(),
        link.operation.clone(),
        result.to_string(),
        link.status.to_string(),
        text(&event.reason.unwrap_or_default()),
        text(&link.actor),
        text(&event.iam_role.map(|role| role.name).unwrap_or_default()),
        text(&event.decision.as_ref().map(decided_by).unwrap_or_default()),
        event.source_ip.unwrap_or_default(),
        text(&link.subject_id),
        text(&event.uri),
        text(&parameters),
        text(&changes),
        event.elapsed_ms.to_string(),
        text(&link.request_id),
        link.hash.clone(),
    ])
}

fn written(rows: impl Iterator<Item = [String; COLUMNS.len()]>) -> Result<String> {
    let mut to = spreadsheet::writer(Vec::new());
    for row in rows {
        to.write_record(&row).map_err(Error::internal)?;
    }
    let bytes = to.into_inner().map_err(Error::internal)?;
    String::from_utf8(bytes).map_err(Error::internal)
}
