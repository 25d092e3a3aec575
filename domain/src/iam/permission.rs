//! What a role may beyond policies.

text_enum! {
    /// What a role may be permitted, whatever policies say.
    pub enum Permission {
        /// To delete objects that are kept for a time.
        BypassGovernanceRetention = "bypass-governance-retention",
        /// To make the organization allow everything again.
        ResetOrganizationPolicy = "reset-iam-organization-policy",
    }
}

impl Permission {
    /// The permission that decides about an operation in the policies' place, where one does: it has the
    /// operation's name.
    pub fn deciding(operation: &str) -> Option<Self> {
        operation.parse().ok()
    }

    /// Whether a role with these permissions has it.
    pub fn is_in(self, permissions: &[String]) -> bool {
        permissions.iter().any(|one| one == self.as_str())
    }

    /// What somebody is told whose role, of this name, has it not.
    pub fn refusal(self, role: &str) -> String {
        format!(
            "Your role ({role:?}) has not the permission {self}: ask somebody whose role has it."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_out_of_a_policy_is_decided_by_a_permission_and_nothing_else_is() {
        let reset = Permission::deciding("reset-iam-organization-policy");
        assert_eq!(reset, Some(Permission::ResetOrganizationPolicy));
        for operation in ["update-iam-organization-policy", "get-me", ""] {
            assert_eq!(Permission::deciding(operation), None, "{operation}");
        }
    }

    #[test]
    fn a_role_has_what_it_names() {
        let names = ["bypass-governance-retention".to_owned()];
        assert!(Permission::BypassGovernanceRetention.is_in(&names));
        assert!(!Permission::ResetOrganizationPolicy.is_in(&names));
        assert!(!Permission::ResetOrganizationPolicy.is_in(&[]));
    }
}
