//! Instance types: the catalogue as the API shows it.

use crate::{
    call::Call,
    error::{Error, Result},
    view::View,
};
use api::{InstanceTypes, Nothing};
use domain::{InstanceTypeId, instance_type::InstanceType};

const MIB: i64 = 1 << 20;

/// The wire form, with the price in the organization's currency.
pub fn wire(call: &Call, of: &InstanceType) -> Result<api::InstanceType> {
    Ok(api::InstanceType {
        id: of.id,
        family: of.family,
        size: of.size,
        cpus: of.cpus,
        gpus: Some(of.gpus).filter(|n| *n > 0),
        memory: of.memory_mib * MIB,
        authorized: of.authorized,
        zones: call.cloud.zones.names(),
        disk_size_min: Some(of.disk_gib_min),
        disk_size_max: Some(of.disk_gib_max),
        price: Some(call.price(of.price)?),
    })
}

/// `list-instance-types`
pub async fn list(view: &View, _: Nothing) -> Result<InstanceTypes> {
    let types = &view.cloud.catalogue.instance_types;
    let instance_types = types.iter().map(|t| wire(view, t)).collect::<Result<_>>()?;
    Ok(InstanceTypes { instance_types })
}

/// `get-instance-type`
pub async fn get(view: &View, _: Nothing) -> Result<api::InstanceType> {
    let id: InstanceTypeId = view.param("id")?;
    let found = view.cloud.catalogue.find(id).ok_or_else(|| Error::not_found("instance type"))?;
    wire(view, found)
}
