//! The simulated world: a plain value that changes are applied to, always with the same outcome.

use super::address;
use super::call::CallName;
use super::change::Change;
use crate::{InstanceSpec, Observed, Power, Size};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What is on a disk, as a number: 0 is a fresh copy of the image, and running changes it.
type Content = u64;

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

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct World {
    pub machines: BTreeMap<String, Machine>,
    /// Alias to bytes.
    pub images: BTreeMap<String, i64>,
    /// Failures that sentinel words asked for and got, by instance.
    pub spent: BTreeMap<String, BTreeSet<CallName>>,
    next_slot: u32,
    /// Slots of what is gone, oldest first: an address is not given to the next one at once.
    freed: VecDeque<u32>,
    next_content: Content,
}

impl World {
    pub(super) fn has_room(&self) -> bool {
        self.next_slot < address::SLOTS || !self.freed.is_empty()
    }

    pub(super) fn apply(&mut self, change: &Change) {
        match change {
            Change::Created { machine } => {
                let mut machine = Machine::clone(machine);
                machine.slot = self.take_slot();
                self.machines.insert(machine.name.clone(), machine);
            }
            Change::Started { name } => {
                self.next_content += 1;
                let content = self.next_content;
                self.change(name, |machine| {
                    machine.runs = true;
                    machine.content = content;
                });
            }
            Change::Stopped { name } | Change::WentDown { name } => {
                self.change(name, |machine| machine.runs = false);
            }
            Change::Deleted { name } | Change::Vanished { name } => {
                if let Some(machine) = self.machines.remove(name) {
                    self.freed.push_back(machine.slot);
                }
                self.spent.remove(name);
            }
            Change::Resized { name, size } => {
                self.change(name, |machine| machine.size = size.clone());
            }
            Change::Rebuilt { name, image, size, user_data_base64 } => {
                self.change(name, |machine| {
                    machine.image = image.clone();
                    machine.size = size.clone();
                    machine.user_data_base64 = user_data_base64.clone();
                    machine.content = 0;
                })
            }
            Change::SnapshotCreated { name, snapshot } => self.change(name, |machine| {
                machine.snapshots.insert(snapshot.clone(), machine.content);
            }),
            Change::SnapshotDeleted { name, snapshot } => self.change(name, |machine| {
                machine.snapshots.remove(snapshot);
            }),
            Change::Reverted { name, snapshot } => self.change(name, |machine| {
                if let Some(content) = machine.snapshots.get(snapshot) {
                    machine.content = *content;
                }
            }),
            Change::Published { image, size_bytes, .. }
            | Change::Imported { image, size_bytes } => {
                self.images.insert(image.clone(), *size_bytes);
            }
            Change::ImageDeleted { image } => {
                self.images.remove(image);
            }
            Change::SentinelSpent { name, call } => {
                self.spent.entry(name.clone()).or_default().insert(*call);
            }
            Change::PasswordSet { .. } => {}
        }
    }

    fn change(&mut self, name: &str, how: impl FnOnce(&mut Machine)) {
        if let Some(machine) = self.machines.get_mut(name) {
            how(machine);
        }
    }

    /// Called only when there is room.
    fn take_slot(&mut self) -> u32 {
        if self.next_slot < address::SLOTS {
            self.next_slot += 1;
            return self.next_slot - 1;
        }
        self.freed.pop_front().unwrap_or(self.next_slot)
    }
}
