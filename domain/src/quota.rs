//! Quotas: how many of a resource an organization may have.

text_enum! {
    /// What is counted, by the names that `exo limits` knows.
    pub enum QuotaResource {
        Instance = "instance",
        Snapshot = "snapshot",
        Template = "template",
        IamKey = "iam-key",
        Gpu = "gpu",
    }
}

/// Limit that means none.
pub const UNLIMITED: i64 = -1;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "quota exceeded: {used} of {limit} {resource} are used, and {asked} more were asked for; ask the operator for more, or delete what you don't need"
)]
pub struct QuotaExceeded {
    pub resource: QuotaResource,
    pub limit: i64,
    pub used: i64,
    pub asked: i64,
}

/// Whether `asked` more fit.
pub fn check(
    resource: QuotaResource,
    limit: i64,
    used: i64,
    asked: i64,
) -> Result<(), QuotaExceeded> {
    if asked <= 0 || limit == UNLIMITED || used.saturating_add(asked) <= limit {
        return Ok(());
    }
    Err(QuotaExceeded { resource, limit, used, asked })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_is_allowed_and_less_is_never_refused() {
        let r = QuotaResource::Instance;
        assert!(check(r, 10, 9, 1).is_ok());
        assert!(check(r, 10, 10, 1).is_err());
        assert!(check(r, 0, 0, 0).is_ok());
        assert!(check(r, UNLIMITED, i64::MAX, 1).is_ok());
        assert!(check(r, 5, 9, -1).is_ok());
    }
}
