//! Numbers, dates and money for a visitor's language. The same code runs on the server and in the
//! browser, so what was rendered and what is alive never differ.

use crate::{
    Timestamp,
    money::{Currency, NanoPerHour},
};

text_enum! {
    /// Languages of the portal.
    pub enum Language {
        En = "en",
        De = "de",
    }
}

impl Language {
    /// The best language for an `Accept-Language` header (RFC 9110 section 12.5.4; weights are
    /// taken in the order in which browsers write them).
    pub fn negotiate(accept: &str) -> Language {
        accept
            .split(',')
            .filter_map(|part| part.trim().get(..2)?.to_ascii_lowercase().parse().ok())
            .next()
            .unwrap_or(Language::En)
    }

    fn decimal(self) -> char {
        match self {
            Language::En => '.',
            Language::De => ',',
        }
    }

    fn group(self) -> char {
        match self {
            Language::En => ',',
            Language::De => '.',
        }
    }
}

/// `12,345` or `12.345`
pub fn integer(language: Language, value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(language.group());
        }
        text.push(digit);
    }
    if value < 0 { format!("-{text}") } else { text }
}

/// A price per hour with four decimals, rounded half up: `0.0467`.
pub fn per_hour(language: Language, price: NanoPerHour) -> String {
    let scaled = (i128::from(price.0) + 50_000).div_euclid(100_000);
    let (whole, fraction) = (scaled / 10_000, scaled % 10_000);
    format!("{}{}{fraction:04}", integer(language, whole as i64), language.decimal())
}

/// An amount in minor units: `1,234.50`.
pub fn minor(language: Language, amount: i64) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let (whole, cents) = (amount.unsigned_abs() / 100, amount.unsigned_abs() % 100);
    format!("{sign}{}{}{cents:02}", integer(language, whole as i64), language.decimal())
}

/// `CHF 33.60`
pub fn money(language: Language, currency: Currency, amount_minor: i64) -> String {
    format!("{currency}\u{a0}{}", minor(language, amount_minor))
}

/// `512 MiB`, `4 GiB`
pub fn memory(language: Language, mib: i64) -> String {
    if mib >= 1024 && mib % 1024 == 0 {
        format!("{}\u{a0}GiB", integer(language, mib / 1024))
    } else {
        format!("{}\u{a0}MiB", integer(language, mib))
    }
}

const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_DE: [&str; 12] = [
    "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
];

/// `21 Nov 2026, 02:46:00 UTC`
pub fn date_time(language: Language, at: Timestamp) -> String {
    let (year, month, day, hour, minute, second) = at.civil();
    let index = usize::from(month.saturating_sub(1)).min(11);
    match language {
        Language::En => {
            format!("{day} {} {year}, {hour:02}:{minute:02}:{second:02} UTC", MONTHS_EN[index])
        }
        Language::De => {
            format!("{day}. {} {year}, {hour:02}:{minute:02}:{second:02} UTC", MONTHS_DE[index])
        }
    }
}

/// How long ago: `just now`, `5 min ago`, `3 h ago`, `2 d ago`.
pub fn ago(language: Language, at: Timestamp, now: Timestamp) -> String {
    let seconds = now.since(at).as_secs();
    let (count, en, de) = match seconds {
        0..60 => {
            return match language {
                Language::En => "just now",
                Language::De => "gerade eben",
            }
            .to_owned();
        }
        60..3_600 => (seconds / 60, "min", "Min."),
        3_600..86_400 => (seconds / 3_600, "h", "Std."),
        _ => (seconds / 86_400, "d", "T."),
    };
    match language {
        Language::En => format!("{count}\u{a0}{en} ago"),
        Language::De => format!("vor {count}\u{a0}{de}"),
    }
}

/// How long until then: `within a minute`, `in 5 min`, `in 3 h`, `in 2 d`; what has begun of the last
/// one is left out, so nobody has less time than it says.
pub fn until(language: Language, at: Timestamp, now: Timestamp) -> String {
    let seconds = at.since(now).as_secs();
    let (count, en, de) = match seconds {
        0..60 => {
            return match language {
                Language::En => "within a minute",
                Language::De => "binnen einer Minute",
            }
            .to_owned();
        }
        60..3_600 => (seconds / 60, "min", "Min."),
        3_600..86_400 => (seconds / 3_600, "h", "Std."),
        _ => (seconds / 86_400, "d", "T."),
    };
    let unit = match language {
        Language::En => en,
        Language::De => de,
    };
    format!("in {count}\u{a0}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn numbers_and_money() {
        assert_eq!(integer(Language::En, 1_234_567), "1,234,567");
        assert_eq!(integer(Language::De, -1_234), "-1.234");
        assert_eq!(integer(Language::En, 100), "100");
        assert_eq!(per_hour(Language::En, NanoPerHour(46_660_000)), "0.0467");
        assert_eq!(per_hour(Language::De, NanoPerHour(17_066_670_000)), "17,0667");
        assert_eq!(money(Language::En, Currency::Chf, 123_450), "CHF\u{a0}1,234.50");
        assert_eq!(minor(Language::En, -5), "-0.05");
    }

    #[test]
    fn nobody_has_less_time_than_is_said() {
        let now = Timestamp::from_unix_seconds(1_795_229_160);
        let said = |seconds| until(Language::En, now.plus(Duration::from_secs(seconds)), now);
        assert_eq!(said(5 * 86_400 - 1), "in 4\u{a0}d");
        assert_eq!(said(5 * 86_400), "in 5\u{a0}d");
        assert_eq!((said(3_600), said(59)), ("in 1\u{a0}h".into(), "within a minute".into()));
        assert_eq!(
            until(Language::De, now.plus(Duration::from_secs(7_300)), now),
            "in 2\u{a0}Std."
        );
    }

    #[test]
    fn dates() {
        let at = Timestamp::from_unix_seconds(1_795_229_160);
        assert_eq!(date_time(Language::En, at), "21 Nov 2026, 02:46:00 UTC");
        assert_eq!(ago(Language::De, at, at.plus(Duration::from_secs(7_300))), "vor 2\u{a0}Std.");
    }

    #[test]
    fn languages_are_negotiated() {
        assert_eq!(Language::negotiate("de-CH,de;q=0.9,en;q=0.8"), Language::De);
        assert_eq!(Language::negotiate("fr,en;q=0.5"), Language::En);
        assert_eq!(Language::negotiate(""), Language::En);
    }
}
