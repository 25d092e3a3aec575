//! Long-running operations: their states and reasons, as the real clients know them.

text_enum! {
    /// State of an operation.
    pub enum OperationState {
        Pending = "pending",
        Success = "success",
        Failure = "failure",
        Timeout = "timeout",
    }
}

text_enum! {
    /// Why an operation failed.
    pub enum Reason {
        Busy = "busy",
        Conflict = "conflict",
        Fault = "fault",
        Forbidden = "forbidden",
        Incorrect = "incorrect",
        Interrupted = "interrupted",
        NotFound = "not-found",
        Partial = "partial",
        Unavailable = "unavailable",
        Unknown = "unknown",
        Unsupported = "unsupported",
    }
}

/// Operations that begin with nothing: cancelled before they began, they leave nothing behind.
const MAKE: [&str; 4] =
    ["create-instance", "create-snapshot", "promote-snapshot-to-template", "create-list-export"];

/// Whether an operation of this kind makes what it works on.
pub fn makes_its_subject(kind: &str) -> bool {
    MAKE.contains(&kind)
}
