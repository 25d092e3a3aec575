//! How sure the platform must be of who acts.

/// What somebody may still do who has no second step, in an organization that demands one: set it up,
/// go to another organization, or leave.
pub const OPEN_WITHOUT_SECOND_FACTOR: [&str; 6] = [
    "get-me",
    "get-second-factor",
    "begin-second-factor",
    "confirm-second-factor",
    "switch-organization",
    "delete-session",
];

/// Whether an operation is open to somebody without the second step that the organization demands.
pub fn is_open_without_second_factor(operation: &str) -> bool {
    OPEN_WITHOUT_SECOND_FACTOR.contains(&operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_organization_is_open_without_a_second_step() {
        assert!(is_open_without_second_factor("confirm-second-factor"));
        for closed in ["list-instances", "set-password", "create-access-token", "stream"] {
            assert!(!is_open_without_second_factor(closed), "{closed}");
        }
    }
}
