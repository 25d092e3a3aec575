//! Timestamps and durations: RFC 3339, Go's durations, the calendar. Ranges are those of cel-go:
//! the years 1 to 9999, and 64 bits of nanoseconds.

use std::fmt;

const SECONDS_PER_DAY: i64 = 86_400;
const NANOS_PER_SECOND: i64 = 1_000_000_000;
/// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
const SECONDS_RANGE: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// An instant, to the nanosecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// A span, to the nanosecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration {
    pub(crate) nanos: i64,
}

/// An instant on the calendar of some offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Civil {
    pub year: i64,
    /// From one.
    pub month: i64,
    /// From one.
    pub day: i64,
    /// Seconds since midnight.
    pub second_of_day: i64,
    /// Days since the epoch.
    pub days: i64,
}

impl Timestamp {
    /// An instant by seconds since 1970 and nanoseconds; nothing outside of the years 1 to 9999.
    pub fn from_unix(seconds: i64, nanos: u32) -> Option<Self> {
        let is_good = SECONDS_RANGE.contains(&seconds) && i64::from(nanos) < NANOS_PER_SECOND;
        is_good.then_some(Timestamp { seconds, nanos })
    }

    /// Seconds since 1970.
    pub fn unix_seconds(self) -> i64 {
        self.seconds
    }

    pub(crate) fn millisecond(self) -> i64 {
        i64::from(self.nanos / 1_000_000)
    }

    pub(crate) fn plus(self, span: Duration, sign: i128) -> Option<Timestamp> {
        let nanos = self.total_nanos() + sign * i128::from(span.nanos);
        let seconds = i64::try_from(nanos.div_euclid(NANOS_PER_SECOND.into())).ok()?;
        let rest = u32::try_from(nanos.rem_euclid(NANOS_PER_SECOND.into())).ok()?;
        Timestamp::from_unix(seconds, rest)
    }

    pub(crate) fn since(self, other: Timestamp) -> Option<Duration> {
        let nanos = i64::try_from(self.total_nanos() - other.total_nanos()).ok()?;
        Some(Duration { nanos })
    }

    fn total_nanos(self) -> i128 {
        i128::from(self.seconds) * i128::from(NANOS_PER_SECOND) + i128::from(self.nanos)
    }

    /// The calendar at an offset in seconds (Howard Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms", `civil_from_days`).
    pub(crate) fn civil(self, offset: i64) -> Civil {
        let local = self.seconds + offset;
        let days = local.div_euclid(SECONDS_PER_DAY);
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * of_year + 2) / 153;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        Civil {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: of_year - (153 * month_from_march + 2) / 5 + 1,
            second_of_day: local.rem_euclid(SECONDS_PER_DAY),
            days,
        }
    }

    /// Reads RFC 3339, as `2026-11-21T08:00:00.5+01:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let (clock, rest) = rest.strip_prefix('T')?.split_at_checked(8)?;
        let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
        let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
        let is_good = (1..=12).contains(&month)
            && (1..=days_of_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        let (nanos, zone) = match rest.strip_prefix('.') {
            None => (0, rest),
            Some(fraction) => {
                let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
                let (digits, zone) = fraction.split_at_checked(digits)?;
                (nanos(digits)?, zone)
            }
        };
        let offset = match zone {
            "Z" => 0,
            _ if zone.starts_with(['+', '-']) => offset(zone)?,
            _ => return None,
        };
        let seconds = days_from_civil(year, month, day) * SECONDS_PER_DAY
            + hour * 3_600
            + minute * 60
            + second
            - offset;
        if is_good { Timestamp::from_unix(seconds, nanos) } else { None }
    }
}

/// The day of the year, from zero.
pub(crate) fn day_of_year(civil: Civil) -> i64 {
    civil.days - days_from_civil(civil.year, 1, 1)
}

/// Days since 1970 (`days_from_civil` of the same paper).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// An offset in seconds: `UTC`, `+02:00`, `-09:30`, and `02:00` as cel-go takes it. Names of zones
/// are not known: what they mean changes with the tables that a system has.
pub(crate) fn offset(text: &str) -> Option<i64> {
    if text == "UTC" {
        return Some(0);
    }
    let (sign, clock) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let [hours, minutes] = numbers(clock, ':', [2, 2])?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

/// Numbers of so many digits each, with a separator.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(separator);
    let mut found = [0; N];
    for (number, digits) in found.iter_mut().zip(digits) {
        let part = parts.next()?;
        if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

/// Nanoseconds of one to nine digits after the point.
fn nanos(digits: &str) -> Option<u32> {
    let missing = 9_usize.checked_sub(digits.len())?;
    let number: u32 = digits.parse().ok()?;
    Some(number * 10_u32.pow(missing as u32))
}

impl Duration {
    /// A span of nanoseconds.
    pub fn from_nanos(nanos: i64) -> Self {
        Duration { nanos }
    }

    /// Whole seconds.
    pub fn seconds(self) -> i64 {
        self.nanos / NANOS_PER_SECOND
    }

    /// Reads Go's `time.ParseDuration`: `1h30m`, `-1.5s`, `100ms`, `0`.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, mut rest) = match text.as_bytes().first()? {
            b'-' => (-1, &text[1..]),
            b'+' => (1, &text[1..]),
            _ => (1, text),
        };
        if rest == "0" {
            return Some(Duration::from_nanos(0));
        }
        let mut total: i128 = 0;
        loop {
            let (nanos, after) = one_part(rest)?;
            total = total.checked_add(nanos)?;
            if after.is_empty() {
                return i64::try_from(sign * total).ok().map(Duration::from_nanos);
            }
            rest = after;
        }
    }
}

/// `1.5h` at the start of a text as nanoseconds, and what follows.
fn one_part(text: &str) -> Option<(i128, &str)> {
    let whole_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = text.split_at_checked(whole_digits)?;
    let (fraction, rest) = match rest.strip_prefix('.') {
        None => ("", rest),
        Some(after) => {
            after.split_at_checked(after.bytes().take_while(u8::is_ascii_digit).count())?
        }
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let unit_bytes = rest.bytes().take_while(|byte| !byte.is_ascii_digit() && *byte != b'.');
    let (unit, rest) = rest.split_at_checked(unit_bytes.count())?;
    let unit: i128 = match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    };
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    // Digits beyond these are less than a nanosecond of any unit.
    let fraction = fraction.get(..fraction.len().min(16))?;
    let parts: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let nanos = parts * unit / 10_i128.pow(fraction.len() as u32);
    Some((i128::from(whole) * unit + nanos, rest))
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = self.civil(0);
        let (hour, minute) = (civil.second_of_day / 3_600, civil.second_of_day / 60 % 60);
        write!(f, "{:04}-{:02}-{:02}T", civil.year, civil.month, civil.day)?;
        write!(f, "{hour:02}:{minute:02}:{:02}", civil.second_of_day % 60)?;
        write_fraction(f, self.nanos)?;
        f.write_str("Z")
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.nanos < 0 { "-" } else { "" };
        let nanos = self.nanos.unsigned_abs();
        let per_second = NANOS_PER_SECOND.unsigned_abs();
        write!(f, "{sign}{}", nanos / per_second)?;
        write_fraction(f, (nanos % per_second) as u32)?;
        f.write_str("s")
    }
}

fn write_fraction(f: &mut fmt::Formatter<'_>, nanos: u32) -> fmt::Result {
    if nanos == 0 {
        return Ok(());
    }
    let digits = format!("{nanos:09}");
    write!(f, ".{}", digits.trim_end_matches('0'))
}
