//! What a resource costs per hour, from the price list.

use crate::{instance::InstanceState, instance_type::InstanceType, money::NanoPerHour};

/// Unit prices besides those of the instance types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct UnitPrices {
    pub disk_gib: NanoPerHour,
    pub snapshot_gib: NanoPerHour,
    pub template_gib: NanoPerHour,
}

/// Whether an instance in this state is billed for its type: while it runs or comes up.
pub fn bills_type(state: InstanceState) -> bool {
    matches!(state, InstanceState::Running | InstanceState::Migrating)
}

/// An instance that runs: its type and its disk.
pub fn instance_running(units: &UnitPrices, of: &InstanceType, disk_gib: i64) -> NanoPerHour {
    of.price.plus(instance_stopped(units, disk_gib))
}

/// An instance that is stopped: its disk only.
pub fn instance_stopped(units: &UnitPrices, disk_gib: i64) -> NanoPerHour {
    units.disk_gib.times(disk_gib)
}

/// What an instance costs in its present state.
pub fn instance(
    units: &UnitPrices,
    of: &InstanceType,
    disk_gib: i64,
    state: InstanceState,
) -> NanoPerHour {
    match state {
        s if bills_type(s) => instance_running(units, of, disk_gib),
        InstanceState::Destroyed => NanoPerHour(0),
        _ => instance_stopped(units, disk_gib),
    }
}
