//! Nested calls of cargo, with the environment of the outer call taken away.
//!
//! `cargo run` exports `CARGO_PKG_*` and friends; some build scripts watch these, and would run
//! again whenever the caller changes between `cargo build` and `cargo xtask`.

use crate::workspace::{Profile, Workspace};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

const OUTER: [&str; 6] = [
    "CARGO",
    "CARGO_BIN_NAME",
    "CARGO_CRATE_NAME",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_PRIMARY_PACKAGE",
];

/// A cargo command in the repository.
pub fn command(root: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root);
    for (name, _) in std::env::vars_os() {
        let Some(name) = name.to_str() else { continue };
        if OUTER.contains(&name) || name.starts_with("CARGO_PKG_") {
            command.env_remove(name);
        }
    }
    add_rustflags(&mut command, &[]);
    command
}

/// Tells the server's build where the site is, unless it stands where it is looked for anyway.
///
/// A variable that comes and goes would make cargo compile the server each time it does.
pub fn with_site(command: &mut Command, workspace: &Workspace, profile: Profile) {
    let site = workspace.site(profile);
    if site.parent() != Some(&workspace.root.join("target")) {
        command.env("COULOIR_SITE", site);
    }
}

/// As [`with_site`], for what is tested: always with the site as it is shipped, so that what the
/// tiers compile is the same, and compiled once.
pub fn with_tested_site(command: &mut Command, workspace: &Workspace) {
    command.env("COULOIR_SITE", workspace.site(Profile::Release));
}

/// What every crate of the portal is compiled with, on both sides: views without their types, which
/// makes the download smaller by a sixth. Both sides must agree, or pages can't be taken over.
const ERASED: [&str; 2] = ["--cfg", "erase_components"];
const SEPARATOR: &str = "\u{1f}";

/// Adds flags for the compiler to those of the environment and to our own.
///
/// The variable replaces what `.cargo/config.toml` says, which is why ours are said again.
pub fn add_rustflags(command: &mut Command, flags: &[&str]) {
    let encoded = std::env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let plain = std::env::var("RUSTFLAGS").unwrap_or_default();
    let given = match encoded.is_empty() {
        true => plain.split_whitespace().collect::<Vec<_>>(),
        false => encoded.split(SEPARATOR).collect(),
    };
    let all = given.into_iter().chain(ERASED).chain(flags.iter().copied()).collect::<Vec<_>>();
    command.env("CARGO_ENCODED_RUSTFLAGS", all.join(SEPARATOR));
}

/// Where cargo keeps the sources of what others wrote.
pub fn registry() -> PathBuf {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    home.unwrap_or_default().join("registry/src")
}

/// Runs cargo, its messages visible; a failure names the call.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("{shown} could not be started"))?;
    if !status.success() {
        bail!("{shown} failed ({status}); its messages stand above");
    }
    Ok(())
}

/// The call as one would type it.
pub fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
