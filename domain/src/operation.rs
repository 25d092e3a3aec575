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
