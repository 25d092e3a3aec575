//! Instance types: families and sizes, disk limits, and which type may become which.

use crate::{InstanceTypeId, money::NanoPerHour};

text_enum! {
    /// Families of instance types, as in Exoscale's specification.
    pub enum Family {
        Standard = "standard",
        Cpu = "cpu",
        Memory = "memory",
        Storage = "storage",
        Gpu = "gpu",
        Gpu2 = "gpu2",
        Gpu3 = "gpu3",
        GpuA30 = "gpua30",
        Gpu3080ti = "gpu3080ti",
        GpuA5000 = "gpua5000",
        GpuRtx6000Pro = "gpurtx6000pro",
        GpuB300 = "gpub300",
        Colossus = "colossus",
    }
}

text_enum! {
    /// Sizes of instance types, as in Exoscale's specification.
    pub enum Size {
        Micro = "micro",
        Tiny = "tiny",
        Small = "small",
        Medium = "medium",
        Large = "large",
        ExtraLarge = "extra-large",
        Huge = "huge",
        Mega = "mega",
        Titan = "titan",
        Titan48c = "titan48c",
        Jumbo = "jumbo",
        Colossus = "colossus",
    }
}

/// One row of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceType {
    pub id: InstanceTypeId,
    pub family: Family,
    pub size: Size,
    pub cpus: i64,
    pub gpus: i64,
    pub memory_mib: i64,
    pub disk_gib_min: i64,
    pub disk_gib_max: i64,
    /// Whether anybody may use it, or only those whom the operator allowed.
    pub authorized: bool,
    /// What it costs while it runs, without its disk.
    pub price: NanoPerHour,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypeError {
    #[error("a disk of {asked} GiB is outside {min}–{max} GiB, the limits of {name}")]
    Disk { name: String, asked: i64, min: i64, max: i64 },
    #[error("{name} allows disks of at least {min} GiB, and the template needs {needed} GiB")]
    DiskForTemplate { name: String, min: i64, needed: i64 },
    #[error(
        "an instance of the family {from} can't become {to}: scaling stays in the family, or moves between standard, cpu and memory"
    )]
    Family { from: Family, to: Family },
    #[error("it already is {0}")]
    Same(String),
    #[error("disks only grow: it has {has} GiB, and {asked} GiB were asked for")]
    Shrink { has: i64, asked: i64 },
    #[error("{0} needs an authorization by the operator")]
    NotAuthorized(String),
}

impl InstanceType {
    /// `standard.micro`
    pub fn name(&self) -> String {
        format!("{}.{}", self.family, self.size)
    }

    /// Whether a disk of `asked` GiB fits the type.
    pub fn check_disk(&self, asked: i64) -> Result<(), TypeError> {
        let (min, max) = (self.disk_gib_min, self.disk_gib_max);
        if (min..=max).contains(&asked) {
            return Ok(());
        }
        Err(TypeError::Disk { name: self.name(), asked, min, max })
    }

    /// Whether an instance of this type with a disk of `disk_gib` may become `to`.
    pub fn check_scale(&self, to: &InstanceType, disk_gib: i64) -> Result<(), TypeError> {
        if self.id == to.id {
            return Err(TypeError::Same(self.name()));
        }
        let general = |f: Family| matches!(f, Family::Standard | Family::Cpu | Family::Memory);
        if self.family != to.family && !(general(self.family) && general(to.family)) {
            return Err(TypeError::Family { from: self.family, to: to.family });
        }
        to.check_disk(disk_gib)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a(family: Family, size: Size, max: i64) -> InstanceType {
        let id = InstanceTypeId(uuid::Uuid::from_u128(family as u128 * 100 + size as u128));
        InstanceType {
            id,
            family,
            size,
            cpus: 1,
            gpus: 0,
            memory_mib: 512,
            disk_gib_min: 10,
            disk_gib_max: max,
            authorized: true,
            price: NanoPerHour(1),
        }
    }

    #[test]
    fn scaling_stays_in_the_family_or_among_the_general_ones() {
        let micro = a(Family::Standard, Size::Micro, 200);
        assert!(micro.check_scale(&a(Family::Memory, Size::Huge, 800), 50).is_ok());
        assert!(micro.check_scale(&a(Family::Gpu, Size::Small, 800), 50).is_err());
        assert!(micro.check_scale(&micro, 50).is_err());
    }

    #[test]
    fn a_disk_that_is_too_large_for_the_smaller_type_stops_scaling_down() {
        let large = a(Family::Standard, Size::Large, 400);
        let micro = a(Family::Standard, Size::Micro, 200);
        assert!(large.check_scale(&micro, 300).is_err());
        assert!(large.check_scale(&micro, 200).is_ok());
    }
}
