//! The audit trail: its signed end, and files of it that prove themselves.

use super::Event;
use domain::{
    OrgId, Timestamp,
    audit::{AuditCalls, AuditFormat, AuditResult},
};

wire! {
    /// The end of an organization's chain, signed by the platform.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct AuditHead {
        pub organization: OrgId,
        /// How many events there are.
        pub sequence: i64,
        /// The hash of the last one: of everything it says, and of its predecessor's hash.
        pub hash: String,
        /// When it was signed.
        pub at: Timestamp,
        /// Ed25519, 32 bytes in base64.
        pub public_key: String,
        /// Ed25519, in base64, over the lines `couloir audit head 1`, organization, sequence, hash
        /// and at, each ended by a line feed.
        pub signature: String,
    }

    #[derive(Default)]
    pub struct ListAuditHeads {
        pub limit: Option<i64>,
        pub cursor: Option<String>,
    }

    pub struct AuditHeads {
        pub audit_heads: Vec<AuditHead>,
    }

    /// What shortening the retention of calls that changed nothing would remove.
    pub struct AuditRetention {
        /// For how long they are kept now, in days.
        pub days: i64,
        pub would_remove: Vec<AuditRemoval>,
    }

    #[derive(Eq)]
    pub struct AuditRemoval {
        /// If they were kept for so long.
        pub days: i64,
        /// Calls that would be removed; counted up to 100,000.
        pub calls: i64,
        /// There are more than were counted.
        pub more: bool,
    }

    #[derive(Eq)]
    pub struct AuditKey {
        /// The beginning of the SHA-256 of the key's bytes, to compare by eye.
        pub id: String,
        /// `ed25519`
        pub algorithm: String,
        /// 32 bytes in base64.
        pub public_key: String,
        /// The same for OpenSSL.
        pub pem: String,
    }

    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct CreateAuditExport {
        /// The first event in it is the first from then on; default: from the beginning.
        pub from: Option<Timestamp>,
        /// The last event in it is the last until then; default: all that there are.
        pub to: Option<Timestamp>,
        /// `json-lines`, which proves itself (the default), or `csv`, which proves nothing.
        pub format: Option<AuditFormat>,
    }

    #[derive(Eq)]
    pub struct AuditExport {
        /// Where it can be downloaded by whoever has the address.
        pub url: String,
        pub format: AuditFormat,
        pub expires_at: Timestamp,
        /// The number of the first event in it.
        pub first: i64,
        /// The number of the last event in it.
        pub last: i64,
    }

    #[derive(Default)]
    pub struct ListAuditTrail {
        pub from: Option<Timestamp>,
        pub to: Option<Timestamp>,
        /// Only those that changed something or were to, or only the others; default: all.
        pub calls: Option<AuditCalls>,
        /// Who, as `actor` says it.
        pub actor: Option<String>,
        pub operation: Option<String>,
        /// The kind of resource, as paths begin with it: `instance`.
        pub resource: Option<String>,
        pub subject_id: Option<String>,
        pub result: Option<AuditResult>,
        /// A text in what was asked or answered.
        pub q: Option<String>,
        pub limit: Option<i64>,
        pub cursor: Option<String>,
    }

    pub struct AuditTrail {
        pub events: Vec<Event>,
        /// How far it was looked, when that is not to the end: the next page looks on.
        pub searched_to: Option<Timestamp>,
    }
}
