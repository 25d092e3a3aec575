//! Snapshots.

use domain::{InstanceId, SnapshotId, Timestamp, snapshot::SnapshotState};

wire! {
    pub struct Snapshots {
        pub snapshots: Vec<Snapshot>,
    }

    #[derive(Default)]
    pub struct ListSnapshots {
        pub zone: Option<String>,
        pub state: Option<SnapshotState>,
        /// Only those of this instance.
        pub instance_id: Option<InstanceId>,
        /// Part of the name or of the instance's, or the beginning of the id.
        pub q: Option<String>,
    }

    /// A snapshot of an instance's disk. It dies with the instance.
    pub struct Snapshot {
        pub id: SnapshotId,
        pub name: String,
        pub state: SnapshotState,
        pub created_at: Timestamp,
        /// GiB of the disk it was taken of.
        pub size: i64,
        pub instance: Option<InstanceRef>,
        /// Where the exported file is, for an hour.
        pub export: Option<SnapshotExport>,
        pub application_consistent: bool,
        pub zone: Option<String>,
        /// Why it is in error.
        pub reason: Option<String>,
    }

    #[derive(Eq)]
    pub struct InstanceRef {
        pub id: InstanceId,
        pub name: Option<String>,
    }

    #[derive(Eq)]
    pub struct SnapshotExport {
        pub presigned_url: Option<String>,
        pub md5sum: Option<String>,
    }

    pub struct PromoteSnapshot {
        /// 1–255 characters.
        pub name: String,
        /// At most 4,096 characters.
        pub description: Option<String>,
        pub default_user: Option<String>,
        pub ssh_key_enabled: Option<bool>,
        pub password_enabled: Option<bool>,
    }
}
