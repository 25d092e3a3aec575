//! Instants: microseconds since 1970 in UTC, RFC 3339 with milliseconds on the wire.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, time::Duration};

const DAY_SECONDS: i64 = 86_400;
/// Days of 400 years, after which the calendar repeats.
const ERA_DAYS: i64 = 146_097;
/// From the first of March of the year 0 to 1970.
const EPOCH_DAYS: i64 = 719_468;

/// An instant in UTC, counted in microseconds since the UNIX epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

impl Timestamp {
    pub const SECOND_US: i64 = 1_000_000;

    pub fn from_unix_seconds(seconds: i64) -> Self {
        Timestamp(seconds.saturating_mul(Self::SECOND_US))
    }

    /// Whole seconds since the epoch, rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.0.div_euclid(Self::SECOND_US)
    }

    /// Reads RFC 3339 (`2026-11-21T02:46:00.120Z`). Other offsets are converted.
    // Every type with a time in it would have a copy of its own in the browser.
    #[inline(never)]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = Reader(text.as_bytes());
        let (year, month, day) = (rest.number(4, b'-')?, rest.number(2, b'-')?, rest.number(2, 0)?);
        rest.one_of(b"Tt ")?;
        let (hour, minute, second) =
            (rest.number(2, b':')?, rest.number(2, b':')?, rest.number(2, 0)?);
        let micros = rest.fraction()?;
        let offset = rest.offset()?;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + i64::from(leap),
            _ => 31,
        };
        let right = (1..=12).contains(&month) && (1..=last).contains(&day);
        if !right || hour > 23 || minute > 59 || second > 59 || !rest.0.is_empty() {
            return None;
        }
        let seconds = (hour * 60 + minute - offset) * 60 + second;
        let days = days(year, month, day);
        Some(Timestamp((days * DAY_SECONDS + seconds) * Self::SECOND_US + micros))
    }

    /// Year, month, day, hour, minute and second in UTC.
    pub fn civil(self) -> (i64, i64, i64, i64, i64, i64) {
        let seconds = self.unix_seconds();
        let (year, month, day) = civil(seconds.div_euclid(DAY_SECONDS));
        let seconds = seconds.rem_euclid(DAY_SECONDS);
        (year, month, day, seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }

    pub fn plus(self, duration: Duration) -> Self {
        Timestamp(self.0.saturating_add(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    pub fn minus(self, duration: Duration) -> Self {
        Timestamp(self.0.saturating_sub(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is; nothing when it is before.
    pub fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn one_of(&mut self, letters: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        letters.contains(first).then_some(*first)
    }

    /// So many digits, and what stands behind them unless it is 0.
    fn number(&mut self, digits: usize, behind: u8) -> Option<i64> {
        let mut number = 0;
        for _ in 0..digits {
            number = number * 10 + i64::from(self.one_of(b"0123456789")? - b'0');
        }
        if behind != 0 {
            self.one_of(&[behind])?;
        }
        Some(number)
    }

    /// Microseconds, of however many digits.
    fn fraction(&mut self) -> Option<i64> {
        if self.0.first() != Some(&b'.') {
            return Some(0);
        }
        self.0 = &self.0[1..];
        let (mut micros, mut unit) = (self.number(1, 0)? * 100_000, 10_000);
        while self.0.first().is_some_and(u8::is_ascii_digit) {
            micros += self.number(1, 0)? * unit;
            unit /= 10;
        }
        Some(micros)
    }

    /// Minutes that the time is ahead of UTC.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let (hours, minutes) = (self.number(2, b':')?, self.number(2, 0)?);
        (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
    }
}

/// Days since 1970. Years begin in March here, so that the day that may be missing is the last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * ERA_DAYS + day_of_era - EPOCH_DAYS
}

/// Year, month and day of a day since 1970: [`days`] backwards.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + EPOCH_DAYS;
    let (era, day) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
    let year_of_era = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day, hour, minute, second) = self.civil();
        let millis = self.0.rem_euclid(Self::SECOND_US) / 1_000;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Timestamp::parse(&text)
            .ok_or_else(|| D::Error::custom("expected an RFC 3339 date and time"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["1970-01-01T00:00:00.000Z", "2026-11-21T02:46:00.120Z"] {
            assert_eq!(Timestamp::parse(text).map(|t| t.to_string()).as_deref(), Some(text));
        }
        assert_eq!(
            Timestamp::parse("2026-01-01T01:00:00+01:00"),
            Timestamp::parse("2026-01-01T00:00:00Z")
        );
        let micros = Timestamp::parse("2026-11-21t02:46:00.1234567-09:30");
        assert_eq!(micros, Some(Timestamp(1_795_263_360_123_456)));
        for wrong in [
            "yesterday",
            "",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00Zz",
            "2026-01-01",
            "2026-04-31T00:00:00Z",
            "2026-01-01T00:00:00+24:00",
            "+026-01-01T00:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_day_of_four_hundred_years_is_itself() {
        let mut before = civil(days(1900, 1, 1) - 1);
        for day in days(1900, 1, 1)..days(2300, 1, 2) {
            let now = civil(day);
            assert_eq!(days(now.0, now.1, now.2), day);
            assert!(now > before && (now.2 == 1 || now.2 == before.2 + 1), "{now:?}");
            before = now;
        }
        assert_eq!(days(1970, 1, 1), 0);
        assert_eq!(civil(11_016), (2000, 2, 29));
    }
}
