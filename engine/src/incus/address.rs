//! Addresses that an instance has from the first moment and keeps: chosen by us, handed out by the
//! network's DHCP server. Without them, whoever makes an instance would wait until it asks.

use super::Incus;
use crate::EngineError;
use serde::Deserialize;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The addresses of a managed bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Subnet {
    gateway: Ipv4Addr,
    prefix: u32,
}

#[derive(Deserialize)]
struct Lease {
    address: String,
}

impl Subnet {
    /// `10.0.3.1/24`, as Incus writes the address of a bridge; nothing for `none` and the like.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (gateway, prefix) = text.split_once('/')?;
        let prefix = prefix.parse().ok().filter(|prefix| (1..=30).contains(prefix))?;
        Some(Subnet { gateway: gateway.parse().ok()?, prefix })
    }

    /// The first free address at or after one that follows from the instance's name, so that two
    /// that are made at once seldom want the same.
    fn free(self, name: &str, used: &HashSet<Ipv4Addr>) -> Option<Ipv4Addr> {
        let size = (1_u32 << (32 - self.prefix)) - 2;
        let first = (u32::from(self.gateway) & !(size + 1)) + 1;
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        let start = (hasher.finish() % u64::from(size)) as u32;
        let mut all = (0..size).map(|step| Ipv4Addr::from(first + (start + step) % size));
        all.find(|address| *address != self.gateway && !used.contains(address))
    }
}

/// The network's part of the IPv6 addresses on a managed bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prefix(u64);

impl Prefix {
    /// `fd42:6c36:b901:b4e0::1/64`, as Incus writes the address of a bridge. Other lengths leave
    /// instances no address that they make themselves.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let gateway: Ipv6Addr = text.strip_suffix("/64")?.parse().ok()?;
        Some(Prefix((u128::from(gateway) >> 64) as u64))
    }

    /// What an instance with this hardware address makes of it by itself (RFC 4291, appendix A),
    /// and what Incus lists as its lease.
    pub(super) fn address(self, mac: &str) -> Option<Ipv6Addr> {
        let bytes: Vec<u8> = mac
            .split(':')
            .map(|byte| u8::from_str_radix(byte, 16))
            .collect::<Result<_, _>>()
            .ok()?;
        let [a, b, c, d, e, f] = bytes.try_into().ok()?;
        let interface = u64::from_be_bytes([a ^ 2, b, c, 0xff, 0xfe, d, e, f]);
        Some(Ipv6Addr::from(u128::from(self.0) << 64 | u128::from(interface)))
    }
}

/// Addresses of instances that are being made: Incus does not list them yet.
#[derive(Clone, Default)]
pub(super) struct Promised(Arc<Mutex<HashSet<Ipv4Addr>>>);

impl Promised {
    fn all(&self) -> MutexGuard<'_, HashSet<Ipv4Addr>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An address that nobody else is given while this lives.
pub(super) struct Promise {
    pub(super) address: Ipv4Addr,
    among: Promised,
}

impl Drop for Promise {
    fn drop(&mut self) {
        self.among.all().remove(&self.address);
    }
}

impl Incus {
    /// An address for a new instance on a network.
    pub(super) async fn free_address(
        &self,
        name: &str,
        network: &str,
        subnet: Subnet,
    ) -> Result<Promise, EngineError> {
        let path = format!("/1.0/networks/{network}/leases");
        let leases: Option<Vec<Lease>> = self.client.get(&path).await?;
        let leases = leases.unwrap_or_default();
        let mut used: HashSet<_> =
            leases.iter().filter_map(|lease| lease.address.parse().ok()).collect();
        let mut promised = self.promised.all();
        used.extend(promised.iter());
        let address = subnet.free(name, &used).ok_or_else(|| {
            EngineError::NoCapacity(format!("network {network} has no free address"))
        })?;
        promised.insert(address);
        Ok(Promise { address, among: self.promised.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_free_of_the_subnet_and_not_the_gateways() {
        let subnet = Subnet::parse("10.0.3.1/29").unwrap();
        let mut used = HashSet::new();
        while let Some(address) = subnet.free("couloir-1", &used) {
            assert!(used.insert(address), "{address} came twice");
        }
        let mut all: Vec<_> = used.into_iter().collect();
        all.sort();
        let expected: Vec<_> = (2..=6).map(|last| Ipv4Addr::new(10, 0, 3, last)).collect();
        assert_eq!(all, expected);
    }

    #[test]
    fn an_ipv6_address_follows_from_prefix_and_hardware() {
        let prefix = Prefix::parse("fd42:6c36:b901:b4e0::1/64").unwrap();
        let expected = "fd42:6c36:b901:b4e0:1266:6aff:fed9:e3ca".parse().ok();
        assert_eq!(prefix.address("10:66:6a:d9:e3:ca"), expected);
        assert_eq!(prefix.address("10:66:6a"), None);
        assert_eq!(Prefix::parse("fd42::1/112"), None);
        assert_eq!(Prefix::parse("none"), None);
    }

    #[test]
    fn what_is_no_subnet_gives_no_addresses() {
        for text in ["", "none", "auto", "10.0.3.1", "10.0.3.1/31", "fd42::1/64"] {
            assert_eq!(Subnet::parse(text), None, "{text}");
        }
    }
}
