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

    /// Whether somebody has it whose role has these permissions. Whoever only assumed the role has none
    /// of them ([`assumed`](super::assumed)).
    pub fn is_had(self, permissions: &[String], assumed: bool) -> bool {
        !assumed && permissions.iter().any(|one| one == self.as_str())
    }

    /// What somebody is told whose role, of this name, has it not, or is only assumed.
    pub fn refusal(self, role: &str, assumed: bool) -> String {
        match assumed {
            true => format!(
                "A key of the assumed role {role:?} has not the permission {self}: ask with \
                 credentials of your own."
            ),
            false => format!(
                "Your role ({role:?}) has not the permission {self}: ask somebody whose role has it."
            ),
        }
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
        assert!(Permission::BypassGovernanceRetention.is_had(&names, false));
        assert!(!Permission::BypassGovernanceRetention.is_had(&names, true));
        assert!(!Permission::ResetOrganizationPolicy.is_had(&names, false));
        assert!(!Permission::ResetOrganizationPolicy.is_had(&[], false));
    }
}
