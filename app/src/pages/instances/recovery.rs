//! For how long deleted instances are kept, as the organization wants it.

use crate::visit::{language, visit};
use domain::format;

/// In hours; 0: not at all.
pub fn hours() -> i64 {
    visit().me.map(|me| me.recovery_hours).unwrap_or_default()
}

pub fn is_on() -> bool {
    hours() > 0
}

pub fn hours_shown() -> String {
    format::integer(language(), hours())
}
