//! Addresses of what was.

use super::{query, with_query};
use domain::Timestamp;
use serde::Serialize;

pub fn past() -> String {
    "/past".to_owned()
}

/// The page that asks at which instant a kind of things is to be seen.
pub fn past_when(kind: &str, id: Option<&str>) -> String {
    with_query(
        past(),
        &[Some(("kind", kind)), id.map(|id| ("id", id))].into_iter().flatten().collect::<Vec<_>>(),
    )
}

/// A list as it was, or one thing of it.
pub fn past_of(kind: &str, at: Timestamp, id: Option<&str>) -> String {
    let at = at.to_string();
    let fields = [Some(("kind", kind)), Some(("at", at.as_str())), id.map(|id| ("id", id))];
    with_query(past(), &fields.into_iter().flatten().collect::<Vec<_>>())
}

/// A further page of a list as it was.
pub fn past_page(kind: &str, at: Timestamp, cursor: &str) -> String {
    with_query(past(), &[("kind", kind), ("at", &at.to_string()), ("cursor", cursor)])
}

/// What changed between two instants.
pub fn past_all_changes() -> String {
    format!("{}/changes", past())
}

/// What changed of a kind since then.
pub fn past_changes(since: Timestamp, kind: &str) -> String {
    with_query(past_all_changes(), &[("from", &since.to_string()), ("kind", kind)])
}

/// The same, as it is asked.
pub fn past_changes_where<F: Serialize>(asked: &F) -> String {
    format!("{}{}", past_all_changes(), query(asked))
}
