//! The organization, its quotas, audit events and security groups.

use super::{ApiKey, IamRole};
use domain::{
    OrgId, SecurityGroupId, Timestamp, Uuid, money::Currency, realm::Realm, template::Visibility,
};
use serde_json::{Map, Value};

/// Audit events: a bare array, as in Exoscale's specification.
pub type Events = Vec<Event>;

wire! {
    pub struct Organization {
        pub id: OrgId,
        pub name: String,
        pub currency: Currency,
        /// Of a customer, or of the provider's own staff.
        pub realm: Realm,
        /// For how long a soft-deleted instance is kept, in hours; 0: soft delete is off.
        pub instance_recovery_hours: Option<i64>,
        /// For how long calls that changed nothing are in the audit trail, in days; 0: they are not.
        pub api_call_days: Option<i64>,
        /// For how long it is known what things were like (`at`), in days.
        pub history_days: Option<i64>,
        /// Everybody must sign in in two steps.
        pub second_factor_required: Option<bool>,
    }

    #[serde(deny_unknown_fields)]
    pub struct UpdateOrganization {
        /// 0–720; 0 turns soft delete off. What is kept already is kept as long as was said then.
        pub instance_recovery_hours: Option<i64>,
        /// 0–3650; 0 keeps none. What changed something is always kept.
        pub api_call_days: Option<i64>,
        /// 1–365. What a shorter time removes is lost; a longer one brings nothing back.
        pub history_days: Option<i64>,
        /// Whether everybody must sign in in two steps. Who does not yet can only set it up, from their
        /// next call on; their access tokens are refused until then, API keys are not.
        pub second_factor_required: Option<bool>,
    }

    pub struct Quotas {
        pub quotas: Vec<Quota>,
    }

    pub struct Quota {
        pub resource: String,
        pub usage: i64,
        /// -1: unlimited.
        pub limit: i64,
    }

    /// An audit event: one call that changed something, or tried to.
    pub struct Event {
        pub timestamp: Timestamp,
        /// The operation: `create-instance`.
        pub handler: String,
        pub message: String,
        pub uri: String,
        pub status: i64,
        /// Why it was refused.
        pub reason: Option<String>,
        /// What the policies said of it; absent where none is asked.
        pub decision: Option<EventDecision>,
        /// When the key or token was made, or the session began.
        pub credential_created_at: Option<Timestamp>,
        /// What it was to delete, by its kind, as it was.
        #[cfg_attr(feature = "schema", schemars(with = "Option<std::collections::BTreeMap<String, Value>>"))]
        pub resources: Option<Map<String, Value>>,
        pub zone: Option<String>,
        pub request_id: String,
        pub source_ip: Option<String>,
        pub elapsed_ms: i64,
        pub get_params: Map<String, Value>,
        pub body_params: Map<String, Value>,
        pub path_params: Map<String, Value>,
        /// What an update changed, without secrets.
        pub changes: Option<Vec<FieldChange>>,
        pub iam_user: Option<EventUser>,
        pub iam_role: Option<IamRole>,
        pub iam_api_key: Option<ApiKey>,
        /// Who, as `list-audit-trail` finds them by.
        pub actor: Option<String>,
        /// What it is about, in `list-audit-trail`.
        pub subject_id: Option<String>,
        /// Position in the organization's chain, from 1.
        pub sequence: Option<i64>,
        /// SHA-256 over this event and its predecessor's hash.
        pub hash: Option<String>,
    }

    /// What the policies said of a call.
    #[derive(Eq)]
    pub struct EventDecision {
        pub allowed: bool,
        /// `organization` or `role`: the policy that decided; `grant`: what was granted beside the role.
        pub layer: String,
        pub service: String,
        /// `default`, `entry`, `rule`, `no-rule`, `out-of-fuel`, `named` (by a grant), `assumed` (closed to keys of assumed roles)
        pub why: String,
        /// The rule that decided, counted from one.
        pub rule: Option<i64>,
    }

    /// What a field was, and what it became.
    pub struct FieldChange {
        pub field: String,
        pub before: Option<Value>,
        pub after: Option<Value>,
    }

    pub struct EventUser {
        pub id: Uuid,
        pub email: String,
    }

    #[derive(Default)]
    pub struct ListEvents {
        pub from: Option<Timestamp>,
        pub to: Option<Timestamp>,
        /// Only those about this resource.
        pub subject_id: Option<Uuid>,
    }

    pub struct SecurityGroups {
        pub security_groups: Vec<SecurityGroup>,
    }

    pub struct SecurityGroup {
        pub id: SecurityGroupId,
        pub name: String,
        pub description: Option<String>,
        pub rules: Option<Vec<Value>>,
    }

    #[derive(Default)]
    pub struct ListSecurityGroups {
        pub visibility: Option<Visibility>,
    }
}
