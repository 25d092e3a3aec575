//! `+ - * / %` and the sign. What a type cannot hold is an error (language definition, "Overflow").

use super::{Found, no_overload};
use crate::error::ErrorKind;
use crate::fuel::Fuel;
use crate::time::Duration;
use crate::tree::Operator;
use crate::value::Value;

pub(super) fn negated(value: &Value) -> Found {
    match value {
        Value::Int(number) => number.checked_neg().map(Value::Int).ok_or(ErrorKind::Overflow),
        Value::Double(number) => Ok(Value::Double(-number)),
        other => Err(no_overload("a minus sign", &[other])),
    }
}

pub(super) fn binary(operator: Operator, left: &Value, right: &Value, fuel: &mut Fuel) -> Found {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => integers(operator, *a, *b).map(Value::Int),
        (Value::Uint(a), Value::Uint(b)) => unsigned(operator, *a, *b).map(Value::Uint),
        (Value::Double(a), Value::Double(b)) => {
            doubles(operator, *a, *b).map(Value::Double).ok_or_else(|| unfit(operator, left, right))
        }
        _ => match operator {
            Operator::Add => add(left, right, fuel),
            Operator::Subtract => subtract(left, right),
            _ => Err(unfit(operator, left, right)),
        },
    }
}

fn unfit(operator: Operator, left: &Value, right: &Value) -> ErrorKind {
    let what = match operator {
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
        _ => "%",
    };
    no_overload(what, &[left, right])
}

fn integers(operator: Operator, a: i64, b: i64) -> Result<i64, ErrorKind> {
    let number = match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        _ if b == 0 => return Err(ErrorKind::DivisionByZero),
        Operator::Divide => a.checked_div(b),
        _ => a.checked_rem(b),
    };
    number.ok_or(ErrorKind::Overflow)
}

fn unsigned(operator: Operator, a: u64, b: u64) -> Result<u64, ErrorKind> {
    let number = match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        _ if b == 0 => return Err(ErrorKind::DivisionByZero),
        Operator::Divide => a.checked_div(b),
        _ => a.checked_rem(b),
    };
    number.ok_or(ErrorKind::Overflow)
}

/// As IEEE 754 has it; there is no remainder.
fn doubles(operator: Operator, a: f64, b: f64) -> Option<f64> {
    Some(match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide => a / b,
        _ => return None,
    })
}

fn add(left: &Value, right: &Value, fuel: &mut Fuel) -> Found {
    let found = match (left, right) {
        (Value::String(a), Value::String(b)) => {
            fuel.take_bytes(a.len() + b.len())?;
            return Ok(Value::String([&**a, &**b].concat().into()));
        }
        (Value::Bytes(a), Value::Bytes(b)) => {
            fuel.take_bytes(a.len() + b.len())?;
            return Ok(Value::Bytes([&**a, &**b].concat().into()));
        }
        (Value::List(a), Value::List(b)) => {
            fuel.take(a.len() + b.len())?;
            return Ok(Value::List(a.iter().chain(b.iter()).cloned().collect()));
        }
        (Value::Timestamp(instant), Value::Duration(span))
        | (Value::Duration(span), Value::Timestamp(instant)) => {
            instant.plus(*span, 1).map(Value::Timestamp)
        }
        (Value::Duration(a), Value::Duration(b)) => span(a.nanos.checked_add(b.nanos)),
        _ => return Err(unfit(Operator::Add, left, right)),
    };
    found.ok_or(ErrorKind::Overflow)
}

fn subtract(left: &Value, right: &Value) -> Found {
    let found = match (left, right) {
        (Value::Timestamp(a), Value::Timestamp(b)) => a.since(*b).map(Value::Duration),
        (Value::Timestamp(instant), Value::Duration(span)) => {
            instant.plus(*span, -1).map(Value::Timestamp)
        }
        (Value::Duration(a), Value::Duration(b)) => span(a.nanos.checked_sub(b.nanos)),
        _ => return Err(unfit(Operator::Subtract, left, right)),
    };
    found.ok_or(ErrorKind::Overflow)
}

fn span(nanos: Option<i64>) -> Option<Value> {
    nanos.map(|nanos| Value::Duration(Duration::from_nanos(nanos)))
}
