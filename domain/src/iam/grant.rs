//! Grants: what somebody may do beside their role, until an instant.
//!
//! A grant names one operation, and, if it wants, the one thing that it may be asked of. It allows that
//! and nothing else, and nothing that could make it more than it is.

use super::decides_access;
use crate::Timestamp;

/// Hours for which access can be asked.
pub const HOURS_OFFERED: [i64; 6] = [1, 4, 8, 24, 72, 168];
/// Characters of a reason, and of the sentence that refuses.
pub const TEXT_CHARACTERS_MAX: usize = 500;
/// Characters of the id or the name of the one thing.
pub const RESOURCE_CHARACTERS_MAX: usize = 255;

text_enum! {
    /// What has become of somebody's question for access.
    pub enum AccessState {
        /// Nobody has decided.
        Open = "open",
        /// It became a grant.
        Approved = "approved",
        /// Somebody said no.
        Refused = "refused",
        /// Who asked has taken it back before anybody decided.
        Withdrawn = "withdrawn",
        /// Nobody has decided in time.
        Lapsed = "lapsed",
    }
}

/// What somebody may do, from an instant on and before another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// `stop-instance`
    pub operation: String,
    /// Id or name of the one thing, as the operation's path has it; nothing: whatever it is.
    pub resource: Option<String>,
    pub from: Timestamp,
    /// Not any more at this instant.
    pub until: Timestamp,
}

/// What is asked, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    pub operation: &'a str,
    /// What the operation's path names.
    pub resource: Option<&'a str>,
    pub at: Timestamp,
}

impl Grant {
    /// Whether it is just this that was granted. A thing is compared letter by letter: what is written
    /// otherwise is not it.
    pub fn covers(&self, asked: Asked<'_>) -> bool {
        self.operation == asked.operation
            && self.resource.as_deref().is_none_or(|named| asked.resource == Some(named))
            && (self.from..self.until).contains(&asked.at)
    }
}

/// Whether an operation of a service can be granted. Not where no policy is asked: there is nothing to
/// grant. And not what decides about access, which would last.
pub fn is_grantable(service: &str, changes: bool) -> bool {
    !(service.is_empty() || decides_access(service, changes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OPERATIONS: [&str; 3] = ["stop-instance", "stop-instances", "stop"];
    const THINGS: [Option<&str>; 4] = [None, Some("a"), Some("A"), Some("")];

    proptest! {
        #[test]
        fn a_grant_allows_what_it_names_and_nothing_else(
            (operation, other) in (0..3usize, 0..3usize),
            (thing, another) in (0..4usize, 0..4usize),
            (from, length, at) in (0i64..6, 0i64..6, 0i64..12),
        ) {
            let until = Timestamp(from + length);
            let grant = Grant {
                operation: OPERATIONS[operation].to_owned(),
                resource: THINGS[thing].map(str::to_owned),
                from: Timestamp(from),
                until,
            };
            let asked = Asked {
                operation: OPERATIONS[other],
                resource: THINGS[another],
                at: Timestamp(at),
            };
            let named = operation == other && (thing == 0 || thing == another);
            let in_time = from <= at && at < from + length;
            prop_assert_eq!(grant.covers(asked), named && in_time);
        }
    }

    #[test]
    fn a_grant_ends_at_its_instant() {
        let (from, until) = (Timestamp(10), Timestamp(20));
        let grant = Grant { operation: "stop".into(), resource: None, from, until };
        let at = |at| grant.covers(Asked { operation: "stop", resource: None, at: Timestamp(at) });
        assert_eq!([9, 10, 19, 20].map(at), [false, true, true, false]);
    }

    #[test]
    fn what_would_make_a_grant_wider_can_not_be_granted() {
        assert!(is_grantable("compute", true) && is_grantable("iam", false));
        assert!(!is_grantable("iam", true) && !is_grantable("", false) && !is_grantable("", true));
    }
}
