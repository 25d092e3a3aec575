//! Addresses of simulated instances, all from ranges reserved for documentation and benchmarks.
//!
//! Each instance holds a slot number; its addresses follow from the seed and the slot, so two
//! living instances never share one.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The three documentation networks: 198.51.100.0/24, 203.0.113.0/24, 192.0.2.0/24.
const SMALL: [[u8; 3]; 3] = [[198, 51, 100], [203, 0, 113], [192, 0, 2]];
/// Usable addresses of a /24.
const SMALL_SIZE: u32 = 254;
/// 198.18.0.0/15 without its first and last address.
const LARGE_SIZE: u32 = (1 << 17) - 2;

/// How many instances can live at once.
pub(super) const SLOTS: u32 = 3 * SMALL_SIZE + LARGE_SIZE;

/// The seed only decides where a network is begun, so that two zones look different.
pub(super) fn ipv4(seed: u64, slot: u32) -> Ipv4Addr {
    if let Some([a, b, c]) = SMALL.get((slot / SMALL_SIZE) as usize) {
        let host = (u64::from(slot % SMALL_SIZE) + seed % u64::from(SMALL_SIZE) * 37)
            % u64::from(SMALL_SIZE);
        return Ipv4Addr::new(*a, *b, *c, host as u8 + 1);
    }
    let host = (u64::from(slot - 3 * SMALL_SIZE) + seed % 1000 * 131) % u64::from(LARGE_SIZE);
    Ipv4Addr::from(u32::from(Ipv4Addr::new(198, 18, 0, 1)) + host as u32)
}

pub(super) fn ipv6(seed: u64, slot: u32) -> Ipv6Addr {
    let [high, low] = [(slot >> 16) as u16, slot as u16];
    Ipv6Addr::new(0x2001, 0xdb8, seed as u16, high, 0, 0, low, 1)
}

pub(super) fn mac(seed: u64, slot: u32) -> String {
    let [_, a, b, c] = slot.to_be_bytes();
    let [high, low] = (seed as u16).to_be_bytes();
    format!("02:{high:02x}:{low:02x}:{a:02x}:{b:02x}:{c:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_slots_share_an_address() {
        for seed in [0, 1, 253, 12_345] {
            let all: HashSet<_> = (0..SLOTS).map(|slot| ipv4(seed, slot)).collect();
            assert_eq!(all.len(), SLOTS as usize);
        }
        assert_eq!(ipv4(0, 0), Ipv4Addr::new(198, 51, 100, 1));
        assert_eq!(ipv4(0, SLOTS - 1), Ipv4Addr::new(198, 19, 255, 254));
        assert_eq!(mac(0x0102, 0x0304), "02:01:02:00:03:04");
    }
}
