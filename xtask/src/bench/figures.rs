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

/// One line of the report.
#[derive(Debug)]
struct Line {
    what: String,
    shown: String,
    beside: String,
}

/// The lines of the report.
#[derive(Debug, Default)]
pub struct Figures {
    lines: Vec<Line>,
}

impl Figures {
    pub fn bytes(&mut self, what: &str, bytes: u64) {
        self.text(what, sized(bytes));
    }

    pub fn times(&mut self, what: &str, times: &mut Times) {
        let shown = spread(times);
        let rate = times.per_second();
        self.text(what, format!("{shown}  {rate:.0}/s"));
    }

    pub fn text(&mut self, what: &str, shown: String) {
        self.beside(what, shown, "");
    }

    /// A figure and what stands beside it: another's, or a goal.
    pub fn beside(&mut self, what: &str, shown: String, beside: &str) {
        self.lines.push(Line { what: what.to_owned(), shown, beside: beside.to_owned() });
    }

    /// A figure that should be at most `most`, in the unit of `value`.
    pub fn goal(&mut self, what: &str, shown: String, value: f64, most: f64, goal: &str) {
        let kept = if value <= most { "kept" } else { "MISSED" };
        self.beside(what, shown, &format!("goal {goal}: {kept}"));
    }

    /// Two columns, and a third where something stands beside.
    pub fn table(&self) -> String {
        let width = |of: fn(&Line) -> &str| {
            self.lines.iter().map(|line| of(line).chars().count()).max().unwrap_or(0)
        };
        let wide = (width(|line| &line.what), width(|line| &line.shown));
        self.lines.iter().fold(String::new(), |mut table, Line { what, shown, beside }| {
            let line = format!("{what:<0$}  {shown:<1$}  {beside}", wide.0, wide.1);
            let _ = writeln!(table, "{}", line.trim_end());
            table
        })
    }
}

/// `350.1 kB`, or `12.3 MB`.
pub fn sized(bytes: u64) -> String {
    if bytes >= 10_000_000 {
        format!("{:.1} MB", bytes as f64 / 1e6)
    } else {
        format!("{:.1} kB", bytes as f64 / 1e3)
    }
}

/// The middle and the slow end.
pub fn spread(times: &mut Times) -> String {
    let (p50, p99) = (times.quantile(0.5), times.quantile(0.99));
    format!("p50 {}  p99 {}", milliseconds(p50), milliseconds(p99))
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
        figures.goal("LCP", "0.9 s".into(), 0.9, 0.8, "≤ 0.8 s");
        let table = "js            1.5 kB\nmemory, idle  37.0 MB\n\
                     LCP           0.9 s    goal ≤ 0.8 s: MISSED\n";
        assert_eq!(figures.table(), table);
    }
}
