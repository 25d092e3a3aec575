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
        counted.tally += more.tally;
        counted.skipped.extend(more.skipped);
    }
    match outcome {
        Err(error) => {
            eprintln!("{shown}: {error:#}");
            counted.tally += Tally::FAILED;
        }
        Ok(status) if !status.success() && counted.tally.failed == 0 => {
            eprintln!("{shown}: {status}, and no test is named as the reason");
            counted.tally += Tally::FAILED;
        }
        Ok(_) => {}
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
            if skipped.is_some() || !tally.is_empty() {
                // Nobody listens any more when the time is over.
                let _ = counted.send(Counted { tally, skipped: skipped.into_iter().collect() });
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
    }

    #[test]
    fn a_test_that_could_not_run_is_not_a_pass() {
        let script = "echo 'SKIPPED: no Incus' >&2; echo 'test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured'";
        let counted = sh(Runner::Libtest, script);
        assert_eq!(counted.tally.line(), "2 passed, 0 failed, 1 skipped");
        assert_eq!(counted.skipped, ["SKIPPED: no Incus"]);
    }
}
