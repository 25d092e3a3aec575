//! What a runner says is shown as it comes, and what it counts is summed.

use super::count::{Runner, SKIPPED};
use super::patience::{ended, grouped};
use super::tally::Tally;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

/// For what a command has said before it ended to arrive here.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// What came of one runner.
#[derive(Default)]
pub struct Counted {
    pub tally: Tally,
    /// What tests said that could not run.
    pub skipped: Vec<String>,
    /// Tests that failed, and why the runner itself did, for the report.
    pub failed: Vec<String>,
}

impl Counted {
    /// A runner that could not run, or not to its end.
    pub fn failure(reason: String) -> Self {
        Counted { tally: Tally::FAILED, failed: vec![reason], ..Counted::default() }
    }

    fn add(&mut self, more: Counted) {
        self.tally += more.tally;
        self.skipped.extend(more.skipped);
        // Runners name what failed where it stands, and again at their end.
        for name in more.failed {
            if !self.failed.contains(&name) {
                self.failed.push(name);
            }
        }
    }
}

/// Runs a command, shows its output as it comes, and sums what its runner counts.
pub fn counted(
    runner: Runner,
    command: &mut Command,
    limit: Duration,
    show: impl Fn(&[u8]) + Clone + Send + 'static,
) -> Result<Counted> {
    let shown = crate::cargo::shown(command);
    let command = grouped(command).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("starting {shown}"))?;
    let (sender, lines) = mpsc::channel();
    read(runner, child.stdout.take(), show.clone(), sender.clone());
    read(runner, child.stderr.take(), show, sender);
    let outcome = ended(child, limit);
    let mut counted = Counted::default();
    // Something that outlives the command may hold the pipes open for ever.
    while let Ok(more) = lines.recv_timeout(LAST_WORDS) {
        counted.add(more);
    }
    let reason = match outcome {
        Err(error) => Some(format!("{error:#}")),
        Ok(status) if !status.success() && counted.tally.failed == 0 => {
            Some(format!("{status}, and no test is named as the reason"))
        }
        Ok(_) => None,
    };
    if let Some(reason) = reason {
        eprintln!("{shown}: {reason}");
        counted.add(Counted::failure(reason));
    }
    if counted.tally.is_empty() {
        eprintln!("{shown}: ran no test");
    }
    Ok(counted)
}

/// Passes lines on while counting them; output that is not UTF-8 is shown, too.
fn read(
    runner: Runner,
    pipe: Option<impl Read + Send + 'static>,
    show: impl Fn(&[u8]) + Send + 'static,
    counted: Sender<Counted>,
) {
    thread::spawn(move || {
        let Some(pipe) = pipe else { return };
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            show(&line);
            let text = String::from_utf8_lossy(&line);
            let skipped = text.starts_with(SKIPPED).then(|| text.trim_end().to_owned());
            let tally = runner.count(&text);
            let failed = runner.failed(&text).map(str::to_owned);
            if skipped.is_some() || failed.is_some() || !tally.is_empty() {
                let (skipped, failed) =
                    (skipped.into_iter().collect(), failed.into_iter().collect());
                // Nobody listens any more when the time is over.
                let _ = counted.send(Counted { tally, skipped, failed });
            }
            line.clear();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    // What the scripts print is not shown: whoever runs these tests counts it otherwise.
    fn sh(runner: Runner, script: &str) -> Counted {
        let limit = Duration::from_secs(60);
        counted(runner, Command::new("sh").args(["-c", script]), limit, |_| {}).unwrap()
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
    fn what_takes_too_long_fails_and_what_it_counted_stays() {
        let script = "echo 'ℹ pass 3'; sleep 60";
        let mut command = Command::new("sh");
        let limit = Duration::from_millis(300);
        let counted = counted(Runner::Node, command.args(["-c", script]), limit, |_| {}).unwrap();
        assert_eq!(counted.tally.line(), "3 passed, 1 failed");
        assert_eq!(counted.failed, ["it had not ended after 0.3 s: killed"]);
    }

    #[test]
    fn what_failed_is_named_once() {
        let script =
            "echo '✖ one (1ms)'; echo '✔ two (1ms)'; echo 'ℹ fail 1'; echo '✖ one (1ms)'; exit 1";
        assert_eq!(sh(Runner::Node, script).failed, ["one"]);
    }

    #[test]
    fn a_test_that_could_not_run_is_not_a_pass() {
        let script = "echo 'SKIPPED: no Incus' >&2; echo 'test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured'";
        let counted = sh(Runner::Libtest, script);
        assert_eq!(counted.tally.line(), "2 passed, 0 failed, 1 skipped");
        assert_eq!(counted.skipped, ["SKIPPED: no Incus"]);
    }
}
