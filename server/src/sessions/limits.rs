//! Limits on guessing: failures per account and per address, in a window that slides.
//!
//! Only failures count, so nobody is locked out by using the portal. The counters live in memory: a
//! restart forgets them, and a guesser has no way to cause one. Each process has its own.

use crate::error::{Error, Result};
use domain::Timestamp;
use std::{
    collections::{HashMap, VecDeque},
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::Duration,
};

const WINDOW: Duration = Duration::from_secs(600);
/// Failures that an account may have within the window.
const PER_ACCOUNT: usize = 10;
/// The same for an address, behind which many people may sit; of IPv6 for a /64, which one has whole.
const PER_ADDRESS: usize = 50;
/// The bits of an IPv6 address that say the network.
const NETWORK: u128 = !0 << 64;
/// Keys that are remembered at most; beyond that those whose window is over are dropped.
const KEYS_MAX: usize = 100_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Account(String),
    /// The first of those that count as one.
    Address(IpAddr),
}

#[derive(Default)]
pub struct SignInLimits(Mutex<HashMap<Key, VecDeque<Timestamp>>>);

impl SignInLimits {
    /// Refuses when too much has failed lately; otherwise counts the attempt as failed until it has
    /// succeeded, so that attempts made at once count each other.
    pub fn attempt(&self, account: &str, address: Option<IpAddr>, now: Timestamp) -> Result<()> {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= KEYS_MAX {
            failures.retain(|_, times| times.back().is_some_and(|t| now.since(*t) < WINDOW));
        }
        for (key, most) in keys(account, address) {
            let Some(times) = failures.get_mut(&key) else { continue };
            while times.front().is_some_and(|t| now.since(*t) >= WINDOW) {
                times.pop_front();
            }
            if times.len() >= most {
                let first = times.front().copied().unwrap_or(now);
                let wait = WINDOW.saturating_sub(now.since(first)).as_secs().max(1);
                return Err(Error::RateLimited {
                    message: format!(
                        "Too many failed attempts: wait {} min before trying again.",
                        wait.div_ceil(60)
                    ),
                    retry_after_seconds: wait,
                });
            }
        }
        for (key, _) in keys(account, address) {
            failures.entry(key).or_default().push_back(now);
        }
        Ok(())
    }

    /// The last attempt was none of a guesser.
    pub fn succeeded(&self, account: &str, address: Option<IpAddr>) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, _) in keys(account, address) {
            if let Some(times) = failures.get_mut(&key) {
                times.pop_back();
            }
        }
    }
}

fn keys(account: &str, address: Option<IpAddr>) -> impl Iterator<Item = (Key, usize)> {
    let account = (!account.is_empty()).then(|| (Key::Account(account.to_owned()), PER_ACCOUNT));
    let address = address.map(|address| (Key::Address(first_of_network(address)), PER_ADDRESS));
    account.into_iter().chain(address)
}

/// Whoever has one IPv6 address has all of its /64 (RFC 6177): each counts as that. One of IPv4 that is
/// written as IPv6 is itself.
fn first_of_network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & NETWORK).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_attempt_waits_and_others_do_not() {
        let limits = SignInLimits::default();
        let start = Timestamp::from_unix_seconds(1_000_000);
        for _ in 0..PER_ACCOUNT {
            assert!(limits.attempt("a@x", None, start).is_ok());
        }
        assert!(matches!(
            limits.attempt("a@x", None, start),
            Err(Error::RateLimited { retry_after_seconds: 600, .. })
        ));
        assert!(limits.attempt("b@x", None, start).is_ok());
        assert!(limits.attempt("a@x", None, start.plus(WINDOW)).is_ok());
    }

    #[test]
    fn who_signs_in_is_not_counted() {
        let limits = SignInLimits::default();
        for _ in 0..3 * PER_ACCOUNT {
            assert!(limits.attempt("a@x", None, Timestamp(0)).is_ok());
            limits.succeeded("a@x", None);
        }
    }

    #[test]
    fn an_address_is_limited_over_all_accounts() {
        let limits = SignInLimits::default();
        let (now, address) = (Timestamp(0), Some(IpAddr::from([192, 0, 2, 1])));
        for n in 0..PER_ADDRESS {
            assert!(limits.attempt(&format!("{n}@x"), address, now).is_ok());
        }
        assert!(limits.attempt("new@x", address, now).is_err());
        assert!(limits.attempt("new@x", Some(IpAddr::from([192, 0, 2, 2])), now).is_ok());
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_address() -> Result<(), std::net::AddrParseError> {
        let limits = SignInLimits::default();
        let tried = |account: String, address: &str| {
            let address = Some(address.parse::<IpAddr>()?);
            Ok::<_, std::net::AddrParseError>(limits.attempt(&account, address, Timestamp(0)))
        };
        for n in 0..PER_ADDRESS {
            assert!(tried(format!("{n}@x"), &format!("2001:db8:0:7:{n:x}::{n:x}"))?.is_ok());
        }
        assert!(tried("new@x".into(), "2001:db8:0:7:ffff:ffff:ffff:ffff")?.is_err());
        assert!(tried("new@x".into(), "2001:db8:0:8::1")?.is_ok());
        // IPv4 that comes as IPv6 is no network.
        for n in 0..PER_ADDRESS {
            assert!(tried(format!("{n}@y"), "::ffff:192.0.2.1")?.is_ok());
        }
        assert!(tried("new@y".into(), "192.0.2.1")?.is_err());
        assert!(tried("new@y".into(), "::ffff:192.0.2.2")?.is_ok());
        Ok(())
    }
}
