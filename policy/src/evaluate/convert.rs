//! From one type to another: `int('5')` (language definition, "List of Standard Definitions").

use super::{Found, no_overload};
use crate::error::ErrorKind;
use crate::function::Function;
use crate::time::{Duration, Timestamp};
use crate::value::Value;

pub(super) fn to(function: Function, value: &Value) -> Found {
    let unfit = || no_overload(function.name(), &[value]);
    match (function, value) {
        (Function::Int, _) => int(value).unwrap_or_else(|| Err(unfit())),
        (Function::Uint, _) => uint(value).unwrap_or_else(|| Err(unfit())),
        (Function::Double, _) => double(value).unwrap_or_else(|| Err(unfit())),
        (Function::String, _) => string(value).unwrap_or_else(|| Err(unfit())),
        (Function::Bool, Value::Bool(_)) => Ok(value.clone()),
        (Function::Bool, Value::String(text)) => bool(text),
        (Function::Bytes, Value::Bytes(_)) => Ok(value.clone()),
        (Function::Bytes, Value::String(text)) => Ok(Value::Bytes(text.as_bytes().into())),
        (Function::Timestamp, Value::Timestamp(_)) => Ok(value.clone()),
        (Function::Timestamp, Value::Int(seconds)) => {
            Timestamp::from_unix(*seconds, 0).map(Value::Timestamp).ok_or(ErrorKind::Overflow)
        }
        (Function::Timestamp, Value::String(text)) => {
            let what = "a timestamp, as 2026-11-21T08:00:00Z";
            Timestamp::parse(text).map(Value::Timestamp).ok_or(ErrorKind::Unreadable(what))
        }
        (Function::Duration, Value::Duration(_)) => Ok(value.clone()),
        (Function::Duration, Value::String(text)) => {
            let what = "a duration, as 1h30m or 90s";
            Duration::parse(text).map(Value::Duration).ok_or(ErrorKind::Unreadable(what))
        }
        _ => Err(unfit()),
    }
}

/// Doubles are cut off, and must be less than 2⁶³ on either side, as in cel-go.
fn int(value: &Value) -> Option<Found> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    let number = match value {
        Value::Int(number) => Some(*number),
        Value::Uint(number) => i64::try_from(*number).ok(),
        Value::Double(number) => (number.abs() < LIMIT).then_some(*number as i64),
        Value::Timestamp(instant) => Some(instant.unix_seconds()),
        Value::String(text) => {
            let number = text.parse().map(Value::Int);
            return Some(number.map_err(|_| ErrorKind::Unreadable("an integer")));
        }
        _ => return None,
    };
    Some(number.map(Value::Int).ok_or(ErrorKind::Overflow))
}

fn uint(value: &Value) -> Option<Found> {
    const LIMIT: f64 = 18_446_744_073_709_551_616.0;
    let number = match value {
        Value::Uint(number) => Some(*number),
        Value::Int(number) => u64::try_from(*number).ok(),
        Value::Double(number) => (*number >= 0.0 && *number < LIMIT).then_some(*number as u64),
        Value::String(text) => {
            let number = text.parse().map(Value::Uint);
            return Some(number.map_err(|_| ErrorKind::Unreadable("an unsigned integer")));
        }
        _ => return None,
    };
    Some(number.map(Value::Uint).ok_or(ErrorKind::Overflow))
}

fn double(value: &Value) -> Option<Found> {
    Some(match value {
        Value::Double(_) => Ok(value.clone()),
        Value::Int(number) => Ok(Value::Double(*number as f64)),
        Value::Uint(number) => Ok(Value::Double(*number as f64)),
        Value::String(text) => {
            text.parse().map(Value::Double).map_err(|_| ErrorKind::Unreadable("a number"))
        }
        _ => return None,
    })
}

fn string(value: &Value) -> Option<Found> {
    Some(Ok(match value {
        Value::String(_) => value.clone(),
        Value::Bool(is) => is.to_string().into(),
        Value::Int(number) => number.to_string().into(),
        Value::Uint(number) => number.to_string().into(),
        Value::Double(number) => number.to_string().into(),
        Value::Timestamp(instant) => instant.to_string().into(),
        Value::Duration(span) => span.to_string().into(),
        Value::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => return Some(Err(ErrorKind::Unreadable("text in UTF-8"))),
        },
        _ => return None,
    }))
}

/// The words that Go reads as such.
fn bool(text: &str) -> Found {
    match text {
        "1" | "t" | "T" | "true" | "True" | "TRUE" => Ok(Value::Bool(true)),
        "0" | "f" | "F" | "false" | "False" | "FALSE" => Ok(Value::Bool(false)),
        _ => Err(ErrorKind::Unreadable("true or false")),
    }
}
