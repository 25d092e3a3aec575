//! What tests on a real engine need around them.

// Each test takes what it needs.
#![allow(dead_code)]

pub mod busybox;
pub mod raw;
pub mod throwaway;

use std::path::PathBuf;

/// Where downloads and images are kept between runs: `COULOIR_CACHE`, else `~/.cache/couloir`.
pub fn cache() -> PathBuf {
    let path = std::env::var_os("COULOIR_CACHE").map(PathBuf::from).unwrap_or_else(|| {
        let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_else(std::env::temp_dir);
        home.join(".cache").join("couloir")
    });
    std::fs::create_dir_all(&path).unwrap();
    path
}
