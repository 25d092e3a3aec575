//! What is known of what things were like, and for how long.

/// For how long an organization's past can be kept, in days, as people are offered to choose.
pub const HISTORY_DAYS_OFFERED: [i64; 5] = [1, 7, 30, 90, HISTORY_DAYS_MAX];
/// Most days of its past that an organization may keep.
pub const HISTORY_DAYS_MAX: i64 = 365;

text_enum! {
    /// What became of something between two instants.
    pub enum Became {
        /// It was not there at the first.
        Created = "created",
        /// It was there at both, and not the same.
        Changed = "changed",
        /// It was not there at the second.
        Deleted = "deleted",
    }
}

impl Became {
    /// By whether it was there at each; nothing for what was there at neither.
    pub fn of(before: bool, after: bool) -> Option<Became> {
        match (before, after) {
            (false, true) => Some(Became::Created),
            (true, true) => Some(Became::Changed),
            (true, false) => Some(Became::Deleted),
            (false, false) => None,
        }
    }
}
