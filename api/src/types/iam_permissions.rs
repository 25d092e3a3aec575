//! What somebody may do, and has done.

use super::IamPolicy;
use domain::{MemberId, RoleId, Timestamp};

wire! {
    /// One of these; none: one's own.
    #[derive(Default)]
    pub struct ListIamPermissions {
        pub role_id: Option<RoleId>,
        pub api_key: Option<String>,
        pub user_id: Option<MemberId>,
    }

    pub struct IamPermissions {
        pub role_id: RoleId,
        /// The role's name.
        pub role: String,
        /// The person or key; absent for a role.
        pub who: Option<String>,
        /// Since when it is known what was used: for 90 days, or since that is recorded.
        pub since: Timestamp,
        /// Every operation of the API.
        pub operations: Vec<IamPermission>,
        /// A policy that allows what was used since then, and nothing that the role does not.
        pub proposed: IamPolicy,
    }

    pub struct IamPermission {
        pub operation: String,
        /// Empty where no policy is asked. Uses are not counted there.
        pub service: String,
        /// `allowed`, `refused`, `depends` (on what is asked of what, by rules), `open` (neither a policy
        /// nor a permission decides)
        pub outcome: String,
        /// The policy that refuses, `organization` or `role`; of what is allowed `grant`, if that allows
        /// it in the role's place.
        pub layer: Option<String>,
        /// The role's permission that decides about it, where no policy is asked.
        pub permission: Option<String>,
        /// The rules that it depends on.
        pub rules: Vec<IamPermissionRule>,
        /// What was granted of it beside the role, and goes on: it depends on these, too.
        pub grants: Vec<IamPermissionGrant>,
        pub last_used_at: Option<Timestamp>,
        /// How often, since it is counted.
        pub uses: i64,
    }

    pub struct IamPermissionGrant {
        /// The one thing that it is for; absent: any.
        pub resource: Option<String>,
        pub ends_at: Timestamp,
    }

    pub struct IamPermissionRule {
        /// `organization` or `role`
        pub layer: String,
        /// Counted from one.
        pub rule: i64,
        pub expression: String,
    }
}
