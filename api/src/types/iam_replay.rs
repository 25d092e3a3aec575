//! What another policy would have said of the calls that were made.

use super::IamPolicy;
use domain::{RoleId, Timestamp};

wire! {
    #[serde(deny_unknown_fields)]
    #[derive(Default)]
    pub struct ReplayIamPolicy {
        /// Only calls with this role; default: all.
        pub role_id: Option<RoleId>,
        /// In the place of the policy of `role-id`.
        pub policy: Option<IamPolicy>,
        /// In the place of the organization's policy.
        pub organization_policy: Option<IamPolicy>,
    }

    pub struct IamReplay {
        /// The calls since then were looked at.
        pub since: Timestamp,
        /// There were more in the last 30 days than are looked at; these are the newest.
        pub more: bool,
        /// For how many days the organization keeps calls that change nothing; 0: not at all.
        pub reads_kept_days: i64,
        /// Calls that were decided again.
        pub calls: i64,
        /// Calls that could not be: their role or what they named is not known any more.
        pub undecided: i64,
        /// How many the policies of now allow.
        pub allowed_before: i64,
        /// How many these allow.
        pub allowed_after: i64,
        /// Calls that would be decided otherwise, those first that would be refused.
        pub flips: Vec<IamFlip>,
        /// So many more kinds of calls would be, and are not listed.
        pub flips_left_out: i64,
    }

    /// What somebody asked, and would get another answer to.
    pub struct IamFlip {
        pub operation: String,
        /// The person or key, as `list-audit-trail` finds them by.
        pub actor: String,
        /// The role's name.
        pub role: String,
        /// What would be now.
        pub allowed: bool,
        pub count: i64,
        pub last_at: Timestamp,
        /// Why, of the last one.
        pub message: String,
    }
}
