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
    hostname: String,
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

/// The addresses that are not free, as far as we know.
#[derive(Default)]
struct Taken {
    /// What Incus listed last, and what was given since; nothing before it was ever asked.
    listed: Option<HashSet<Ipv4Addr>>,
    /// Of instances that are being made: Incus does not list them yet.
    promised: HashSet<Ipv4Addr>,
}

#[derive(Clone, Default)]
pub(super) struct Addresses(Arc<Mutex<Taken>>);

impl Addresses {
    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A free address of the subnet, promised to the instance of that name.
    fn promise(&self, name: &str, subnet: Subnet) -> Option<Promise> {
        let mut taken = self.taken();
        let used = taken.listed.iter().flatten().chain(&taken.promised).copied().collect();
        let address = subnet.free(name, &used)?;
        taken.promised.insert(address);
        Some(Promise { address, among: self.clone() })
    }
}

/// An address that nobody else is given while this lives.
pub(super) struct Promise {
    pub(super) address: Ipv4Addr,
    among: Addresses,
}

impl Promise {
    /// The instance has it now: it stays taken until Incus lists it no more.
    pub(super) fn keep(self) {
        self.among.taken().listed.get_or_insert_default().insert(self.address);
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        self.among.taken().promised.remove(&self.address);
    }
}

/// Who has which address on a network.
pub(super) struct Leases(Vec<Lease>);

impl Leases {
    /// Whether somebody else has what was promised to the instance of that name.
    pub(super) fn contradict(&self, promise: &Promise, name: &str) -> bool {
        let is_it = |lease: &Lease| lease.address.parse() == Ok(promise.address);
        self.0.iter().any(|lease| is_it(lease) && lease.hostname != name)
    }
}

impl Incus {
    /// An address for a new instance on a network: free by what is known. Asking first would cost
    /// every creation a request's time; [`Incus::leases`] is asked beside it instead.
    pub(super) async fn promise_address(
        &self,
        name: &str,
        network: &str,
        subnet: Subnet,
    ) -> Result<Promise, EngineError> {
        if self.addresses.taken().listed.is_none() {
            self.leases(network).await?;
        }
        self.addresses.promise(name, subnet).ok_or_else(|| {
            EngineError::NoCapacity(format!("network {network} has no free address"))
        })
    }

    /// What Incus says of a network, and what is known from now on.
    pub(super) async fn leases(&self, network: &str) -> Result<Leases, EngineError> {
        let path = format!("/1.0/networks/{network}/leases");
        let leases: Option<Vec<Lease>> = self.client.get(&path).await?;
        let leases = Leases(leases.unwrap_or_default());
        let listed = leases.0.iter().filter_map(|lease| lease.address.parse().ok());
        self.addresses.taken().listed = Some(listed.collect());
        Ok(leases)
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
    fn what_is_promised_or_kept_is_not_free() {
        let addresses = Addresses::default();
        let subnet = Subnet::parse("10.0.3.1/29").unwrap();
        let mut promises: Vec<_> =
            std::iter::from_fn(|| addresses.promise("couloir-1", subnet)).collect();
        assert_eq!(promises.len(), 5);
        let kept = promises.pop().unwrap();
        let address = kept.address;
        kept.keep();
        assert!(addresses.promise("couloir-1", subnet).is_none(), "{address} is an instance's");
        promises.pop();
        let again = addresses.promise("couloir-1", subnet).expect("an instance came to nothing");
        assert_ne!(again.address, address);
    }

    #[test]
    fn a_lease_of_another_contradicts_a_promise() {
        let addresses = Addresses::default();
        let promise = addresses.promise("couloir-1", Subnet::parse("10.0.3.1/24").unwrap());
        let promise = promise.unwrap();
        let of = |hostname: &str| {
            let address = promise.address.to_string();
            Leases(vec![Lease { hostname: hostname.into(), address }])
        };
        assert!(of("web").contradict(&promise, "couloir-1"));
        assert!(!of("couloir-1").contradict(&promise, "couloir-1"));
        assert!(!Leases(Vec::new()).contradict(&promise, "couloir-1"));
    }

    #[test]
    fn what_is_no_subnet_gives_no_addresses() {
        for text in ["", "none", "auto", "10.0.3.1", "10.0.3.1/31", "fd42::1/64"] {
            assert_eq!(Subnet::parse(text), None, "{text}");
        }
    }
}
