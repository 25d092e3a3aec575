//! Bulk actions: one verb asked of many instances.

use super::ListInstances;
use domain::{
    BulkActionId, InstanceId, OperationId, TemplateId, Timestamp,
    bulk::{BulkItemState, BulkVerb},
    instance::InstanceState,
};

wire! {
    /// Unknown fields are refused: one that was overlooked would mean more instances, not fewer.
    #[serde(deny_unknown_fields)]
    pub struct CreateBulkAction {
        /// What is asked of each: `start-instance`, `stop-instance`, `reboot-instance`,
        /// `delete-instance`.
        pub action: BulkVerb,
        /// 1–1,000 instances; not together with `filter`.
        pub ids: Option<Vec<InstanceId>>,
        /// All instances that match, up to 10,000; an empty one matches all.
        pub filter: Option<InstanceFilter>,
        /// How many the filter matched when it was looked at: refused when there are more by now.
        pub expected: Option<i64>,
    }

    /// Which instances, as in `list-instances`.
    #[derive(Default, Eq)]
    #[serde(deny_unknown_fields)]
    pub struct InstanceFilter {
        pub ip_address: Option<String>,
        /// `key:value` or `key=value` pairs, separated by commas; all must match.
        pub labels: Option<String>,
        pub zone: Option<String>,
        pub state: Option<InstanceState>,
        /// `standard.micro`
        pub instance_type: Option<String>,
        pub template_id: Option<TemplateId>,
        /// Part of the name or address, or the beginning of the id.
        pub q: Option<String>,
    }

    pub struct BulkActions {
        pub bulk_actions: Vec<BulkAction>,
    }

    #[derive(Default)]
    pub struct ListBulkActions {
        /// 1–1,000; default 50.
        pub limit: Option<i64>,
        pub cursor: Option<String>,
    }

    #[derive(Eq)]
    pub struct BulkAction {
        pub id: BulkActionId,
        pub action: BulkVerb,
        /// Who asked for it.
        pub actor: String,
        pub created_at: Timestamp,
        pub counts: BulkCounts,
    }

    /// How many of its instances are where.
    #[derive(Default, Eq)]
    pub struct BulkCounts {
        pub total: i64,
        /// Not asked yet.
        pub queued: i64,
        /// Accepted; an operation works on it.
        pub running: i64,
        pub done: i64,
        /// Refused, or the operation failed.
        pub failed: i64,
        /// Taken back before it was asked.
        pub cancelled: i64,
    }

    #[derive(Default)]
    pub struct ListBulkItems {
        pub state: Option<BulkItemState>,
        /// 1–1,000; default 50.
        pub limit: Option<i64>,
        pub cursor: Option<String>,
    }

    pub struct BulkItems {
        pub items: Vec<BulkItem>,
    }

    /// One instance of a bulk action.
    #[derive(Eq)]
    pub struct BulkItem {
        /// The instance.
        pub id: InstanceId,
        /// Its name when the bulk action was accepted.
        pub name: String,
        pub state: BulkItemState,
        /// What was accepted for it.
        pub operation: Option<OperationId>,
        /// Why it failed.
        pub message: Option<String>,
    }
}

impl BulkCounts {
    /// Of how many nothing more will become.
    pub fn over(&self) -> i64 {
        self.total - self.queued - self.running
    }
}

impl From<InstanceFilter> for ListInstances {
    fn from(filter: InstanceFilter) -> ListInstances {
        let InstanceFilter { ip_address, labels, zone, state, instance_type, template_id, q } =
            filter;
        ListInstances {
            ip_address,
            labels,
            zone,
            state,
            instance_type,
            template_id,
            q,
            ..Default::default()
        }
    }
}

impl From<ListInstances> for InstanceFilter {
    /// What narrows the list; how it is sorted and cut into pages does not matter.
    fn from(list: ListInstances) -> InstanceFilter {
        let ListInstances {
            ip_address, labels, zone, state, instance_type, template_id, q, ..
        } = list;
        InstanceFilter { ip_address, labels, zone, state, instance_type, template_id, q }
    }
}
