//! Tier `unit`: everything that needs neither a server nor a database.

use super::count::Runner;
use super::run::Run;
use crate::build::{self, wasm};
use crate::cargo;
use crate::workspace::Profile;
use crate::{bless, budget, tidy};
use anyhow::Result;
use std::process::Command;

/// What runs natively. The browser's crate is left out: with it `app` would be compiled for both
/// sides at once.
const NATIVE: [&str; 6] = ["domain", "api", "engine", "app", "server", "xtask"];
const TARGET: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

pub fn run(run: &mut Run) -> Result<()> {
    wasm::ensure_target(&run.progress)?;
    let workspace = run.workspace.clone();
    let cargo = |words: &[&str]| {
        let mut command = cargo::command(&workspace.root);
        command.args(words);
        command
    };
    let packages: Vec<&str> = NATIVE.iter().flat_map(|name| ["-p", name]).collect();
    let deny = ["--", "-D", "warnings"];

    run.check("fmt", &mut cargo(&["fmt", "--all", "--check"]));
    run.work("tidy", || tidy::check(&workspace));
    let native = [&["clippy", "--all-targets"], &packages[..], &deny].concat();
    run.check("clippy", &mut cargo(&native));
    let browser = [&["clippy", "-p", "app", "-p", "client"], &TARGET[..], &deny].concat();
    run.check("clippy for the browser", &mut cargo(&browser));
    let doc = [&["doc", "--no-deps"], &packages[..]].concat();
    run.check("doc", cargo(&doc).env("RUSTDOCFLAGS", "-D warnings"));

    for package in NATIVE {
        run.tests(package, Runner::Libtest, &mut unit_tests(run, package));
    }
    run.work("generated files", || bless::check(&workspace));
    if run.wants("size of the browser part") {
        let site = build::site(&workspace, Profile::Release, &run.progress)?;
        run.work("size of the browser part", || budget::check(&site));
    }
    Ok(())
}

/// The tests of one crate that start no server: per package, so that features stay what they are.
fn unit_tests(run: &Run, package: &str) -> Command {
    let mut command = cargo::command(&run.workspace.root);
    command.args(["test", "-p", package, "--no-fail-fast"]);
    match package {
        "app" => command.args(["--features", "ssr"]),
        "server" => command.args(["--lib", "--bins"]),
        "engine" => command.arg("--lib"),
        _ => command.arg("--all-features"),
    };
    cargo::with_site(&mut command, &run.workspace, Profile::Debug);
    command.arg("--").args(&run.rest);
    command
}
