//! Metering: intervals of use, written in the transaction that begins or ends the use.

pub mod store;

use crate::{act::Act, error::Result, instances::InstanceRow};
use domain::{instance_type::InstanceType, money::NanoPerHour, price::UnitPrices};

/// Something that is metered while it is there or runs.
pub struct Meter {
    pub resource_kind: &'static str,
    pub resource_id: String,
    pub zone: String,
    /// `instance.standard.micro`, `disk`, `snapshot`, `template`
    pub product: String,
    pub quantity: i64,
    pub price: NanoPerHour,
}

impl Meter {
    /// The type of an instance, while it runs.
    pub fn running(instance: &InstanceRow, of: &InstanceType) -> Meter {
        Meter {
            resource_kind: "instance",
            resource_id: instance.id.to_string(),
            zone: instance.zone.clone(),
            product: format!("instance.{}", of.name()),
            quantity: 1,
            price: of.price,
        }
    }

    /// The disk of an instance, while it exists.
    pub fn disk(instance: &InstanceRow, gib: i64, prices: &UnitPrices) -> Meter {
        Meter {
            resource_kind: "instance",
            resource_id: instance.id.to_string(),
            zone: instance.zone.clone(),
            product: "disk".to_owned(),
            quantity: gib,
            price: prices.disk_gib.times(gib),
        }
    }
}

/// Begins to meter. What is metered already stays as it is.
pub async fn open(act: &mut Act, meter: &Meter) -> Result<()> {
    store::open(act, meter).await
}

/// Ends to meter everything of a resource, or one kind of product (`instance.`, `disk`).
pub async fn close(act: &mut Act, resource_id: &str, product_prefix: &str) -> Result<()> {
    store::close(act, resource_id, product_prefix).await
}
