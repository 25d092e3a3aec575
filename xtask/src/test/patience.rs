//! How long a step may take: what hangs is ended and named, and the run goes on to its report.

use crate::progress::elapsed;
use crate::signals;
use anyhow::{Result, bail};
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// Far more than any step takes on a machine three times slower than those it was measured on.
const STEP_MAX: Duration = Duration::from_secs(45 * 60);
/// In continuous integration a run ends with a report before somebody ends it without one.
const RUN_MAX: Duration = Duration::from_secs(84 * 60);

/// The time that a run has.
pub struct Patience {
    until: Option<Instant>,
}

impl Patience {
    pub fn new(ci: bool) -> Self {
        Patience { until: ci.then(|| Instant::now() + RUN_MAX) }
    }

    /// The time for the next step; none is begun when that of the run is over.
    pub fn step(&self) -> Result<Duration> {
        let left = self.until.map(|until| until.saturating_duration_since(Instant::now()));
        match left {
            Some(Duration::ZERO) => bail!("not begun: the run took {} already", elapsed(RUN_MAX)),
            Some(left) => Ok(left.min(STEP_MAX)),
            None => Ok(STEP_MAX),
        }
    }
}

/// Puts the command into a group of its own, so that [`ended`] can end what it starts, too.
pub fn grouped(command: &mut Command) -> &mut Command {
    use std::os::unix::process::CommandExt;
    command.process_group(0)
}

/// Waits for a child that leads its group; one that takes longer is ended.
pub fn ended(mut child: Child, limit: Duration) -> Result<ExitStatus> {
    let begun = Instant::now();
    signals::remember_group(child.id());
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Ok(status);
        }
        if begun.elapsed() > limit {
            signals::end_group(&mut child);
            break Err(anyhow::anyhow!("it had not ended after {}: killed", elapsed(limit)));
        }
        thread::sleep(Duration::from_millis(20));
    };
    signals::forget(child.id());
    status
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_is_ended_with_all_it_started() {
        let mut command = Command::new("sh");
        let child = grouped(command.args(["-c", "sleep 60 & sleep 60"])).spawn().unwrap();
        let group = child.id();
        let error = ended(child, Duration::from_millis(50)).unwrap_err();
        assert_eq!(error.to_string(), "it had not ended after 0.1 s: killed");
        let alive = || {
            let group = group.to_string();
            let found = Command::new("pgrep").args(["-r", "R,S,D", "-g", &group]).output();
            !found.unwrap().stdout.is_empty()
        };
        let soon = (0..100).any(|_| {
            thread::sleep(Duration::from_millis(50));
            !alive()
        });
        assert!(soon, "what it started goes on");
    }

    #[test]
    fn without_time_no_step_is_begun() {
        let over = Patience { until: Some(Instant::now()) };
        assert!(over.step().unwrap_err().to_string().starts_with("not begun"));
        assert_eq!(Patience::new(false).step().unwrap(), STEP_MAX);
    }
}
