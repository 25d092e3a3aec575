//! One run of the tests: steps that are counted, tiers that could not run, the report.

use super::count::Runner;
use super::counted::{Counted, counted};
use super::patience::{Patience, ended, grouped};
use super::tally::Tally;
use crate::args::Args;
use crate::progress::Progress;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::io::Write;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// Of what failed in one step, so many are named at the end.
const NAMED_MAX: usize = 20;

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
    patience: Patience,
    tier: &'static str,
    tally: Tally,
    report: Vec<String>,
    beside: Vec<Beside>,
}

/// A step that goes on beside others; what it said is shown when it has ended, in one piece.
struct Beside {
    tier: &'static str,
    name: &'static str,
    said: Arc<Mutex<Vec<u8>>>,
    work: JoinHandle<Result<Counted>>,
}

impl Run {
    pub fn new(workspace: Workspace, progress: Progress, args: &Args) -> Self {
        let ci = std::env::var("CI").is_ok_and(|value| value == "true" || value == "1");
        Run {
            workspace,
            progress,
            ci,
            patience: Patience::new(ci),
            only: args.value("only").map(str::to_owned),
            rest: args.rest.clone(),
            tier: "",
            tally: Tally::default(),
            report: Vec::new(),
            beside: Vec::new(),
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
        let limit = self.patience.step();
        let work = || {
            let shown = crate::cargo::shown(command);
            let child = grouped(command).spawn().with_context(|| format!("starting {shown}"))?;
            let status = ended(child, limit?).with_context(|| shown.clone())?;
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
        let limit = self.patience.step();
        let counted = limit.and_then(|limit| counted(runner, command, limit, show));
        self.count(name, counted);
    }

    /// As [`Run::tests`], but begun only: [`Run::gather`] waits for them. `keep` lives as long.
    pub fn tests_beside(
        &mut self,
        name: &'static str,
        runner: Runner,
        mut command: Command,
        keep: impl Send + 'static,
    ) {
        if !self.wants(name) {
            return;
        }
        self.progress.say(&format!("{}: {name}, beside what follows", self.tier));
        let (limit, said) = (self.patience.step(), Arc::default());
        let show = {
            let said = Arc::clone(&said);
            move |line: &[u8]| lock(&said).extend_from_slice(line)
        };
        let work = thread::spawn(move || {
            let counted = counted(runner, &mut command, limit?, show);
            drop(keep);
            counted
        });
        self.beside.push(Beside { tier: self.tier, name, said, work });
    }

    /// Waits for the steps that were begun beside others.
    pub fn gather(&mut self) {
        for Beside { tier, name, said, work } in std::mem::take(&mut self.beside) {
            self.tier = tier;
            let died = |_| Err(anyhow::anyhow!("the thread that waited for it died"));
            let counted = work.join().unwrap_or_else(died);
            self.announce(name);
            let _ = std::io::stderr().write_all(&lock(&said));
            self.count(name, counted);
        }
    }

    fn count(&mut self, name: &str, counted: Result<Counted>) {
        let counted = counted.unwrap_or_else(|error| {
            eprintln!("{name}: {error:#}");
            Counted::failure(format!("{error:#}"))
        });
        self.add(name, counted.tally);
        self.report
            .extend(counted.failed.iter().take(NAMED_MAX).map(|name| format!("         {name}")));
        if let Some(more) = counted.failed.len().checked_sub(NAMED_MAX).filter(|more| *more > 0) {
            self.report.push(format!("         … and {more} more"));
        }
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

fn lock(said: &Mutex<Vec<u8>>) -> std::sync::MutexGuard<'_, Vec<u8>> {
    said.lock().unwrap_or_else(PoisonError::into_inner)
}
