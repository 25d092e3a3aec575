//! What a tier needs from the system: found, installed when we may, or named.

use crate::progress::Progress;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Finds a program on the PATH or in further folders.
pub fn find(names: &[&str], further: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).chain(further.to_vec()).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|p| p.is_file())
}

/// Installs Debian packages when we are root on such a system; otherwise says the command.
pub fn debian(packages: &[&str], progress: &Progress) -> Result<()> {
    let by_hand = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if find(&["apt-get"], &[]).is_none() {
        bail!(
            "missing: {} (Debian names; install them with your package manager)",
            packages.join(", ")
        );
    }
    if !is_root() {
        bail!("missing; install with: sudo {by_hand}");
    }
    progress.step(&format!("installing {}", packages.join(" ")), || {
        let install = [&["install"], packages].concat();
        if apt_get(&install) || (apt_get(&["update"]) && apt_get(&install)) {
            return Ok(());
        }
        bail!("could not be installed; try: {by_hand}")
    })
}

fn apt_get(words: &[&str]) -> bool {
    Command::new("apt-get")
        .args(["-q", "-y", "--no-install-recommends"])
        .args(words)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Whether this process may install packages.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// Does the work unless it was done for the same input before.
///
/// `stamp` holds the input of the last success; a failure leaves none.
pub fn once(stamp: &Path, input: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    if std::fs::read_to_string(stamp).is_ok_and(|last| last == input) {
        return Ok(());
    }
    let _ = std::fs::remove_file(stamp);
    work()?;
    Ok(std::fs::write(stamp, input)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_by_name() {
        assert!(find(&["no-such-program", "sh"], &[]).is_some_and(|path| path.ends_with("sh")));
        assert!(find(&["no-such-program"], &[]).is_none());
    }

    #[test]
    fn work_is_done_once_for_the_same_input() {
        let stamp = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        let mut times = 0;
        for input in ["a", "a", "b"] {
            once(&stamp, input, || {
                times += 1;
                Ok(())
            })
            .unwrap();
        }
        std::fs::remove_file(&stamp).unwrap();
        assert_eq!(times, 2);
    }
}
