//! The catalogue file: instance types, prices and default quotas, edited by the operator.

use crate::{
    InstanceTypeId,
    instance_type::{Family, InstanceType, Size},
    money::NanoPerHour,
    price::UnitPrices,
    quota::QuotaResource,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Everything the operator sells.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub instance_types: Vec<InstanceType>,
    pub prices: UnitPrices,
    /// Limits that a new organization gets.
    pub quotas: BTreeMap<QuotaResource, i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    #[error("the catalogue is not TOML of the expected shape: {0}")]
    Shape(String),
    #[error("the catalogue's entry {name}: {what}")]
    Entry { name: String, what: String },
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    prices: PricesRow,
    quotas: BTreeMap<String, i64>,
    instance_type: Vec<TypeRow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PricesRow {
    disk_gib_hour: String,
    snapshot_gib_hour: String,
    template_gib_hour: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct TypeRow {
    name: String,
    cpus: i64,
    #[serde(default)]
    gpus: i64,
    memory_mib: i64,
    disk_gib: [i64; 2],
    price_hour: String,
    #[serde(default = "yes")]
    authorized: bool,
}

fn yes() -> bool {
    true
}

/// The id of a type follows from its name, so that it is the same on every installation.
fn id_of(name: &str) -> InstanceTypeId {
    const NAMESPACE: Uuid = Uuid::from_u128(0x5f3c_1d3a_8a64_4d4b_9f0e_70c1_0e1a_57e5);
    InstanceTypeId(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
}

fn price(name: &str, text: &str) -> Result<NanoPerHour, CatalogueError> {
    NanoPerHour::parse(text).ok_or_else(|| CatalogueError::Entry {
        name: name.to_owned(),
        what: format!("{text:?} is not a price: write a decimal with at most nine decimals"),
    })
}

impl Catalogue {
    /// Reads the file. Every mistake names the entry it stands in.
    pub fn parse(text: &str) -> Result<Catalogue, CatalogueError> {
        let file: File = toml::from_str(text).map_err(|e| CatalogueError::Shape(e.to_string()))?;
        let instance_types: Vec<_> =
            file.instance_type.into_iter().map(instance_type).collect::<Result<_, _>>()?;
        for (index, one) in instance_types.iter().enumerate() {
            if instance_types[..index].iter().any(|other| other.id == one.id) {
                let what = "stands there twice".to_owned();
                return Err(CatalogueError::Entry { name: one.name(), what });
            }
        }
        let quotas = file
            .quotas
            .into_iter()
            .map(|(name, limit)| match name.parse() {
                Ok(resource) => Ok((resource, limit)),
                Err(what) => Err(CatalogueError::Entry { name: "quotas".to_owned(), what }),
            })
            .collect::<Result<_, _>>()?;
        let prices = UnitPrices {
            disk_gib: price("prices", &file.prices.disk_gib_hour)?,
            snapshot_gib: price("prices", &file.prices.snapshot_gib_hour)?,
            template_gib: price("prices", &file.prices.template_gib_hour)?,
        };
        Ok(Catalogue { instance_types, prices, quotas })
    }

    pub fn find(&self, id: InstanceTypeId) -> Option<&InstanceType> {
        self.instance_types.iter().find(|t| t.id == id)
    }
}

fn instance_type(row: TypeRow) -> Result<InstanceType, CatalogueError> {
    let wrong = |what: String| CatalogueError::Entry { name: row.name.clone(), what };
    let (family, size) = row
        .name
        .split_once('.')
        .ok_or_else(|| wrong("a name has the form family.size".to_owned()))?;
    let family: Family = family.parse().map_err(wrong)?;
    let size: Size = size.parse().map_err(wrong)?;
    let [disk_gib_min, disk_gib_max] = row.disk_gib;
    if row.cpus < 1 || row.memory_mib < 1 || row.gpus < 0 {
        return Err(wrong("cpus and memory-mib must be positive".to_owned()));
    }
    if !(10..=51_200).contains(&disk_gib_min) || !(disk_gib_min..=51_200).contains(&disk_gib_max) {
        return Err(wrong("disk-gib must be [least, most] within 10 and 51200".to_owned()));
    }
    Ok(InstanceType {
        id: id_of(&row.name),
        family,
        size,
        cpus: row.cpus,
        gpus: row.gpus,
        memory_mib: row.memory_mib,
        disk_gib_min,
        disk_gib_max,
        authorized: row.authorized,
        price: price(&row.name, &row.price_hour)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../server/catalogue.toml");

    #[test]
    fn the_shipped_catalogue_is_read_and_micro_costs_what_it_should() {
        let catalogue = Catalogue::parse(FILE).expect("the shipped file is right");
        let micro = &catalogue.instance_types[0];
        assert_eq!(
            (micro.name().as_str(), micro.price),
            ("standard.micro", NanoPerHour(7_290_000))
        );
        assert_eq!(catalogue.find(micro.id), Some(micro));
    }

    #[test]
    fn mistakes_name_their_entry() {
        let wrong = FILE.replacen("0.00729", "cheap", 1);
        let message = Catalogue::parse(&wrong).map(|_| ()).map_err(|e| e.to_string());
        assert_eq!(
            message,
            Err("the catalogue's entry standard.micro: \"cheap\" is not a price: write a decimal with at most nine decimals".to_owned())
        );
    }
}
