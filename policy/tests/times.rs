//! Timestamps and durations: google/cel-spec, `tests/simple/testdata/timestamps.textproto`, and the
//! calendar beside another one.

use policy::{Bindings, Expression, Fuel, Timestamp, shown};

fn value(source: &str) -> String {
    let expression = Expression::parse(source).expect(source);
    match expression.evaluate(&Bindings::new(), &mut Fuel::new(10_000)) {
        Ok(value) => shown(&value),
        Err(error) => format!("!{error}"),
    }
}

#[test]
fn parts_of_a_timestamp_are_told() {
    for (part, expected) in [
        ("getFullYear()", 2009),
        ("getMonth()", 1),
        ("getDate()", 13),
        ("getDayOfMonth()", 12),
        ("getDayOfWeek()", 5),
        ("getDayOfYear()", 43),
        ("getHours()", 23),
        ("getMinutes()", 31),
        ("getSeconds()", 30),
        ("getMilliseconds()", 123),
        ("getDayOfMonth('+11:00')", 13),
        ("getFullYear('-09:30')", 2009),
        ("getHours('02:00')", 1),
        ("getMinutes('-00:00')", 31),
        ("getDayOfWeek('UTC')", 5),
    ] {
        let source = format!("timestamp('2009-02-13T23:31:30.123456789Z').{part}");
        assert_eq!(value(&source), expected.to_string(), "{source}");
    }
    assert!(value("timestamp(0).getHours('Europe/Zurich')").contains("time zone"));
}

#[test]
fn durations_are_read_as_go_does() {
    for (text, expected) in [
        ("1h", "3600s"),
        ("1h30m", "5400s"),
        ("-1.5s", "-1.5s"),
        ("100ms", "0.1s"),
        ("1us1µs1ns", "0.000002001s"),
        (".5m", "30s"),
        ("0", "0s"),
        ("1000000s", "1000000s"),
        ("9223372036s", "9223372036s"),
        ("1.000000000999999999999999999999s", "1s"),
    ] {
        assert_eq!(value(&format!("string(duration('{text}'))")), format!("'{expected}'"));
    }
    for text in ["", "1", "h", "1x", "-", "1h-1m", "320000000000s", "99999999999999999999s", "1 h"]
    {
        assert!(value(&format!("duration('{text}')")).contains("not a duration"), "{text}");
    }
    assert_eq!(value("duration('10000s').getHours()"), "2");
    assert_eq!(value("duration('3730s').getMinutes()"), "62");
    assert_eq!(value("duration('123.321456789s').getMilliseconds()"), "321");
    assert!(value("duration('1s').getFullYear()").contains("cannot"));
}

#[test]
fn times_are_calculated_within_their_range() {
    for source in [
        "timestamp('2009-02-13T23:00:00Z') + duration('240s') == timestamp('2009-02-13T23:04:00Z')",
        "duration('120s') + timestamp('2009-02-13T23:01:00Z') == timestamp('2009-02-13T23:03:00Z')",
        "timestamp('2009-02-13T23:31:00Z') - timestamp('2009-02-13T23:29:00Z') == duration('2m')",
        "timestamp('2009-02-13T23:10:00Z') - duration('600s') == timestamp('2009-02-13T23:00:00Z')",
        "timestamp('0001-01-01T00:00:01.000000001Z') + duration('-999999999ns')
            == timestamp('0001-01-01T00:00:00.000000002Z')",
        "duration('900s') - duration('42s') + duration('1s') == duration('859s')",
        "timestamp('2026-11-21T10:00:00+02:00') == timestamp('2026-11-21T08:00:00.000Z')",
        "timestamp('2009-02-13T23:00:00Z') < timestamp('2009-03-13T23:00:00Z')",
        "duration('200s') <= duration('200s') && duration('300s') > duration('200s')",
        "timestamp(timestamp(1)) == timestamp('1970-01-01T00:00:01Z')",
        "string(timestamp('9999-12-31T23:59:59.999999999Z')) == '9999-12-31T23:59:59.999999999Z'",
    ] {
        assert_eq!(value(source), "true", "{source}");
    }
    for source in [
        "timestamp('0001-01-01T00:00:00Z') + duration('-1ns')",
        "timestamp('9999-12-31T23:59:59.999999999Z') + duration('1ns')",
        "timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')",
        "timestamp(-62135596801)",
        "duration('9223372036s') + duration('9223372036s')",
    ] {
        assert!(value(source).contains("out of range"), "{source}");
    }
}

#[test]
fn what_is_no_timestamp_is_not_read() {
    for text in [
        "",
        "2026-11-21",
        "2026-11-21 08:00:00Z",
        "2026-11-21T08:00:00",
        "2026-02-29T08:00:00Z",
        "2026-13-01T08:00:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T08:00:60Z",
        "2026-11-21T08:00:00.Z",
        "2026-11-21T08:00:00.1234567890Z",
        "2026-11-21T08:00:00+24:00",
        "2026-11-21T08:00:00+0100",
        "0000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "é026-11-21T08:00:00Z",
        "2026-11-21T08:00:00UTC",
    ] {
        assert_eq!(Timestamp::parse(text), None, "{text}");
    }
}

/// Day by day over four hundred years, which is all that the calendar has.
#[test]
fn the_calendar_counts_days_one_by_one() {
    let (mut year, mut month, mut day) = (1900, 1, 1);
    let start = Timestamp::parse("1900-01-01T00:00:00Z").expect("a timestamp").unix_seconds();
    for days in 0..146_097 {
        let instant = Timestamp::from_unix(start + days * 86_400, 0).expect("in range");
        let text = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
        assert_eq!(instant.to_string(), text);
        assert_eq!(Timestamp::parse(&text), Some(instant));
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = [31, 28 + i32::from(is_leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        day += 1;
        if day > last[month - 1] {
            (day, month) = (1, month + 1);
        }
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
}
