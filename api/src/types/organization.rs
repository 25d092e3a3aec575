//! The organization, its quotas, audit events and security groups.

use super::{ApiKey, IamRole};
use domain::{OrgId, SecurityGroupId, Timestamp, Uuid, money::Currency, template::Visibility};
use serde_json::{Map, Value};

/// Audit events: a bare array, as in Exoscale's specification.
pub type Events = Vec<Event>;

wire! {
    pub struct Organization {
        pub id: OrgId,
        pub name: String,
        pub currency: Currency,
        /// For how long a soft-deleted instance is kept, in hours; 0: soft delete is off.
        pub instance_recovery_hours: Option<i64>,
    }

    #[serde(deny_unknown_fields)]
    pub struct UpdateOrganization {
        /// 0–720; 0 turns soft delete off. What is kept already is kept as long as was said then.
        pub instance_recovery_hours: i64,
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
        pub zone: Option<String>,
        pub request_id: String,
        pub source_ip: Option<String>,
        pub elapsed_ms: i64,
        pub get_params: Map<String, Value>,
        pub body_params: Map<String, Value>,
        pub path_params: Map<String, Value>,
        pub iam_user: Option<User>,
        pub iam_role: Option<IamRole>,
        pub iam_api_key: Option<ApiKey>,
        /// Position in the organization's chain, from 1.
        pub sequence: Option<i64>,
        /// SHA-256 over this event and its predecessor's hash.
        pub hash: Option<String>,
    }

    pub struct User {
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
