//! What policies would say of a call that is not made.

use super::IamPolicy;
use domain::{MemberId, RoleId, Timestamp};
use serde_json::{Map, Value};

wire! {
    #[serde(deny_unknown_fields)]
    #[derive(Default)]
    pub struct SimulateIamPolicy {
        /// `stop-instance`
        pub operation: String,
        /// What path, query and body would hold, by their names: `{"id": "…", "name": "web"}`.
        #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Value>"))]
        pub parameters: Option<Map<String, Value>>,
        /// Of whoever would call, without grants. Default: the API key's, the person's, or one's own.
        pub role_id: Option<RoleId>,
        /// In the place of the role's policy.
        pub policy: Option<IamPolicy>,
        /// In the place of the organization's policy.
        pub organization_policy: Option<IamPolicy>,
        /// The key that would be used. Default: one's own credentials.
        pub api_key: Option<String>,
        /// The member who would call, freshly signed in, with what they were granted. Not beside a key.
        pub user_id: Option<MemberId>,
        /// The zone by whose address it would be called; default none.
        pub zone: Option<String>,
        /// An IPv4 or IPv6 address. Default: one's own.
        pub source_ip: Option<String>,
        /// Default now.
        pub at: Option<Timestamp>,
    }

    pub struct IamSimulation {
        pub allowed: bool,
        /// `organization` or `role`: the policy that decides; `grant`: what was granted beside the role.
        /// Absent where no policy is asked.
        pub layer: Option<String>,
        /// The role's name.
        pub role: String,
        /// The service that the operation belongs to; absent where no policy is asked.
        pub service: Option<String>,
        /// `not-asked`, `permission` (of the role, in the policies' place), `default`, `entry`, `rule`,
        /// `no-rule`, `out-of-fuel`, `named` (by a grant), `assumed` (closed to keys of assumed roles)
        pub why: String,
        /// The rule that decides, counted from one.
        pub rule: Option<i64>,
        pub expression: Option<String>,
        /// The sentence that a refusal would have.
        pub message: String,
        /// All rules for the service: the organization's, then the role's.
        pub rules: Vec<IamRuleOutcome>,
        /// What rules that read resources were given. Empty where none reads them.
        pub resources: Vec<IamNamedResource>,
    }

    pub struct IamRuleOutcome {
        /// `organization` or `role`
        pub layer: String,
        /// Counted from one.
        pub rule: i64,
        /// `allow` or `deny`
        pub action: String,
        pub expression: String,
        /// `true`, `false`, `other` (neither), `failed` (no value), `invalid` (no expression),
        /// `not-reached`
        pub outcome: String,
        /// What it came to, or why to nothing.
        pub detail: Option<String>,
        /// What the expression read.
        pub seen: Vec<IamSeen>,
        /// What is probably not meant so.
        pub warnings: Vec<IamRuleWarning>,
    }

    pub struct IamSeen {
        /// As it is written: `parameters.name`.
        pub name: String,
        pub value: Option<String>,
        /// Why there is no value.
        pub problem: Option<String>,
    }

    pub struct IamRuleWarning {
        /// The byte of the expression where it begins…
        pub at: i64,
        /// … and where it ends.
        pub end: i64,
        pub message: String,
        pub hint: String,
    }

    pub struct IamNamedResource {
        /// `resources.` and this.
        pub kind: String,
        pub id: String,
        pub exists: bool,
    }
}
