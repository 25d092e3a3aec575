//! Tier `clients`: the real Python SDK, and replayed calls of `exo`, drive a running server, on both
//! databases.

use super::count::Runner;
use super::install;
use super::postgres::Postgres;
use super::run::Run;
use crate::build;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn run(run: &mut Run) -> Result<()> {
    if !run.wants("on SQLite") && !run.wants("on PostgreSQL") {
        return Ok(());
    }
    let python = environment(run)?;
    let binary = build::for_tests(&run.workspace, &run.progress)?;
    let mut command = Command::new(python);
    command.args(["-m", "unittest", "discover", "-v", "-s", "clients", "-t", "clients"]);
    command.args(&run.rest).current_dir(&run.workspace.root).env("COULOIR_BINARY", binary);
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    run.tests("on SQLite", Runner::Unittest, command.env_remove("COULOIR_TEST_DATABASE"));
    if run.wants("on PostgreSQL") {
        let postgres = Postgres::start(&run.progress)?;
        command.env("COULOIR_TEST_DATABASE", postgres.database("clients")?);
        run.tests("on PostgreSQL", Runner::Unittest, &mut command);
    }
    Ok(())
}

/// A Python of our own with what `clients/requirements.txt` names.
pub fn environment(run: &Run) -> Result<PathBuf> {
    let folder = run.workspace.target.join("clients-venv");
    let python = folder.join("bin/python");
    let requirements = run.workspace.root.join("clients/requirements.txt");
    let wanted = fs::read_to_string(&requirements)?;
    fs::create_dir_all(&folder)?;
    install::once(&folder.join("requirements.stamp"), &wanted, || {
        run.progress.step("making a Python environment for the SDK", || {
            if !venv(&folder) {
                install::debian(&["python3", "python3-venv"], &run.progress).context("Python")?;
                if !venv(&folder) {
                    bail!("python3 -m venv {} failed", folder.display());
                }
            }
            let status = Command::new(&python)
                .args(["-m", "pip", "install", "-q", "--disable-pip-version-check", "-r"])
                .arg(&requirements)
                .status()?;
            if !status.success() {
                bail!("pip install -r clients/requirements.txt failed ({status})");
            }
            Ok(())
        })
    })?;
    Ok(python)
}

fn venv(folder: &Path) -> bool {
    Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(folder)
        .status()
        .is_ok_and(|status| status.success())
}
