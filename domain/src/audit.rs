//! What can be asked of an audit trail.

text_enum! {
    /// Which of all calls.
    pub enum AuditCalls {
        /// What changed something, or was refused to: kept for ever, in the chain.
        Changes = "changes",
        /// What changed nothing: reads, dry runs, and what failed in the platform. Kept for a while.
        Reads = "reads",
    }
}

text_enum! {
    /// How a call ended.
    pub enum AuditResult {
        Done = "done",
        /// By a policy, a rule or a limit: a status from 400 to 499.
        Refused = "refused",
        /// In the platform: a status from 500 on.
        Failed = "failed",
    }
}

impl AuditResult {
    /// What a status means.
    pub fn of(status: i64) -> AuditResult {
        match status {
            ..400 => AuditResult::Done,
            400..500 => AuditResult::Refused,
            _ => AuditResult::Failed,
        }
    }
}

text_enum! {
    /// The form of an exported trail.
    pub enum AuditFormat {
        /// A line for each event and a signature: proves itself.
        JsonLines = "json-lines",
        /// A table for spreadsheets: proves nothing.
        Csv = "csv",
    }
}

impl AuditFormat {
    /// The name that a file of it is saved by.
    pub fn file_name(self) -> &'static str {
        match self {
            AuditFormat::JsonLines => "audit-trail.jsonl",
            AuditFormat::Csv => "audit-trail.csv",
        }
    }
}

/// For how long calls that changed nothing can be kept, in days, as people are offered to choose.
pub const CALL_DAYS_OFFERED: [i64; 6] = [0, 7, 30, 90, 365, CALL_DAYS_MAX];
/// The longest that an organization keeps calls that changed nothing.
pub const CALL_DAYS_MAX: i64 = 3_650;

/// Who somebody is in the trail who says to be a person, and did not prove it.
pub fn actor_claimed(email: &str) -> String {
    format!("{email} (not proven)")
}

/// Who a program is in the trail: the name of its key and the key, and who assumed its role where it
/// was made by that.
pub fn actor_of_key(key: &str, name: &str, assumed_by: Option<&str>) -> String {
    match assumed_by {
        None => format!("{name} ({key})"),
        Some(by) => format!("{name} ({key}), assumed by {by}"),
    }
}
