//! An instance as it is stored.

use domain::{
    InstanceId, InstanceTypeId, OperationId, SecurityGroupId, TemplateId, Timestamp,
    instance::{InstanceState, PublicIpAssignment, Situation},
    labels::Labels,
    money::NanoPerHour,
};
use serde::{Deserialize, Serialize};

/// A key as it was when the instance was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SshKeyOf {
    pub name: String,
    pub fingerprint: Option<String>,
    pub line: String,
}

#[derive(Clone, Debug)]
pub struct InstanceRow {
    pub id: InstanceId,
    pub zone: String,
    pub engine_name: String,
    pub name: String,
    pub state: InstanceState,
    pub instance_type: InstanceTypeId,
    pub template: TemplateId,
    pub disk_gib: i64,
    pub public_ip_assignment: PublicIpAssignment,
    pub ipv4: Option<String>,
    pub ipv6: Option<String>,
    pub mac: Option<String>,
    pub ssh_keys: Vec<SshKeyOf>,
    pub user_data: Option<String>,
    pub labels: Labels,
    pub security_groups: Vec<SecurityGroupId>,
    pub app_consistent: bool,
    pub protected: bool,
    pub password_sealed: Option<String>,
    pub operation: Option<OperationId>,
    pub reason: Option<String>,
    pub created: Timestamp,
    /// It was deleted, and is kept until then.
    pub recover_until: Option<Timestamp>,
    pub version: i64,
    /// What is metered of it now: type and disk.
    pub metered: NanoPerHour,
    /// Its disk is metered from the moment in which the engine has made it.
    pub made: bool,
}

impl InstanceRow {
    pub fn situation(&self) -> Situation {
        Situation {
            state: self.state,
            busy: self.operation.is_some(),
            protected: self.protected,
            missing: self.is_missing(),
        }
    }

    pub fn is_missing(&self) -> bool {
        self.state == InstanceState::Error && !self.made
    }
}
