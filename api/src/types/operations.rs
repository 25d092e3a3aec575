//! Operations, previews of them, and changes as they happen.

use super::Price;
use domain::{
    OperationId, RequestId, Timestamp, Uuid,
    operation::{OperationState, Reason},
    quota::QuotaResource,
};

wire! {
    /// Work that was accepted. Poll `get-operation` until `state` is no longer `pending`.
    #[derive(Eq)]
    pub struct Operation {
        pub id: OperationId,
        pub state: OperationState,
        /// Present on failure.
        pub reason: Option<Reason>,
        pub message: Option<String>,
        /// What it works on; absent for things that go by name.
        pub reference: Option<Reference>,
    }

    #[derive(Eq)]
    pub struct Reference {
        pub id: Uuid,
        /// `/v2/instance/…`
        pub link: String,
        /// `get-instance`
        pub command: String,
    }

    pub struct Operations {
        pub operations: Vec<OperationDetail>,
        /// How many match, counted up to 10,000.
        pub total: i64,
    }

    /// An operation with what people want to know of it.
    #[derive(Eq)]
    pub struct OperationDetail {
        pub id: OperationId,
        /// `create-instance`
        pub operation: String,
        pub state: OperationState,
        pub reason: Option<Reason>,
        pub message: Option<String>,
        pub reference: Option<Reference>,
        /// Name of what it works on, as it was when the operation was accepted.
        pub subject: Option<String>,
        pub zone: Option<String>,
        /// The step that is being done: `boot`. Absent while nobody has begun.
        pub step: Option<String>,
        /// How far, in percent.
        pub progress: i64,
        /// How often the current step was tried again.
        pub attempt: i64,
        pub created_at: Timestamp,
        pub finished_at: Option<Timestamp>,
        /// Who asked for it.
        pub actor: Option<String>,
        pub request_id: RequestId,
        /// Nobody has begun it, so it can be cancelled.
        pub can_cancel: bool,
    }

    #[derive(Default)]
    pub struct ListOperations {
        pub state: Option<OperationState>,
        /// Only those of one kind: `create-instance`.
        pub operation: Option<String>,
        /// Part of the name of what they work on, or the beginning of its id or of their own.
        pub q: Option<String>,
        /// Only those that work on this resource; of an instance also those on its snapshots.
        pub subject_id: Option<Uuid>,
        /// 1–1,000; default 50.
        pub limit: Option<i64>,
        pub cursor: Option<String>,
    }

    #[derive(Copy, Eq)]
    pub struct PreviewItems {
        pub total: i64,
        /// How many of them would refuse as they are now.
        pub refused: i64,
    }

    /// What `dry-run=true` answers: the effect, without having it.
    pub struct Preview {
        pub dry_run: bool,
        pub operation: String,
        /// What the answer's reference would point to.
        pub reference: Option<Reference>,
        /// Quotas that it takes from, or gives back to.
        pub quotas: Vec<QuotaEffect>,
        /// Price of the resource before and after.
        pub price: Option<PriceEffect>,
        /// Of a bulk action: how many instances it asks.
        pub items: Option<PreviewItems>,
    }

    pub struct QuotaEffect {
        pub resource: QuotaResource,
        pub used: i64,
        pub after: i64,
        pub limit: i64,
    }

    pub struct PriceEffect {
        pub before: Price,
        pub after: Price,
    }

    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct StreamFrom {
        /// Also what changed from then on, such as when the page was read that is to be kept fresh;
        /// `lagged` instead, if that is too long ago. Default: only what changes from now on.
        pub since: Option<Timestamp>,
    }

    /// One change, as `GET /stream` tells it. Read the resource again to see it.
    #[derive(Eq)]
    pub struct Change {
        /// `instance`, `snapshot`, `operation`, `ssh-key`, `template`, `api-key`
        pub kind: String,
        pub id: String,
        /// Its state now, where it has one.
        pub state: Option<String>,
        /// The operation behind it.
        pub operation: Option<String>,
    }
}
