//! Tier `browser`: journeys in a real browser against a running server.

use super::clients;
use super::count::Runner;
use super::install;
use super::run::Run;
use crate::build;
use crate::progress::Progress;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::cmp::Reverse;
use std::fs;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::Command;
use std::thread;

/// The oldest Node that the browser's driver accepts.
const NODE_MAJOR: u32 = 20;
/// The npm package that brings a Node where the system's is older.
const NODE_PACKAGE: &str = "node@22";
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// The same browser without windows: program and Debian package. Journeys take it two thirds of the
/// processor; where it can't be had, they run in the other.
const WINDOWLESS: &str = "chromium-headless-shell";

/// For one file of journeys, in milliseconds: eight times what the longest takes.
const FILE_MAX: &str = "--test-timeout=1800000";

pub fn run(run: &mut Run) -> Result<()> {
    if !run.wants("journeys") {
        return Ok(());
    }
    // What pages show as code is run.
    let python = clients::environment(run)?;
    let browser = windowless(&run.progress)?;
    let node = driver(&run.workspace, &run.progress)?;
    let binary = build::for_tests(&run.workspace, &run.progress)?;
    let folder = run.workspace.root.join("end2end");
    let mut tests: Vec<PathBuf> = fs::read_dir(folder.join("tests"))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    // The longest first: whoever comes last would be waited for alone.
    tests.sort_by_key(|file| (Reverse(fs::metadata(file).map_or(0, |of| of.len())), file.clone()));
    let mut command = Command::new(node);
    // Journeys wait now and then: one more than there are processors leaves none of these idle.
    let at_once = thread::available_parallelism().map_or(2, NonZero::get) + 1;
    command.args(["--test", "--test-reporter=spec", FILE_MAX]);
    command.arg(format!("--test-concurrency={at_once}"));
    command.args(&run.rest);
    command.args(tests).current_dir(folder);
    command.env("COULOIR_BINARY", binary).env("COULOIR_TEST_BROWSER", browser);
    command.env("COULOIR_TEST_PYTHON", python);
    run.tests("journeys", Runner::Node, &mut command);
    Ok(())
}

/// What drives a browser.
pub struct Tools {
    pub browser: PathBuf,
    pub node: PathBuf,
}

/// Finds or fetches the browser that people have, and what drives it.
pub fn tools(workspace: &Workspace, progress: &Progress) -> Result<Tools> {
    Ok(Tools { browser: browser(progress)?, node: driver(workspace, progress)? })
}

/// The Node that drives the browser, with its packages.
fn driver(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let node = node(workspace, progress)?;
    packages(workspace, progress)?;
    Ok(node)
}

/// The browser that somebody named.
fn named() -> Option<PathBuf> {
    std::env::var_os("COULOIR_TEST_BROWSER").map(PathBuf::from)
}

fn windowless(progress: &Progress) -> Result<PathBuf> {
    let found = || named().or_else(|| install::find(&[WINDOWLESS], &[]));
    if let Some(found) = found() {
        return Ok(found);
    }
    if let Err(error) = install::debian(&[WINDOWLESS], progress) {
        progress.say(&format!("{WINDOWLESS}: {error:#}; taking a browser with windows"));
    }
    found().map_or_else(|| browser(progress), Ok)
}

/// The browser, from the system's packages.
fn browser(progress: &Progress) -> Result<PathBuf> {
    if let Some(named) = named() {
        return Ok(named);
    }
    if let Some(found) = install::find(&BROWSERS, &[]) {
        return Ok(found);
    }
    install::debian(&["chromium"], progress).context("Chromium")?;
    install::find(&BROWSERS, &[]).context("the package chromium brought no program of that name")
}

/// A Node that is new enough: the system's, or the one that npm brings.
fn node(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    if let Some(found) = install::find(&["node"], &[]).filter(is_new_enough) {
        return Ok(found);
    }
    let folder = workspace.target.join("node");
    let node = folder.join("node_modules/.bin/node");
    if !is_new_enough(&node) {
        npm(progress)?;
        progress.step(&format!("fetching {NODE_PACKAGE} from npm"), || {
            fs::create_dir_all(&folder)?;
            let mut command = Command::new("npm");
            command.args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"]);
            succeed(command.arg(&folder).arg(NODE_PACKAGE))
        })?;
    }
    if !is_new_enough(&node) {
        bail!("Node {NODE_MAJOR} or newer is missing: install it, or npm install {NODE_PACKAGE}");
    }
    Ok(node)
}

fn npm(progress: &Progress) -> Result<()> {
    match install::find(&["npm"], &[]) {
        Some(_) => Ok(()),
        None => install::debian(&["nodejs", "npm"], progress).context("Node and npm"),
    }
}

fn is_new_enough(node: &PathBuf) -> bool {
    let Ok(output) = Command::new(node).arg("--version").output() else { return false };
    major(&String::from_utf8_lossy(&output.stdout)).is_some_and(|major| major >= NODE_MAJOR)
}

/// `v20.20.2` → 20.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The packages of `end2end/package-lock.json`, fetched when the lock has changed.
fn packages(workspace: &Workspace, progress: &Progress) -> Result<()> {
    let folder = workspace.root.join("end2end");
    let lock = fs::read_to_string(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.lock.stamp");
    install::once(&stamp, &lock, || {
        npm(progress)?;
        progress.step("fetching the browser's driver (npm ci)", || {
            let mut command = Command::new("npm");
            command.args(["ci", "--silent", "--no-audit", "--no-fund"]).current_dir(&folder);
            succeed(&mut command)
        })
    })
}

fn succeed(command: &mut Command) -> Result<()> {
    let shown = crate::cargo::shown(command);
    let status = command.status().with_context(|| format!("starting {shown}"))?;
    if !status.success() {
        bail!("{shown} failed ({status})");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_first_number() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v9.1.0"), Some(9));
        assert_eq!(major("nonsense"), None);
    }
}
