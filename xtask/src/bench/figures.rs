//! Measured values and the table they are printed as.

use std::fmt::Write;
use std::time::Duration;

/// Times of single requests, and how long all of them took together.
#[derive(Debug, Default)]
pub struct Times {
    pub each: Vec<Duration>,
    pub together: Duration,
}

impl Times {
    /// The time below which this share of the requests lies.
    pub fn quantile(&mut self, share: f64) -> Duration {
        self.each.sort_unstable();
        let last = self.each.len().saturating_sub(1);
        let index = ((self.each.len() as f64 * share).ceil() as usize).saturating_sub(1).min(last);
        self.each.get(index).copied().unwrap_or_default()
    }

    pub fn per_second(&self) -> f64 {
        self.each.len() as f64 / self.together.as_secs_f64().max(f64::MIN_POSITIVE)
    }
}

/// The lines of the report.
#[derive(Debug, Default)]
pub struct Figures {
    lines: Vec<(String, String)>,
}

impl Figures {
    pub fn bytes(&mut self, what: &str, bytes: u64) {
        let shown = if bytes >= 10_000_000 {
            format!("{:.1} MB", bytes as f64 / 1e6)
        } else {
            format!("{:.1} kB", bytes as f64 / 1e3)
        };
        self.lines.push((what.to_owned(), shown));
    }

    pub fn times(&mut self, what: &str, times: &mut Times) {
        let (p50, p99) = (times.quantile(0.5), times.quantile(0.99));
        let rate = times.per_second();
        let shown = format!("p50 {}  p99 {}  {rate:.0}/s", milliseconds(p50), milliseconds(p99));
        self.lines.push((what.to_owned(), shown));
    }

    pub fn text(&mut self, what: &str, text: String) {
        self.lines.push((what.to_owned(), text));
    }

    /// Two columns.
    pub fn table(&self) -> String {
        let width = self.lines.iter().map(|(what, _)| what.len()).max().unwrap_or(0);
        self.lines.iter().fold(String::new(), |mut table, (what, shown)| {
            let _ = writeln!(table, "{what:<width$}  {shown}");
            table
        })
    }
}

pub fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let each = (1..=100).rev().map(Duration::from_millis).collect();
        let mut times = Times { each, together: Duration::from_secs(2) };
        assert_eq!(times.quantile(0.5), Duration::from_millis(50));
        assert_eq!(times.quantile(0.99), Duration::from_millis(99));
        assert!((times.per_second() - 50.0).abs() < 1e-9);
        assert_eq!(Times::default().quantile(0.5), Duration::ZERO);
    }

    #[test]
    fn the_table_is_aligned() {
        let mut figures = Figures::default();
        figures.bytes("js", 1_500);
        figures.bytes("memory, idle", 37_000_000);
        assert_eq!(figures.table(), "js            1.5 kB\nmemory, idle  37.0 MB\n");
    }
}
