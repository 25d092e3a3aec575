//! Money: integers and a currency.
//!
//! Prices are nano-units of the currency per hour (a micro instance costs 7,290,000 nano-euro an
//! hour), amounts that somebody pays are minor units. No float ever holds money.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An ISO 4217 currency the platform can bill in. All of them have two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Currency {
    #[default]
    #[serde(rename = "EUR")]
    Eur,
    #[serde(rename = "CHF")]
    Chf,
    #[serde(rename = "USD")]
    Usd,
}

impl Currency {
    pub const ALL: [Currency; 3] = [Currency::Eur, Currency::Chf, Currency::Usd];

    pub fn as_str(self) -> &'static str {
        match self {
            Currency::Eur => "EUR",
            Currency::Chf => "CHF",
            Currency::Usd => "USD",
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Currency {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Currency::ALL
            .into_iter()
            .find(|c| c.as_str() == text)
            .ok_or_else(|| format!("currency {text:?} is not one of EUR, CHF, USD"))
    }
}

/// A price in nano-units (10⁻⁹) of a currency per hour.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct NanoPerHour(pub i64);

/// Hours in the month that prices are quoted for: 30 days.
pub const HOURS_PER_MONTH: i64 = 720;

impl NanoPerHour {
    const PER_UNIT: i64 = 1_000_000_000;

    /// Reads a decimal such as `0.04666`. At most nine decimals, never negative.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if fraction.len() > 9 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let whole: i64 = whole.parse().ok().filter(|w| *w >= 0)?;
        let fraction: i64 = format!("{fraction:0<9}").parse().ok()?;
        whole.checked_mul(Self::PER_UNIT)?.checked_add(fraction).map(NanoPerHour)
    }

    /// The decimal number that [`Self::parse`] reads: all digits, and no zeros behind them.
    pub fn decimal(self) -> String {
        let (sign, nano) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let unit = Self::PER_UNIT.unsigned_abs();
        let digits = format!("{sign}{}.{:09}", nano / unit, nano % unit);
        digits.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    pub fn times(self, quantity: i64) -> Self {
        NanoPerHour(self.0.saturating_mul(quantity))
    }

    pub fn plus(self, other: Self) -> Self {
        NanoPerHour(self.0.saturating_add(other.0))
    }

    /// What 720 hours cost, in minor units (cents), rounded half up.
    pub fn minor_per_month(self) -> i64 {
        let nano = i128::from(self.0) * i128::from(HOURS_PER_MONTH);
        let per_minor = i128::from(Self::PER_UNIT / 100);
        i64::try_from((nano + per_minor / 2).div_euclid(per_minor)).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_exactly() {
        assert_eq!(NanoPerHour::parse("0.00729"), Some(NanoPerHour(7_290_000)));
        assert_eq!(NanoPerHour::parse("2.24"), Some(NanoPerHour(2_240_000_000)));
        assert_eq!(NanoPerHour::parse("17"), Some(NanoPerHour(17_000_000_000)));
        for wrong in ["", "-1", "0.0000000001", "1,5", "1.5e3", "."] {
            assert_eq!(NanoPerHour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn prices_are_printed_as_they_are_read() {
        for (nano, text) in [
            (23_330_000, "0.02333"),
            (2_000_000_000, "2"),
            (10_000_000_000, "10"),
            (0, "0"),
            (1, "0.000000001"),
            (1_000_000_001, "1.000000001"),
            (i64::MAX, "9223372036.854775807"),
        ] {
            assert_eq!(NanoPerHour(nano).decimal(), text);
            assert_eq!(NanoPerHour::parse(text), Some(NanoPerHour(nano)), "{text}");
        }
        assert_eq!(NanoPerHour(-23_330_000).decimal(), "-0.02333", "what was saved, say");
    }

    #[test]
    fn a_month_is_720_hours_rounded_half_up() {
        assert_eq!(NanoPerHour::parse("0.04666").map(NanoPerHour::minor_per_month), Some(3360));
        assert_eq!(NanoPerHour(0).minor_per_month(), 0);
    }
}
