//! `cargo xtask bless`: writes the generated files that are checked in, such as `api/openapi.json`.
//!
//! Each has a test whose name contains `generated`. It compares the file with what would be
//! generated, and writes it instead when `COULOIR_BLESS=1`.

use crate::args::{Accepts, Args};
use crate::cargo;
use crate::workspace::{Profile, Workspace};
use anyhow::Result;
use std::process::{Command, ExitCode};

const BLESS: &str = "COULOIR_BLESS";

/// The command line of `bless`.
pub fn command(given: &[String]) -> Result<ExitCode> {
    let args = Args::parse(given, &Accepts { switches: &["check"], options: &[], words: false })?;
    let workspace = Workspace::find()?;
    if args.has("check") {
        check(&workspace)?;
    } else {
        tests(&workspace).iter_mut().try_for_each(|test| cargo::run(test.env(BLESS, "1")))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// An error when a generated file is not what would be generated now.
pub fn check(workspace: &Workspace) -> Result<()> {
    tests(workspace).iter_mut().try_for_each(|test| cargo::run(test.env_remove(BLESS)))
}

/// The same calls as those of tier `unit`, so that nothing is compiled twice.
fn tests(workspace: &Workspace) -> [Command; 2] {
    [["api", "--all-features", "--lib"], ["server", "--lib", "--bins"]].map(|words| {
        let mut command = cargo::command(&workspace.root);
        command.args(["test", "--quiet", "-p"]).args(words).arg("generated");
        cargo::with_site(&mut command, workspace, Profile::Debug);
        command
    })
}
