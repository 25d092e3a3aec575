//! Tier `unit`: everything that needs neither a server nor a database.

use super::count::Runner;
use super::run::Run;
use crate::build::{self, wasm};
use crate::cargo;
use crate::workspace::Profile;
use crate::{bless, budget, tidy};
use anyhow::{Result, bail};
use std::thread;

/// Packages that are compiled together. Cargo unites the features of what one call names, so each
/// group is always named as a whole: otherwise most of the dependencies would be compiled again.
/// The browser's crate is in none: with it `app` would be compiled for both sides at once.
///
/// Beside it: which of their targets have unit tests.
const GROUPS: [(&[&str], &[&str]); 4] = [
    // All that it has: tables, properties, hostile sources, the example of its documentation.
    (&["policy"], &[]),
    (&PRODUCT, &["--lib", "--bins"]),
    (&["engine"], &["--lib"]),
    (&["xtask"], &["--bins"]),
];
pub const PRODUCT: [&str; 4] = ["domain", "api", "app", "server"];
const SITE: &str = "size of the browser part";
const TARGET: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

pub fn run(run: &mut Run) -> Result<()> {
    wasm::ensure_target(&run.progress)?;
    let workspace = run.workspace.clone();
    let cargo = |words: &[&str]| {
        let mut command = cargo::command(&workspace.root);
        cargo::with_tested_site(command.args(words), &workspace);
        command
    };
    run.check("fmt", &mut cargo(&["fmt", "--all", "--check"]));
    run.work("tidy", || tidy::check(&workspace));
    // Its last minutes take one processor only, and what checks types does not need it.
    let mut site = run.wants(SITE).then(|| {
        let (workspace, progress) = (workspace.clone(), run.progress);
        thread::spawn(move || build::site(&workspace, Profile::Release, &progress))
    });
    for (group, targets) in GROUPS {
        let (names, packages) = (group.join(", "), packages(group));
        let clippy = [&["clippy", "--all-targets"], &packages[..], &DENY_WARNINGS].concat();
        run.check(&format!("clippy of {names}"), &mut cargo(&clippy));
        let doc = [&["doc", "--no-deps"], &packages[..]].concat();
        run.check(&format!("doc of {names}"), cargo(&doc).env("RUSTDOCFLAGS", "-D warnings"));
        // The server carries it: compiled before it is there, it would be compiled again.
        if group.contains(&"server")
            && let Some(site) = site.take()
        {
            let built = site.join().unwrap_or_else(|_| bail!("the thread that built it died"));
            run.work(SITE, || budget::check(&built?));
        }
        let test = [&["test", "--no-fail-fast"], targets, &packages[..], &["--"]].concat();
        let mut test = cargo(&test);
        run.tests(&format!("tests of {names}"), Runner::Libtest, test.args(run.rest.clone()));
    }
    let browser = [&["clippy", "-p", "app", "-p", "client"], &TARGET[..], &DENY_WARNINGS].concat();
    run.check("clippy for the browser", &mut cargo(&browser));
    let editor = ["clippy", "-p", "policy", "--no-default-features"];
    let editor = [&editor[..], &TARGET, &DENY_WARNINGS].concat();
    run.check("clippy of policy for the browser", &mut cargo(&editor));
    if workspace.root.join("domain/tests").is_dir() {
        let mut properties = cargo(&["test", "-p", "domain", "--test", "*", "--no-fail-fast"]);
        run.tests("properties of domain", Runner::Libtest, &mut properties);
    }
    run.work("generated files", || bless::check(&workspace));
    Ok(())
}

/// `-p` before each.
pub fn packages(names: &[&'static str]) -> Vec<&'static str> {
    names.iter().flat_map(|name| ["-p", name]).collect()
}
