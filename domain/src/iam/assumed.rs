//! What a role can't do for whoever has only assumed it.
//!
//! Its key ends, and what it writes does not. With people, roles, policies, keys, providers, webhooks and
//! exports of the trail, an hour could be made to last.

use super::{decides_access, permission::Permission};

/// What writes in the service `iam`, and only takes something away that is no person: it helps against a
/// thief, and leaves nothing behind that lasts.
pub const OPEN: [&str; 2] = ["revoke-access-grant", "delete-api-key"];

/// Whether an operation is closed to keys of assumed roles, whatever policies and permissions say.
pub fn is_closed(operation: &str, service: &str, changes: bool) -> bool {
    let decides = decides_access(service, changes) || Permission::deciding(operation).is_some();
    decides && !OPEN.contains(&operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_outlives_the_key_is_closed_to_it() {
        for closed in ["create-api-key", "create-user", "delete-webhook", "what-comes-one-day"] {
            assert!(is_closed(closed, "iam", true), "{closed}");
        }
        assert!(is_closed("reset-iam-organization-policy", "", true));
        for open in OPEN {
            assert!(!is_closed(open, "iam", true), "{open}");
        }
        assert!(!is_closed("list-users", "iam", false));
        assert!(!is_closed("delete-instance", "compute", true));
    }
}
