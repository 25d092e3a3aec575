//! Snapshots of an instance's disk: their states.

text_enum! {
    /// States of a snapshot, as in Exoscale's specification.
    pub enum SnapshotState {
        Snapshotting = "snapshotting",
        Ready = "ready",
        Exporting = "exporting",
        Exported = "exported",
        Deleting = "deleting",
        Deleted = "deleted",
        Error = "error",
    }
}

impl SnapshotState {
    /// Whether an instance can be made from it, reverted to it, or a file written of it.
    pub fn is_usable(self) -> bool {
        matches!(self, SnapshotState::Ready | SnapshotState::Exported)
    }

    pub fn is_moving(self) -> bool {
        matches!(
            self,
            SnapshotState::Snapshotting | SnapshotState::Exporting | SnapshotState::Deleting
        )
    }
}
