//! The simulated world: a plain value that changes are applied to, always with the same outcome.

use super::address;
use super::call::CallName;
use super::change::Change;
use super::machine::{Content, Machine};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

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
