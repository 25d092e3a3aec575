//! Zones, instance types and prices.

use domain::{
    InstanceTypeId, Timestamp,
    instance_type::{Family, Size},
    money::{Currency, NanoPerHour},
};

wire! {
    pub struct Zones {
        pub zones: Vec<Zone>,
    }

    /// A place where instances run.
    pub struct Zone {
        pub name: String,
        /// Base address of the API that shows this zone only.
        pub api_endpoint: String,
        /// What runs the instances: `incus`, or `sim`, which only simulates.
        pub engine: Option<String>,
        /// Whether the engine answered lately. While it does not, reading works and what is asked of
        /// its instances waits.
        pub available: Option<bool>,
        /// When it was first found that the engine does not answer.
        pub unavailable_since: Option<Timestamp>,
    }

    pub struct InstanceTypes {
        pub instance_types: Vec<InstanceType>,
    }

    /// An instance type of the catalogue.
    pub struct InstanceType {
        pub id: InstanceTypeId,
        pub family: Family,
        pub size: Size,
        pub cpus: i64,
        pub gpus: Option<i64>,
        /// Bytes.
        pub memory: i64,
        pub authorized: bool,
        pub zones: Vec<String>,
        /// Least root disk, GiB.
        pub disk_size_min: Option<i64>,
        /// Largest root disk, GiB.
        pub disk_size_max: Option<i64>,
        pub price: Option<Price>,
    }

    /// A price while the thing is there or runs.
    #[derive(Eq, Copy)]
    pub struct Price {
        pub currency: Currency,
        /// 10⁻⁹ units of the currency per hour.
        pub nano_per_hour: NanoPerHour,
    }

    /// Unit prices besides those of instance types.
    pub struct Prices {
        pub currency: Currency,
        pub disk_gib: NanoPerHour,
        pub snapshot_gib: NanoPerHour,
        pub template_gib: NanoPerHour,
    }
}

impl InstanceType {
    /// `standard.micro`
    pub fn name(&self) -> String {
        format!("{}.{}", self.family, self.size)
    }
}
