//! Tier `engine`: one story on the simulated engine and on a real Incus.

use super::count::Runner;
use super::run::Run;
use crate::cargo;
use anyhow::Result;

pub fn run(run: &mut Run) -> Result<()> {
    let mut command = cargo::command(&run.workspace.root);
    command.args(["test", "-p", "engine", "--test", "*", "--no-fail-fast", "--"]).args(&run.rest);
    if run.ci {
        command.env("COULOIR_REQUIRE_INCUS", "1");
    }
    run.tests_beside("conformance", Runner::Libtest, command, ());
    Ok(())
}
