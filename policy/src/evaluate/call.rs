//! Functions on values.

use super::{Evaluated, Found, Machine, convert, no_overload};
use crate::error::{ErrorKind, EvalError};
use crate::fuel::Fuel;
use crate::function::{Entry, Function, Part};
use crate::pattern::Pattern;
use crate::time::{self, Duration, Timestamp};
use crate::tree::Id;
use crate::value::Value;
use std::net::IpAddr;
use std::str::FromStr;

impl Machine<'_> {
    pub(super) fn call(
        &mut self,
        at: usize,
        entry: &Entry,
        has_receiver: bool,
        ids: &[Id],
    ) -> Evaluated {
        let failed = |kind| EvalError { at, kind };
        if !entry.takes(has_receiver, ids.len()) {
            let values = ErrorKind::NoOverload { what: entry.name, given: [None, None] };
            return Err(failed(values));
        }
        // No function takes more than two.
        let first = self.value(ids[0])?;
        let second = ids.get(1).map(|id| self.value(*id)).transpose()?;
        let bytes = first.bytes() + second.as_ref().map_or(0, Value::bytes);
        self.fuel.take_bytes(bytes).map_err(failed)?;
        match second {
            None => one(entry.function, &first),
            Some(second) => two(entry.function, &first, &second, self.fuel),
        }
        .map_err(failed)
    }
}

/// A function of one value.
fn one(function: Function, value: &Value) -> Found {
    Ok(match (function, value) {
        (Function::Size, Value::String(text)) => size(text.chars().count()),
        (Function::Size, Value::Bytes(bytes)) => size(bytes.len()),
        (Function::Size, Value::List(items)) => size(items.len()),
        (Function::Size, Value::Map(map)) => size(map.len()),
        (Function::Type, value) => Value::Type(value.kind()),
        (Function::Dyn, value) => value.clone(),
        (Function::Get(part), Value::Timestamp(instant)) => of_timestamp(part, *instant, 0),
        (Function::Get(part), Value::Duration(span)) => {
            of_duration(part, *span).ok_or_else(|| no_overload(function.name(), &[value]))?
        }
        _ => return convert::to(function, value),
    })
}

/// A function of two values, the first of which is the receiver.
fn two(function: Function, first: &Value, second: &Value, fuel: &mut Fuel) -> Found {
    let (Value::String(argument), receiver) = (second, first) else {
        return match (function, first) {
            (Function::HasKey, Value::Map(map)) => Ok(Value::Bool(map.get(second).is_some())),
            _ => Err(no_overload(function.name(), &[first, second])),
        };
    };
    Ok(Value::Bool(match (function, receiver) {
        (Function::StartsWith, Value::String(text)) => text.starts_with(&**argument),
        (Function::EndsWith, Value::String(text)) => text.ends_with(&**argument),
        (Function::Contains, Value::String(text)) => text.contains(&**argument),
        (Function::Matches, Value::String(text)) => {
            fuel.take(crate::limits::PATTERN_UNITS)?;
            Pattern::compile(argument).is_match(text, fuel)?
        }
        (Function::HasKey, Value::Map(map)) => map.field(argument).is_some(),
        (Function::InIpRange, Value::String(address)) => in_range(address, argument)?,
        (Function::Get(part), Value::Timestamp(instant)) => {
            let zone = "a time zone: UTC, or an offset as +02:00";
            let offset = time::offset(argument).ok_or(ErrorKind::Unreadable(zone))?;
            return Ok(of_timestamp(part, *instant, offset));
        }
        _ => return Err(no_overload(function.name(), &[first, second])),
    }))
}

fn size(count: usize) -> Value {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Whether an address is within a range. An IPv4 address within IPv6 (`::ffff:192.0.2.1`) is that
/// IPv4 address, or a range could be gone around by writing it so; a range that is written so has
/// nothing in it.
fn in_range(address: &str, range: &str) -> Result<bool, ErrorKind> {
    let address = IpAddr::from_str(address).map_err(|_| ErrorKind::Unreadable("an IP address"))?;
    Ok(network(range)?.contains(&address.to_canonical()))
}

/// A range as `192.0.2.0/24` or `2001:db8::/32`.
pub(crate) fn network(range: &str) -> Result<ipnet::IpNet, ErrorKind> {
    let what = "a range of IP addresses, as 192.0.2.0/24";
    ipnet::IpNet::from_str(range).map_err(|_| ErrorKind::Unreadable(what))
}

/// Parts of an instant, at an offset in seconds. The year, hours and the day of `getDate` are as
/// one says them; months and the other days count from zero.
fn of_timestamp(part: Part, instant: Timestamp, offset: i64) -> Value {
    let civil = instant.civil(offset);
    Value::Int(match part {
        Part::FullYear => civil.year,
        Part::Month => civil.month - 1,
        Part::Date => civil.day,
        Part::DayOfMonth => civil.day - 1,
        // The first of January 1970 was a Thursday; Sunday is zero.
        Part::DayOfWeek => (civil.days + 4).rem_euclid(7),
        Part::DayOfYear => time::day_of_year(civil),
        Part::Hours => civil.second_of_day / 3_600,
        Part::Minutes => civil.second_of_day / 60 % 60,
        Part::Seconds => civil.second_of_day % 60,
        Part::Milliseconds => instant.millisecond(),
    })
}

/// A span as whole hours, minutes or seconds; its milliseconds are those beyond the second.
fn of_duration(part: Part, span: Duration) -> Option<Value> {
    Some(Value::Int(match part {
        Part::Hours => span.seconds() / 3_600,
        Part::Minutes => span.seconds() / 60,
        Part::Seconds => span.seconds(),
        Part::Milliseconds => span.nanos / 1_000_000 % 1_000,
        _ => return None,
    }))
}
