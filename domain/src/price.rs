//! What a resource costs per hour, from the price list.

use crate::{instance::InstanceState, instance_type::InstanceType, money::NanoPerHour};

/// Unit prices besides those of the instance types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct UnitPrices {
    pub disk_gib: NanoPerHour,
    pub snapshot_gib: NanoPerHour,
    pub template_gib: NanoPerHour,
}

/// What an instance costs in a state: its disk while it exists, and its type while it runs. What was
/// deleted and is kept for a while (`destroyed`) has its disk; what is being expunged has nothing.
pub fn instance(
    units: &UnitPrices,
    of: &InstanceType,
    disk_gib: i64,
    state: InstanceState,
) -> NanoPerHour {
    let disk = units.disk_gib.times(disk_gib);
    match state {
        InstanceState::Running | InstanceState::Migrating => of.price.plus(disk),
        InstanceState::Expunging => NanoPerHour(0),
        _ => disk,
    }
}
