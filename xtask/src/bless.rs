//! `cargo xtask bless`: writes the generated files that are checked in, such as `api/openapi.json`.
//!
//! Each has a test whose name contains `generated`. It compares the file with what would be
//! generated, and writes it instead when `COULOIR_BLESS=1`.

use crate::args::{Accepts, Args};
use crate::cargo;
use crate::test::unit::{PRODUCT, packages};
use crate::workspace::Workspace;
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
        cargo::run(tests(&workspace).env(BLESS, "1"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// An error when a generated file is not what would be generated now.
pub fn check(workspace: &Workspace) -> Result<()> {
    cargo::run(tests(workspace).env_remove(BLESS))
}

/// Compiles what tier `unit` compiles.
fn tests(workspace: &Workspace) -> Command {
    let mut command = cargo::command(&workspace.root);
    command.args(["test", "--quiet", "--lib", "--bins"]).args(packages(&PRODUCT)).arg("generated");
    cargo::with_tested_site(&mut command, workspace);
    command
}
