//! One simulated instance.

use super::address;
use crate::{InstanceSpec, Observed, Power, Size};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is on a disk, as a number: 0 is a fresh copy of the image, and running changes it.
pub(super) type Content = u64;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Machine {
    pub name: String,
    pub display_name: String,
    pub host_name: String,
    pub image: String,
    pub size: Size,
    pub ssh_keys: Vec<String>,
    pub default_user: String,
    pub user_data_base64: Option<String>,
    pub public_ipv4: bool,
    pub public_ipv6: bool,
    #[serde(default)]
    pub slot: u32,
    #[serde(default)]
    pub runs: bool,
    #[serde(default)]
    pub content: Content,
    #[serde(default)]
    pub snapshots: BTreeMap<String, Content>,
}

/// User data as the journal keeps it.
pub(super) fn base64(user_data: Option<&[u8]>) -> Option<String> {
    user_data.map(|data| STANDARD.encode(data))
}

impl Machine {
    pub(super) fn new(spec: &InstanceSpec) -> Machine {
        Machine {
            name: spec.name.clone(),
            display_name: spec.display_name.clone(),
            host_name: spec.host_name.clone(),
            image: spec.image.clone(),
            size: spec.size.clone(),
            ssh_keys: spec.ssh_keys.clone(),
            default_user: spec.default_user.clone(),
            user_data_base64: base64(spec.user_data.as_deref()),
            public_ipv4: spec.public_ipv4,
            public_ipv6: spec.public_ipv6,
            slot: 0,
            runs: false,
            content: 0,
            snapshots: BTreeMap::new(),
        }
    }

    pub(super) fn user_data(&self) -> Option<Vec<u8>> {
        self.user_data_base64.as_ref().and_then(|text| STANDARD.decode(text).ok())
    }

    /// Addresses are seen on what runs, as with a real engine.
    pub(super) fn observed(&self, seed: u64) -> Observed {
        Observed {
            name: self.name.clone(),
            power: if self.runs { Power::Running } else { Power::Stopped },
            ipv4: (self.runs && self.public_ipv4).then(|| address::ipv4(seed, self.slot)),
            ipv6: (self.runs && self.public_ipv6).then(|| address::ipv6(seed, self.slot)),
            mac: Some(address::mac(seed, self.slot)),
            size: self.size.clone(),
            snapshots: self.snapshots.keys().cloned().collect(),
        }
    }
}
