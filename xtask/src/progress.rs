//! What is happening now, what it waits for, and how long it took.

use std::time::{Duration, Instant};

/// A run with numbered steps and one clock.
#[derive(Clone, Copy)]
pub struct Progress {
    started: Instant,
}

impl Progress {
    pub fn start() -> Self {
        Progress { started: Instant::now() }
    }

    /// Announces a step, does it, and says how long it took.
    pub fn step<T>(
        &self,
        what: &str,
        work: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        self.say(what);
        let begun = Instant::now();
        let done = work()?;
        let took = begun.elapsed();
        if took > Duration::from_secs(1) {
            self.say(&format!("  done in {}", elapsed(took)));
        }
        Ok(done)
    }

    /// One line with the time since the start.
    pub fn say(&self, what: &str) {
        eprintln!("[{:>6}] {what}", elapsed(self.started.elapsed()));
    }
}

/// `3.2 s`, or `4 min 05 s`.
pub fn elapsed(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short_and_readable() {
        assert_eq!(elapsed(Duration::from_millis(3240)), "3.2 s");
        assert_eq!(elapsed(Duration::from_secs(245)), "4 min 05 s");
    }
}
