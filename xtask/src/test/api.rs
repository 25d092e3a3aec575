//! Tier `api`: the server's integration tests, on SQLite and on PostgreSQL.

use super::count::Runner;
use super::postgres::Postgres;
use super::run::Run;
use crate::cargo;
use crate::workspace::Profile;
use anyhow::Result;

pub fn run(run: &mut Run) -> Result<()> {
    let mut command = cargo::command(&run.workspace.root);
    command.args(["test", "-p", "server", "--test", "*", "--no-fail-fast", "--"]).args(&run.rest);
    cargo::with_site(&mut command, &run.workspace, Profile::Debug);
    run.tests("on SQLite", Runner::Libtest, command.env_remove("COULOIR_TEST_POSTGRES"));
    if run.wants("on PostgreSQL") {
        let postgres = Postgres::start(&run.progress)?;
        command.env("COULOIR_TEST_POSTGRES", &postgres.url);
        run.tests("on PostgreSQL", Runner::Libtest, &mut command);
    }
    Ok(())
}
