//! Instances: what is shown of them and what can be asked.

use super::{InstanceType, Price, SecurityGroup, SshKey, SshKeyRef, Template};
use domain::{
    InstanceId, InstanceTypeId, OperationId, SecurityGroupId, SnapshotId, TemplateId, Timestamp,
    instance::{InstanceState, PublicIpAssignment},
    labels::Labels,
    money::{Currency, NanoPerHour},
};

wire! {
    /// Instances. What follows the list itself is answered with `limit` only.
    pub struct Instances {
        pub instances: Vec<Instance>,
        /// How many match.
        pub total: Option<i64>,
        /// How many of those that match are running.
        pub running: Option<i64>,
        /// What all that match cost now.
        pub price: Option<Price>,
    }

    /// What instances add up to: [`Instances`] for those who don't look at each.
    pub struct InstancesSum {
        pub total: Option<i64>,
        pub running: Option<i64>,
        pub price: Option<Price>,
    }

    /// An instance.
    pub struct Instance {
        pub id: InstanceId,
        pub name: String,
        pub state: InstanceState,
        pub created_at: Timestamp,
        pub instance_type: InstanceType,
        pub template: Template,
        /// Root disk, GiB.
        pub disk_size: i64,
        pub public_ip_assignment: PublicIpAssignment,
        pub public_ip: Option<String>,
        pub ipv6_address: Option<String>,
        pub mac_address: Option<String>,
        pub ssh_key: Option<SshKey>,
        pub ssh_keys: Vec<SshKey>,
        /// Base64; in `get-instance` only.
        pub user_data: Option<String>,
        pub labels: Labels,
        pub security_groups: Vec<SecurityGroup>,
        /// In `get-instance` only.
        pub snapshots: Option<Vec<SnapshotRef>>,
        pub secureboot_enabled: bool,
        pub tpm_enabled: bool,
        pub disk_encrypted: bool,
        pub application_consistent_snapshot_enabled: bool,
        /// The zone it runs in.
        pub zone: Option<String>,
        /// Deletion is refused while this is true.
        pub protected: Option<bool>,
        /// It is in error, and nothing of it exists: it can be reset, which makes it anew, or deleted.
        pub missing: Option<bool>,
        /// What it costs now.
        pub price: Option<Price>,
        /// The operation that works on it now.
        pub operation: Option<OperationId>,
        /// Why it is in error.
        pub reason: Option<String>,
        /// It was deleted, and can be recovered until then.
        pub recover_until: Option<Timestamp>,
        /// What the zone's engine is: `sim` only simulates.
        pub engine: Option<String>,
    }

    #[derive(Eq)]
    pub struct SnapshotRef {
        pub id: SnapshotId,
    }

    #[derive(Eq)]
    pub struct InstanceTypeRef {
        pub id: InstanceTypeId,
    }

    #[derive(Eq)]
    pub struct TemplateRef {
        pub id: TemplateId,
    }

    #[derive(Eq)]
    pub struct SecurityGroupRef {
        pub id: SecurityGroupId,
    }

    /// Filters; with `limit` the list comes by pages and the `Link` header has the next one.
    #[derive(Default)]
    pub struct ListInstances {
        pub manager_id: Option<String>,
        pub manager_type: Option<String>,
        pub ip_address: Option<String>,
        /// `key:value` or `key=value` pairs, separated by commas; all must match.
        pub labels: Option<String>,
        pub zone: Option<String>,
        pub state: Option<InstanceState>,
        /// `standard.micro`
        pub instance_type: Option<String>,
        /// Only those whose disk was made from this template.
        pub template_id: Option<TemplateId>,
        /// Part of the name or address, or the beginning of the id.
        pub q: Option<String>,
        /// Only these: up to 1,000 ids, separated by commas.
        pub ids: Option<String>,
        /// `name`, `created-at`, `state`; with `-` before it the other way round. Default `-created-at`.
        pub sort: Option<String>,
        /// 1–1,000.
        pub limit: Option<i64>,
        /// From the `Link` header of the page before.
        pub cursor: Option<String>,
        /// Also says how many match, how many of them run, and what they cost together.
        pub totals: Option<bool>,
    }

    pub struct CreateInstance {
        /// 1–255 characters; made up when left out. Need not be unique.
        pub name: Option<String>,
        pub instance_type: InstanceTypeRef,
        pub template: TemplateRef,
        /// Root disk, GiB: within the type's limits and at least the template's size.
        pub disk_size: i64,
        pub ssh_key: Option<SshKeyRef>,
        pub ssh_keys: Option<Vec<SshKeyRef>>,
        /// Cloud-init user data in base64, at most 32,768 characters.
        pub user_data: Option<String>,
        pub labels: Option<Labels>,
        pub public_ip_assignment: Option<PublicIpAssignment>,
        /// Deprecated: use `public-ip-assignment`.
        pub ipv6_enabled: Option<bool>,
        /// Default true.
        pub auto_start: Option<bool>,
        pub security_groups: Option<Vec<SecurityGroupRef>>,
        pub anti_affinity_groups: Option<Vec<serde_json::Value>>,
        pub secureboot_enabled: Option<bool>,
        pub tpm_enabled: Option<bool>,
        pub application_consistent_snapshot_enabled: Option<bool>,
        /// Where, when the address used is not that of a zone. Default: the first zone.
        pub zone: Option<String>,
    }

    #[derive(Default)]
    pub struct UpdateInstance {
        pub name: Option<String>,
        /// As at creation; an empty text removes it. Takes effect at the next reset.
        pub user_data: Option<String>,
        pub labels: Option<Labels>,
        pub public_ip_assignment: Option<PublicIpAssignment>,
        pub application_consistent_snapshot_enabled: Option<bool>,
    }

    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct RecoverInstance {
        /// Whether it is started; default: it stays stopped.
        pub start: Option<bool>,
    }

    #[derive(Default)]
    pub struct StartInstance {
        /// Rescue boot. Not available on engines that run containers.
        pub rescue_profile: Option<String>,
    }

    #[derive(Default)]
    pub struct ResetInstance {
        /// Default: the template it was made from.
        pub template: Option<TemplateRef>,
        /// GiB. Default: as it is.
        pub disk_size: Option<i64>,
    }

    pub struct ScaleInstance {
        pub instance_type: InstanceTypeRef,
    }

    pub struct ResizeInstanceDisk {
        /// GiB, more than now.
        pub disk_size: i64,
    }

    pub struct RevertInstanceToSnapshot {
        /// A snapshot of the same instance.
        pub id: SnapshotId,
    }

    #[derive(Eq)]
    pub struct InstancePassword {
        pub password: String,
    }

    #[derive(Eq)]
    pub struct ReverseDnsRecord {
        pub domain_name: String,
    }

    /// What there is in the organization, for the first page that people see.
    pub struct Summary {
        pub instances: i64,
        pub running: i64,
        pub stopped: i64,
        pub failed: i64,
        /// Deleted, and kept for a while.
        pub recoverable: i64,
        pub snapshots: i64,
        pub operations_pending: i64,
        pub currency: Currency,
        /// What everything costs now.
        pub nano_per_hour: NanoPerHour,
    }
}
