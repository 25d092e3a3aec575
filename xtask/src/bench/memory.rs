//! How much memory a process holds.

use anyhow::{Context, Result};
use std::fs;

/// Resident memory now, as the kernel counts it.
pub fn resident_bytes(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    parse(&status).context("the kernel tells no VmRSS")
}

fn parse(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_words_are_understood() {
        assert_eq!(parse("VmPeak:\t 9 kB\nVmRSS:\t  2048 kB\n"), Some(2 * 1024 * 1024));
        assert!(resident_bytes(std::process::id()).unwrap() > 1_000_000);
    }
}
