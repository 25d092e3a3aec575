//! Where tests keep their databases: in memory, where there is room, else where the system keeps
//! temporary files. A test ends with its machine, so nothing of it has to survive one.

use std::path::PathBuf;
use std::process::Command;

const IN_MEMORY: &str = "/dev/shm";
/// What tests that run at the same time were seen to fill is a fifth of it.
const ROOM_KIB: u64 = 4 * 1024 * 1024;

pub fn folder() -> PathBuf {
    let named = std::env::var_os("TMPDIR").is_some();
    let room = || Some(available_kib(&df()?)? >= ROOM_KIB);
    if !named && room() == Some(true) { IN_MEMORY.into() } else { std::env::temp_dir() }
}

fn df() -> Option<String> {
    let output = Command::new("df").args(["-kP", IN_MEMORY]).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The fourth column of the line below the head, as POSIX has it.
fn available_kib(said: &str) -> Option<u64> {
    said.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_is_read() {
        let said = "Filesystem 1024-blocks Used Available Capacity Mounted on\n\
                    tmpfs 24000000 1000 23999000 1% /dev/shm\n";
        assert_eq!(available_kib(said), Some(23_999_000));
        assert_eq!(available_kib("df: /dev/shm: No such file or directory\n"), None);
    }
}
