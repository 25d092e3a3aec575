//! What was counted, and the last line of a run.

use std::ops::AddAssign;

/// Tests and checks by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: i64,
    pub failed: i64,
    pub skipped: i64,
}

impl Tally {
    pub const PASSED: Tally = Tally { passed: 1, failed: 0, skipped: 0 };
    pub const FAILED: Tally = Tally { passed: 0, failed: 1, skipped: 0 };
    pub const SKIPPED: Tally = Tally { passed: 0, failed: 0, skipped: 1 };
    /// A test that said it could not run, but that its runner will count as passed.
    pub const SKIPPED_AS_PASSED: Tally = Tally { passed: -1, failed: 0, skipped: 1 };

    /// `N passed, N failed`, with what did not run where there is any.
    pub fn line(self) -> String {
        let Tally { passed, failed, skipped } = self;
        match skipped {
            0 => format!("{passed} passed, {failed} failed"),
            _ => format!("{passed} passed, {failed} failed, {skipped} skipped"),
        }
    }

    /// Something ran and nothing failed.
    pub fn is_good(self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    pub fn is_empty(self) -> bool {
        self == Tally::default()
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_plain() {
        assert_eq!(Tally { passed: 12, failed: 0, skipped: 0 }.line(), "12 passed, 0 failed");
        let some = Tally { passed: 1, failed: 2, skipped: 3 };
        assert_eq!(some.line(), "1 passed, 2 failed, 3 skipped");
    }

    #[test]
    fn a_run_that_ran_nothing_is_not_good() {
        assert!(!Tally::default().is_good());
        assert!(!Tally::FAILED.is_good());
        assert!(Tally::PASSED.is_good());
    }
}
