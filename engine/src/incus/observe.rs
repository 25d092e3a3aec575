//! What Incus says of our instances.

use super::place::Names;
use super::{Incus, name};
use crate::{EngineError, NAME_PREFIX, Observed, Power, Size};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

const RUNNING: &str = "Running";

/// An instance as seen, and its root device as it is written.
pub(super) struct Seen {
    pub observed: Observed,
    pub root: Value,
}

#[derive(Deserialize)]
struct Instance {
    name: String,
    status: String,
    #[serde(default)]
    expanded_config: BTreeMap<String, String>,
    #[serde(default)]
    expanded_devices: BTreeMap<String, Value>,
    #[serde(default)]
    state: Option<State>,
    #[serde(default)]
    snapshots: Option<Vec<Snapshot>>,
}

#[derive(Deserialize)]
struct State {
    #[serde(default)]
    network: Option<BTreeMap<String, Interface>>,
}

#[derive(Deserialize)]
struct Interface {
    #[serde(default)]
    addresses: Option<Vec<Address>>,
}

#[derive(Deserialize)]
struct Address {
    address: String,
    scope: String,
}

#[derive(Deserialize)]
struct Snapshot {
    name: String,
}

impl Incus {
    /// Asks for what is written down; for what runs inside only if an address has to be found out,
    /// because Incus starts a process to look, which takes longer than all the rest.
    pub(super) async fn look_at(&self, name: &str) -> Result<Option<Seen>, EngineError> {
        let path = format!("/1.0/instances/{}", name::ours(name)?);
        let snapshots = format!("{path}/snapshots?recursion=1");
        let asked = tokio::try_join!(
            self.client.get::<Instance>(&path),
            self.client.get::<Option<Vec<Snapshot>>>(&snapshots),
        );
        let mut instance = match asked {
            Ok((instance, snapshots)) => Instance { snapshots, ..instance },
            Err(EngineError::NotFound(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        if instance.status == RUNNING && given_address(&instance).is_none() {
            instance.state = match self.client.get(&format!("{path}/state")).await {
                Ok(state) => Some(state),
                Err(EngineError::NotFound(_)) => return Ok(None),
                Err(error) => return Err(error),
            };
        }
        Ok(Some(seen(instance, self.names_of_place().await.ok().as_ref())))
    }

    pub(super) async fn existing(&self, name: &str) -> Result<Seen, EngineError> {
        let seen = self.look_at(name).await?;
        seen.ok_or_else(|| EngineError::NotFound(format!("instance {name}")))
    }

    pub(super) async fn look_at_all(&self) -> Result<Vec<Observed>, EngineError> {
        let place = self.names_of_place().await.ok();
        let all: Option<Vec<Instance>> = self.client.get("/1.0/instances?recursion=2").await?;
        let all = all.unwrap_or_default().into_iter();
        let ours = all.filter(|instance| instance.name.starts_with(NAME_PREFIX));
        Ok(ours.map(|instance| seen(instance, place.as_ref()).observed).collect())
    }
}

/// The address that was chosen when it was made.
fn given_address(instance: &Instance) -> Option<Ipv4Addr> {
    instance.expanded_devices.get("eth0")?["ipv4.address"].as_str()?.parse().ok()
}

fn seen(mut instance: Instance, place: Option<&Names>) -> Seen {
    let text = |key: &str| instance.expanded_config.get(key).map_or("", String::as_str);
    let root = instance.expanded_devices.get("root").cloned().unwrap_or_default();
    let interfaces = instance.state.take().and_then(|state| state.network).unwrap_or_default();
    let addresses = interfaces.get("eth0").and_then(|eth0| eth0.addresses.as_ref());
    let global = || {
        let all = addresses.into_iter().flatten().filter(|address| address.scope == "global");
        all.filter_map(|address| address.address.parse::<IpAddr>().ok())
    };
    let ipv4 = global().find_map(|ip| if let IpAddr::V4(ip) = ip { Some(ip) } else { None });
    // Chosen before it was made, and so known before it has asked for it.
    let ipv4 = ipv4.or_else(|| given_address(&instance));
    let ipv6 = global().find_map(|ip| if let IpAddr::V6(ip) = ip { Some(ip) } else { None });
    let mac = text("volatile.eth0.hwaddr");
    let network = instance.expanded_devices.get("eth0").map(|eth0| &eth0["network"]);
    let place = place.filter(|place| network.is_some_and(|name| *name == place.network));
    let ipv6 = ipv6.or_else(|| place?.prefix?.address(mac));
    let observed = Observed {
        power: match instance.status.as_str() {
            RUNNING => Power::Running,
            "Stopped" => Power::Stopped,
            _ => Power::Other,
        },
        ipv4,
        ipv6,
        mac: (!mac.is_empty()).then(|| mac.to_owned()),
        size: Size {
            cpus: text("limits.cpu").parse().unwrap_or_default(),
            memory_mib: bytes(text("limits.memory")) >> 20,
            disk_gib: bytes(root["size"].as_str().unwrap_or_default()) >> 30,
        },
        snapshots: (instance.snapshots.unwrap_or_default().into_iter())
            .map(|snapshot| snapshot.name.rsplit('/').next().unwrap_or_default().to_owned())
            .collect(),
        name: instance.name,
    };
    Seen { observed, root }
}

/// A size as Incus writes it; 0 for what is none, like a share of the machine.
fn bytes(text: &str) -> i64 {
    let digits = text.find(|one: char| !one.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor: i64 = match unit.trim() {
        "" | "B" => 1,
        "kB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "TB" => 1_000_000_000_000,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        "TiB" => 1 << 40,
        _ => 0,
    };
    number.parse::<i64>().unwrap_or_default().saturating_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_incus_writes_them() {
        for (text, expected) in [
            ("512MiB", 512 << 20),
            ("10GiB", 10 << 30),
            ("1GB", 1_000_000_000),
            ("42", 42),
            ("50%", 0),
            ("", 0),
        ] {
            assert_eq!(bytes(text), expected, "{text}");
        }
    }
}
