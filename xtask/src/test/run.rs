//! One run of the tests: steps that are counted, tiers that could not run, the report.

use super::count::{Runner, SKIPPED};
use super::tally::Tally;
use crate::args::Args;
use crate::progress::Progress;
use crate::signals;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::thread;

/// The state of a run.
pub struct Run {
    pub workspace: Workspace,
    pub progress: Progress,
    /// In continuous integration a tier that cannot run is a failure.
    pub ci: bool,
    /// Words of `--only`: steps whose name holds none of them are left out.
    only: Option<String>,
    /// Given to the test runners as they are.
    pub rest: Vec<String>,
    tier: &'static str,
    tally: Tally,
    report: Vec<String>,
}

impl Run {
    pub fn new(workspace: Workspace, progress: Progress, args: &Args) -> Self {
        Run {
            workspace,
            progress,
            ci: std::env::var("CI").is_ok_and(|value| value == "true" || value == "1"),
            only: args.value("only").map(str::to_owned),
            rest: args.rest.clone(),
            tier: "",
            tally: Tally::default(),
            report: Vec::new(),
        }
    }

    /// Runs a tier; an error means that it could not run (any further), which is never a pass.
    pub fn tier(&mut self, name: &'static str, tier: fn(&mut Run) -> Result<()>) {
        self.tier = name;
        if let Err(reason) = tier(self) {
            self.missing(&format!("{reason:#}"));
        }
    }

    /// Whether a step is wanted.
    pub fn wants(&self, name: &str) -> bool {
        self.only.as_deref().is_none_or(|only| name.contains(only))
    }

    /// A check that a command makes: it passes or fails as one.
    pub fn check(&mut self, name: &str, command: &mut Command) {
        let work = || {
            let shown = crate::cargo::shown(command);
            let status = command.status().with_context(|| format!("starting {shown}"))?;
            anyhow::ensure!(status.success(), "{shown}: {status}");
            Ok(())
        };
        self.work(name, work);
    }

    /// A check that is made here: it passes or fails as one.
    pub fn work(&mut self, name: &str, work: impl FnOnce() -> Result<()>) {
        if !self.wants(name) {
            return;
        }
        self.announce(name);
        match work() {
            Ok(()) => self.add(name, Tally::PASSED),
            Err(error) => {
                eprintln!("{name}: {error:#}");
                self.add(name, Tally::FAILED);
            }
        }
    }

    /// Tests that a runner counts; a runner that fails without naming a test counts as one failure.
    pub fn tests(&mut self, name: &str, runner: Runner, command: &mut Command) {
        if !self.wants(name) {
            return;
        }
        self.announce(name);
        let show = |line: &[u8]| drop(std::io::stderr().write_all(line));
        let counted = counted(runner, command, show).unwrap_or_else(|error| {
            eprintln!("{name}: {error:#}");
            Counted { tally: Tally::FAILED, skipped: Vec::new() }
        });
        self.add(name, counted.tally);
        for line in counted.skipped {
            // It is in the sum already, as what the runner made of it.
            self.shout(&line);
            if self.ci {
                self.tally += Tally { passed: 0, failed: 1, skipped: -1 };
            }
        }
    }

    /// Says loudly that something did not run.
    pub fn missing(&mut self, reason: &str) {
        self.shout(reason);
        self.tally += if self.ci { Tally::FAILED } else { Tally::SKIPPED };
    }

    fn shout(&mut self, reason: &str) {
        let tier = self.tier;
        let bar = "!".repeat(78);
        eprintln!("\n{bar}\n!! TIER {tier} DID NOT RUN: {reason}\n{bar}\n");
        self.report.push(format!("NOT RUN  {tier}: {reason}"));
    }

    /// Prints what is worth reading again and returns the sum.
    pub fn finish(self) -> Tally {
        self.progress.say("finished");
        println!();
        for line in &self.report {
            println!("{line}");
        }
        self.tally
    }

    fn announce(&self, name: &str) {
        self.progress.say(&format!("{}: {name}", self.tier));
    }

    fn add(&mut self, name: &str, tally: Tally) {
        let word = if tally.failed > 0 { "FAILED " } else { "ok     " };
        self.report.push(format!("{word}  {}: {name} ({})", self.tier, tally.line()));
        self.tally += tally;
    }
}

/// What came of one runner.
#[derive(Default)]
struct Counted {
    tally: Tally,
    /// What tests said that could not run.
    skipped: Vec<String>,
}

/// Runs a command, shows its output as it comes, and sums what its runner counts.
fn counted(runner: Runner, command: &mut Command, show: fn(&[u8])) -> Result<Counted> {
    let shown = crate::cargo::shown(command);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {shown}"))?;
    signals::remember(child.id());
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let errors =
        thread::spawn(move || stderr.map(|pipe| read(runner, pipe, show)).unwrap_or_default());
    let mut counted = stdout.map(|pipe| read(runner, pipe, show)).unwrap_or_default();
    let errors = errors.join().unwrap_or_default();
    counted.tally += errors.tally;
    counted.skipped.extend(errors.skipped);
    let status = child.wait()?;
    signals::forget(child.id());
    if !status.success() && counted.tally.failed == 0 {
        eprintln!("{shown}: {status}, and no test is named as the reason");
        counted.tally += Tally::FAILED;
    }
    if counted.tally.is_empty() {
        eprintln!("{shown}: ran no test");
    }
    Ok(counted)
}

/// Passes lines on while counting; output that is not UTF-8 is shown, too.
fn read(runner: Runner, pipe: impl Read, show: fn(&[u8])) -> Counted {
    let mut counted = Counted::default();
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        show(&line);
        let text = String::from_utf8_lossy(&line);
        counted.tally += runner.count(&text);
        if text.starts_with(SKIPPED) {
            counted.skipped.push(text.trim_end().to_owned());
        }
        line.clear();
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    // What the scripts print is not shown: whoever runs these tests counts it otherwise.
    fn sh(runner: Runner, script: &str) -> Counted {
        counted(runner, Command::new("sh").args(["-c", script]), |_| {}).unwrap()
    }

    #[test]
    fn counts_come_from_the_runner_and_a_silent_failure_counts() {
        let line = |script: &str| sh(Runner::Node, script).tally.line();
        assert_eq!(line("echo 'ℹ pass 3'; echo 'ℹ fail 1'; exit 1"), "3 passed, 1 failed");
        assert_eq!(line("echo 'ℹ pass 3'; exit 1"), "3 passed, 1 failed");
        assert_eq!(line("echo 'ℹ pass 3' >&2"), "3 passed, 0 failed");
        assert!(sh(Runner::Node, "true").tally.is_empty());
    }

    #[test]
    fn a_test_that_could_not_run_is_not_a_pass() {
        let script = "echo 'SKIPPED: no Incus' >&2; echo 'test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured'";
        let counted = sh(Runner::Libtest, script);
        assert_eq!(counted.tally.line(), "2 passed, 0 failed, 1 skipped");
        assert_eq!(counted.skipped, ["SKIPPED: no Incus"]);
    }
}
