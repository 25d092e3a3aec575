//! The pool and the network that instances are put on.

use super::Incus;
use super::address::{Prefix, Subnet};
use super::client::Deadline;
use super::client::failure::is_already_there;
use crate::EngineError;
use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Taken before others, and made where there is none at all.
const POOL: &str = "couloir";
const NETWORK: &str = "couloirbr0";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Names {
    pub pool: String,
    pub network: String,
    /// The addresses that instances can be given on it.
    pub subnet: Option<Subnet>,
    /// What they make their IPv6 addresses of.
    pub prefix: Option<Prefix>,
}

/// Remembered, so that a creation costs one request; forgotten when one fails.
#[derive(Default)]
pub(super) struct Place(Mutex<Option<Names>>);

impl Place {
    fn known(&self) -> Option<Names> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn remember(&self, names: Option<Names>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = names;
    }

    pub(super) fn forget(&self) {
        self.remember(None);
    }
}

#[derive(Deserialize)]
struct Pool {
    name: String,
    #[serde(default)]
    status: String,
}

#[derive(Deserialize)]
struct Network {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    managed: bool,
    #[serde(default)]
    status: String,
    #[serde(default)]
    config: BTreeMap<String, String>,
}

impl Network {
    fn says(&self, key: &str) -> &str {
        self.config.get(key).map_or("", String::as_str)
    }

    fn subnet(&self) -> Option<Subnet> {
        let gives = self.kind == "bridge" && self.says("ipv4.dhcp") != "false";
        Subnet::parse(self.says("ipv4.address")).filter(|_| gives)
    }

    fn prefix(&self) -> Option<Prefix> {
        let gives = self.kind == "bridge" && self.says("ipv6.dhcp.stateful") != "true";
        Prefix::parse(self.says("ipv6.address")).filter(|_| gives)
    }
}

#[derive(Deserialize)]
struct Profile {
    #[serde(default)]
    devices: Value,
}

impl Incus {
    /// Makes what is missing.
    pub(super) async fn prepare_place(&self) -> Result<(), EngineError> {
        self.place.forget();
        let (pools, networks) = tokio::try_join!(self.pools(), self.networks())?;
        if !pools.is_empty() && !networks.is_empty() {
            return Ok(());
        }
        let server = self.server().await?.environment;
        if server.server_clustered {
            return Err(EngineError::Refused(
                "this cluster has no storage pool or no managed network; add them with \
                 `incus storage create` and `incus network create`, member by member"
                    .into(),
            ));
        }
        if pools.is_empty() {
            let drivers = server.storage_supported_drivers.unwrap_or_default();
            let has_btrfs = drivers.iter().any(|driver| driver.name == "btrfs");
            let driver = if has_btrfs { "btrfs" } else { "dir" };
            let about = "Made by Couloir: there was no pool";
            let pool = json!({"name": POOL, "driver": driver, "description": about});
            self.ensure("/1.0/storage-pools", &pool).await?;
        }
        if networks.is_empty() {
            let config = json!({
                "ipv4.address": "auto", "ipv4.nat": "true",
                "ipv6.address": "auto", "ipv6.nat": "true",
            });
            let about = "Made by Couloir: there was no network";
            let network = json!({
                "name": NETWORK, "type": "bridge", "description": about, "config": config,
            });
            self.ensure("/1.0/networks", &network).await?;
        }
        Ok(())
    }

    async fn ensure(&self, path: &str, body: &Value) -> Result<(), EngineError> {
        match self.client.act(Method::POST, path, Some(body), Deadline::SHORT).await {
            Err(error) if !is_already_there(&error) => Err(error),
            _ => Ok(()),
        }
    }

    /// Ours if there is one, else what new instances get by default, else the first by name.
    pub(super) async fn names_of_place(&self) -> Result<Names, EngineError> {
        if let Some(names) = self.place.known() {
            return Ok(names);
        }
        let (pools, networks, profile) = tokio::try_join!(
            self.pools(),
            self.networks(),
            self.client.get::<Profile>("/1.0/profiles/default"),
        )?;
        let by_default = |key: &str| {
            let devices = profile.devices.as_object().into_iter().flat_map(|all| all.values());
            devices.filter_map(|device| device[key].as_str()).next()
        };
        let named = networks.iter().map(|network| network.name.clone()).collect();
        let network = choose(named, NETWORK, by_default("network"), "managed network")?;
        let chosen = networks.iter().find(|it| it.name == network);
        let names = Names {
            pool: choose(pools, POOL, by_default("pool"), "storage pool")?,
            subnet: chosen.and_then(Network::subnet),
            prefix: chosen.and_then(Network::prefix),
            network,
        };
        self.place.remember(Some(names.clone()));
        Ok(names)
    }

    async fn pools(&self) -> Result<Vec<String>, EngineError> {
        let all: Option<Vec<Pool>> = self.client.get("/1.0/storage-pools?recursion=1").await?;
        let all = all.unwrap_or_default().into_iter();
        Ok(all.filter(|pool| pool.status == "Created").map(|pool| pool.name).collect())
    }

    async fn networks(&self) -> Result<Vec<Network>, EngineError> {
        let all: Option<Vec<Network>> = self.client.get("/1.0/networks?recursion=1").await?;
        let usable = |network: &Network| {
            let is_for_instances = matches!(network.kind.as_str(), "bridge" | "ovn");
            network.managed && network.status == "Created" && is_for_instances
        };
        Ok(all.unwrap_or_default().into_iter().filter(usable).collect())
    }
}

fn choose(
    mut all: Vec<String>,
    ours: &str,
    by_default: Option<&str>,
    what: &str,
) -> Result<String, EngineError> {
    all.sort();
    for wanted in [Some(ours), by_default].into_iter().flatten() {
        if all.iter().any(|name| name == wanted) {
            return Ok(wanted.to_owned());
        }
    }
    let first = all.into_iter().next();
    first.ok_or_else(|| EngineError::Refused(format!("Incus has no {what}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_place_comes_first_then_the_default() {
        fn check(all: &[&str], by_default: Option<&str>, expected: Option<&str>) {
            let all = all.iter().map(|name| String::from(*name)).collect();
            let chosen = choose(all, "couloir", by_default, "storage pool");
            assert_eq!(chosen.ok().as_deref(), expected);
        }
        check(&["b", "couloir", "a"], Some("a"), Some("couloir"));
        check(&["b", "a"], Some("b"), Some("b"));
        check(&["b", "a"], Some("gone"), Some("a"));
        check(&[], Some("gone"), None);
    }
}
