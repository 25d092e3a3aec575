//! What can happen to the simulated world: the lines of the journal.

use super::call::CallName;
use super::machine::Machine;
use crate::Size;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub(super) enum Change {
    Created {
        machine: Box<Machine>,
    },
    Started {
        name: String,
    },
    Stopped {
        name: String,
    },
    Deleted {
        name: String,
    },
    Resized {
        name: String,
        size: Size,
    },
    Rebuilt {
        name: String,
        image: String,
        size: Size,
        #[serde(default)]
        user_data_base64: Option<String>,
    },
    /// The password itself is never written anywhere.
    PasswordSet {
        name: String,
        user: String,
    },
    SnapshotCreated {
        name: String,
        snapshot: String,
    },
    SnapshotDeleted {
        name: String,
        snapshot: String,
    },
    Reverted {
        name: String,
        snapshot: String,
    },
    Published {
        name: String,
        snapshot: String,
        image: String,
        size_bytes: i64,
    },
    Imported {
        image: String,
        size_bytes: i64,
    },
    ImageDeleted {
        image: String,
    },
    /// The failure that a sentinel word asks for happened, and does not happen again.
    SentinelSpent {
        name: String,
        call: CallName,
    },
    /// Somebody else removed it.
    Vanished {
        name: String,
    },
    /// Somebody else switched it off.
    WentDown {
        name: String,
    },
}

impl Change {
    /// The call that this is the effect of, and its object; `None` when no call of ours did it.
    pub(super) fn call(&self) -> Option<(CallName, String)> {
        let of_snapshot = |name: &str, snapshot: &str| format!("{name}/{snapshot}");
        Some(match self {
            Change::Created { machine } => (CallName::Create, machine.name.clone()),
            Change::Started { name } => (CallName::Start, name.clone()),
            Change::Stopped { name } => (CallName::Stop, name.clone()),
            Change::Deleted { name } => (CallName::Delete, name.clone()),
            Change::Resized { name, .. } => (CallName::Resize, name.clone()),
            Change::Rebuilt { name, .. } => (CallName::Rebuild, name.clone()),
            Change::PasswordSet { name, .. } => (CallName::SetPassword, name.clone()),
            Change::SnapshotCreated { name, snapshot } => {
                (CallName::CreateSnapshot, of_snapshot(name, snapshot))
            }
            Change::SnapshotDeleted { name, snapshot } => {
                (CallName::DeleteSnapshot, of_snapshot(name, snapshot))
            }
            Change::Reverted { name, snapshot } => (CallName::Revert, of_snapshot(name, snapshot)),
            Change::Published { image, .. } => (CallName::Publish, image.clone()),
            Change::Imported { image, .. } => (CallName::ImportImage, image.clone()),
            Change::ImageDeleted { image } => (CallName::DeleteImage, image.clone()),
            Change::SentinelSpent { .. } | Change::Vanished { .. } | Change::WentDown { .. } => {
                return None;
            }
        })
    }
}
