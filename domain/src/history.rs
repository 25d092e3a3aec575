//! For how long it is known what things were like.

/// Most days of its past that an organization may keep.
pub const HISTORY_DAYS_MAX: i64 = 365;
