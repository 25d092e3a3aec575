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

/// How much of a quota is used, as far as it should worry anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// There is room, or no limit.
    Fine,
    /// From 80 % on.
    High,
    /// Nothing more fits.
    Full,
}

/// The level of a quota. A limit of zero is none to worry about: what it counts was never meant to
/// be used.
pub fn level(used: i64, limit: i64) -> Level {
    match limit {
        ..=0 => Level::Fine,
        _ if used >= limit => Level::Full,
        _ if used.saturating_mul(5) >= limit.saturating_mul(4) => Level::High,
        _ => Level::Fine,
    }
}

/// Whole percent of a limit that are used, at most 100; `None` without a limit.
pub fn percent(used: i64, limit: i64) -> Option<i64> {
    (limit >= 0).then(|| (used.max(0).saturating_mul(100) / limit.max(1)).min(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_fifths_are_high_and_no_limit_never_is() {
        assert_eq!([level(79, 100), level(80, 100)], [Level::Fine, Level::High]);
        assert_eq!([level(10, 10), level(11, 10)], [Level::Full, Level::Full]);
        assert_eq!([level(9, UNLIMITED), level(0, 0)], [Level::Fine, Level::Fine]);
        assert_eq!([percent(1, 3), percent(5, 0), percent(9, 3)], [Some(33), Some(100), Some(100)]);
        assert_eq!(percent(5, UNLIMITED), None);
    }

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
