//! Access that is asked for, and granted for a while.

use domain::{AccessRequestId, MemberId, Timestamp, format::Language, iam::grant::AccessState};

wire! {
    #[serde(deny_unknown_fields)]
    pub struct RequestAccess {
        /// `stop-instance`: one that the own role refuses. What writes in the service `iam` can't be
        /// granted.
        pub operation: String,
        /// Id or name of the one thing that it is needed for, as the operation's path has it. Default:
        /// any.
        pub resource: Option<String>,
        /// For whoever decides, 1–500 characters.
        pub reason: String,
        /// 1, 4, 8, 24, 72 or 168, from the approval on.
        pub hours: i64,
        /// Language of the mails about it; default English.
        pub language: Option<Language>,
    }

    pub struct AccessRequests {
        /// One's own; all of them for who may decide. Open ones first, then the newest first.
        pub access_requests: Vec<AccessRequest>,
        /// Whether these are all of the organization's.
        pub all: bool,
    }

    pub struct AccessRequest {
        pub id: AccessRequestId,
        pub operation: String,
        pub resource: Option<String>,
        pub reason: String,
        pub hours: i64,
        pub state: AccessState,
        /// Who asks.
        pub email: String,
        /// … as a member; absent when they left.
        pub user_id: Option<MemberId>,
        /// The role that refuses them.
        pub role: String,
        /// Whether it is one's own.
        pub own: bool,
        pub created_at: Timestamp,
        /// When it lapses, if nobody decides.
        pub lapses_at: Timestamp,
        /// When it was approved, refused or withdrawn.
        pub decided_at: Option<Timestamp>,
        /// Who did that.
        pub decided_by: Option<String>,
        /// What was said when it was refused.
        pub answer: Option<String>,
    }

    #[serde(deny_unknown_fields)]
    #[derive(Default)]
    pub struct RefuseAccessRequest {
        /// A sentence for whoever asked, up to 500 characters.
        pub answer: Option<String>,
    }

    pub struct AccessGrants {
        /// One's own; all of them for who may decide. Those that go on first, then the newest first.
        pub access_grants: Vec<AccessGrant>,
    }

    pub struct AccessGrant {
        /// That of the request which it was.
        pub id: AccessRequestId,
        pub operation: String,
        /// The one thing that it is for; absent: any.
        pub resource: Option<String>,
        /// Whose it is.
        pub email: String,
        /// … as a member; absent when they left.
        pub user_id: Option<MemberId>,
        /// The role that it stands beside: with another one it is worth nothing.
        pub role: String,
        /// Whether it is one's own.
        pub own: bool,
        pub granted_at: Timestamp,
        pub granted_by: String,
        /// When it ends, or ended.
        pub ends_at: Timestamp,
        /// Who ended it before its time.
        pub revoked_by: Option<String>,
        /// Whether it allows anything now.
        pub active: bool,
    }
}
