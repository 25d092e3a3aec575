//! What an operation on an instance is to do: the `data` of its row.

use domain::{InstanceTypeId, SnapshotId, TemplateId, instance::InstanceState};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "plan", rename_all = "kebab-case")]
pub enum Plan {
    Create {
        start: bool,
    },
    Start,
    Stop,
    Reboot,
    /// `gpus`: how many more than before were taken from the quota.
    Scale {
        to: InstanceTypeId,
        gpus: i64,
    },
    Resize {
        disk_gib: i64,
    },
    Reset {
        template: TemplateId,
        disk_gib: i64,
        start: bool,
    },
    Revert {
        snapshot: SnapshotId,
        start: bool,
    },
    /// The new password, sealed.
    Password {
        sealed: String,
    },
    /// Stop it, and keep it for some hours.
    SoftDelete {
        hours: i64,
    },
    Recover {
        start: bool,
    },
    Delete,
}

impl Plan {
    /// The state it leads to when all goes well.
    pub fn ends_as(&self) -> InstanceState {
        match self {
            Plan::Start | Plan::Reboot | Plan::Password { .. } => InstanceState::Running,
            Plan::Stop | Plan::Scale { .. } | Plan::Resize { .. } => InstanceState::Stopped,
            Plan::Create { start }
            | Plan::Reset { start, .. }
            | Plan::Revert { start, .. }
            | Plan::Recover { start } => {
                if *start {
                    InstanceState::Running
                } else {
                    InstanceState::Stopped
                }
            }
            Plan::SoftDelete { .. } => InstanceState::Destroyed,
            Plan::Delete => InstanceState::Expunging,
        }
    }
}
