//! Tier `api`: the server's integration tests, on SQLite and on PostgreSQL.

use super::count::Runner;
use super::postgres::Postgres;
use super::{run::Run, scratch};
use crate::cargo;
use anyhow::Result;

pub fn run(run: &mut Run) -> Result<()> {
    let command = || {
        let mut command = cargo::command(&run.workspace.root);
        command.args(["test", "-p", "server", "--test", "*", "--no-fail-fast", "--"]);
        command.env("TMPDIR", scratch::folder());
        cargo::with_tested_site(command.args(&run.rest), &run.workspace);
        command
    };
    let (mut on_sqlite, mut on_postgres) = (command(), command());
    on_sqlite.env_remove("COULOIR_TEST_POSTGRES");
    run.tests_beside("on SQLite", Runner::Libtest, on_sqlite, ());
    if run.wants("on PostgreSQL") {
        let postgres = Postgres::start(&run.progress)?;
        on_postgres.env("COULOIR_TEST_POSTGRES", &postgres.url);
        run.tests_beside("on PostgreSQL", Runner::Libtest, on_postgres, postgres);
    }
    Ok(())
}
