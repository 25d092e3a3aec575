//! Pages of a list: limits, and cursors that only the list that made them takes.

use crate::error::{Error, Result};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// Matches are counted up to here; more is shown as "10,000+".
pub const COUNT_MAX: i64 = 10_000;

/// The last row of a page: its sort value and its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    pub value: SortValue,
    pub id: String,
}

/// What rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SortValue {
    Int(i64),
    Text(String),
}

/// What the rows of a list are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKind {
    Int,
    Text,
}

impl After {
    /// Whether it can be what `encode` was given: the sort value of that kind, and no text that a
    /// database refuses.
    fn fits(&self, kind: SortKind) -> bool {
        let plain = |text: &str| !text.contains('\0');
        plain(&self.id)
            && match (&self.value, kind) {
                (SortValue::Int(_), SortKind::Int) => true,
                (SortValue::Text(text), SortKind::Text) => plain(text),
                _ => false,
            }
    }
}

/// A limit within bounds, when there is one.
pub fn limit(asked: Option<i64>) -> Result<Option<i64>> {
    match asked {
        Some(limit) if !(1..=api::PAGE_MAX).contains(&limit) => {
            Err(Error::field("limit", format!("must be 1 to {}", api::PAGE_MAX)))
        }
        within => Ok(within),
    }
}

/// `list` names what the cursor belongs to: the list and its order.
pub fn encode(list: &str, after: &After) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_string(&(list, after)).unwrap_or_default())
}

pub fn decode(cursor: Option<&str>, list: &str, kind: SortKind) -> Result<Option<After>> {
    let Some(cursor) = cursor else { return Ok(None) };
    let read = URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| serde_json::from_slice::<(String, After)>(&bytes).ok());
    match read {
        Some((of, after)) if of == list && after.fits(kind) => Ok(Some(after)),
        Some((of, _)) if of != list => Err(Error::field(
            "cursor",
            "is from another list or another order: begin at the first page",
        )),
        _ => Err(Error::field("cursor", "is damaged: begin at the first page")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_taken_by_its_own_list_only() {
        let after = After { value: SortValue::Text("web".into()), id: "1".into() };
        let cursor = encode("instances name", &after);
        assert_eq!(
            decode(Some(&cursor), "instances name", SortKind::Text).ok().flatten(),
            Some(after)
        );
        assert!(decode(Some(&cursor), "instances state", SortKind::Text).is_err());
        assert!(decode(Some(&cursor), "instances name", SortKind::Int).is_err());
        assert!(decode(Some("%%%"), "instances name", SortKind::Text).is_err());
        assert!(matches!(decode(None, "x", SortKind::Int), Ok(None)));
    }
}
