//! Real counts out of what the test runners print.

use super::tally::Tally;

/// Whose output is read.
#[derive(Clone, Copy, Debug)]
pub enum Runner {
    /// Rust's own test harness.
    Libtest,
    /// `node --test` with the spec reporter.
    Node,
    /// Python's `unittest`.
    Unittest,
}

impl Runner {
    /// What one printed line adds.
    pub fn count(self, line: &str) -> Tally {
        match self {
            Runner::Libtest => libtest(line),
            Runner::Node => node(line),
            Runner::Unittest => unittest(line),
        }
        .unwrap_or_default()
    }

    /// The test that one printed line says has failed.
    pub fn failed(self, line: &str) -> Option<&str> {
        let line = line.trim();
        match self {
            Runner::Libtest => line.strip_prefix("test ")?.strip_suffix(" ... FAILED"),
            // `✖ its name (12.5ms)`; the heading above those that failed tells no time.
            Runner::Node => {
                let (name, _) = line.strip_prefix("✖ ")?.strip_suffix("ms)")?.rsplit_once(" (")?;
                Some(name)
            }
            Runner::Unittest => {
                let (name, outcome) = line.rsplit_once(" ... ")?;
                matches!(outcome, "FAIL" | "ERROR").then_some(name)
            }
        }
    }
}

/// How a Rust test says that it could not run: its runner knows only passed and failed.
pub const SKIPPED: &str = "SKIPPED:";

/// `test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; …`
fn libtest(line: &str) -> Option<Tally> {
    if line.starts_with(SKIPPED) {
        return Some(Tally::SKIPPED_AS_PASSED);
    }
    let counts = line.trim().strip_prefix("test result: ")?;
    let of = |word: &str| -> Option<i64> {
        let before = counts.split(word).next()?.trim_end();
        before.rsplit(' ').next()?.parse().ok()
    };
    Some(Tally { passed: of(" passed")?, failed: of(" failed")?, skipped: of(" ignored")? })
}

/// `ℹ pass 5`, `ℹ fail 0`, `ℹ cancelled 0`, `ℹ skipped 1`, `ℹ todo 0`.
fn node(line: &str) -> Option<Tally> {
    let (what, count) = line.trim().strip_prefix("ℹ ")?.split_once(' ')?;
    let count = count.parse().ok()?;
    match what {
        "pass" => Some(Tally { passed: count, ..Tally::default() }),
        "fail" | "cancelled" => Some(Tally { failed: count, ..Tally::default() }),
        "skipped" | "todo" => Some(Tally { skipped: count, ..Tally::default() }),
        _ => None,
    }
}

/// The verbose lines `test_name (module.Class.test_name) ... ok`, each test for itself.
fn unittest(line: &str) -> Option<Tally> {
    let (_, outcome) = line.rsplit_once(" ... ")?;
    match outcome.split_whitespace().next()? {
        "ok" | "expected" => Some(Tally::PASSED),
        "FAIL" | "ERROR" | "unexpected" => Some(Tally::FAILED),
        "skipped" => Some(Tally::SKIPPED),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(runner: Runner, line: &str, passed: i64, failed: i64, skipped: i64) {
        assert_eq!(runner.count(line), Tally { passed, failed, skipped }, "{line}");
    }

    #[test]
    fn every_runner_is_understood() {
        let line = "test result: FAILED. 40 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        check(Runner::Libtest, line, 40, 2, 1);
        check(Runner::Libtest, "test result in a name ... ok", 0, 0, 0);
        check(Runner::Libtest, "SKIPPED: the story on Incus: this needs root", -1, 0, 1);
        check(Runner::Node, "ℹ pass 7", 7, 0, 0);
        check(Runner::Node, "ℹ fail 2", 0, 2, 0);
        check(Runner::Node, "ℹ cancelled 1", 0, 1, 0);
        check(Runner::Node, "ℹ skipped 3", 0, 0, 3);
        check(Runner::Node, "ℹ duration_ms 12.5", 0, 0, 0);
        check(Runner::Unittest, "test_a (story.Life.test_a) ... ok", 1, 0, 0);
        check(Runner::Unittest, "What it does ... FAIL", 0, 1, 0);
        check(Runner::Unittest, "What it does ... skipped 'no disk'", 0, 0, 1);
    }

    #[test]
    fn every_runner_names_what_failed() {
        let failed = |runner: Runner, line: &'static str| runner.failed(line);
        assert_eq!(failed(Runner::Libtest, "test roles::one ... FAILED"), Some("roles::one"));
        assert_eq!(failed(Runner::Libtest, "test roles::one ... ok"), None);
        assert_eq!(failed(Runner::Node, "  ✖ it (twice) works (12.5ms)"), Some("it (twice) works"));
        assert_eq!(failed(Runner::Node, "✖ failing tests:"), None);
        assert_eq!(failed(Runner::Node, "✔ it works (12.5ms)"), None);
        assert_eq!(failed(Runner::Unittest, "a (b.C.a) ... ERROR"), Some("a (b.C.a)"));
        assert_eq!(failed(Runner::Unittest, "a (b.C.a) ... ok"), None);
    }
}
