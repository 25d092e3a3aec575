//! `==`, `<` and `in`.
//!
//! Values of different types are different; numbers are compared by what they count, whatever their
//! type (language definition, "Equality" and "Ordering", as it is since 2022). So everything can be
//! compared with `null`, as Exoscale's guide does.

use super::no_overload;
use crate::error::ErrorKind;
use crate::fuel::Fuel;
use crate::value::Value;
use std::cmp::Ordering;

/// Whether two values are equal. Each pair of elements is paid for: lists that share their parts
/// are small in memory, and can be larger than time.
pub(super) fn equal(left: &Value, right: &Value, fuel: &mut Fuel) -> Result<bool, ErrorKind> {
    match (left, right) {
        (Value::String(a), Value::String(b)) => same_bytes(a.as_bytes(), b.as_bytes(), fuel),
        (Value::Bytes(a), Value::Bytes(b)) => same_bytes(a, b, fuel),
        (Value::List(a), Value::List(b)) => {
            if a.len() != b.len() {
                return Ok(false);
            }
            for (a, b) in a.iter().zip(b.iter()) {
                fuel.take(1)?;
                if !equal(a, b, fuel)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Map(a), Value::Map(b)) => {
            if a.len() != b.len() {
                return Ok(false);
            }
            for (key, value) in a.entries() {
                let key = key.to_value();
                fuel.take(1)?;
                fuel.take_bytes(key.bytes())?;
                match b.get(&key) {
                    Some(other) if equal(value, other, fuel)? => {}
                    _ => return Ok(false),
                }
            }
            Ok(true)
        }
        _ => Ok(same_atom(left, right)),
    }
}

fn same_bytes(left: &[u8], right: &[u8], fuel: &mut Fuel) -> Result<bool, ErrorKind> {
    if left.len() != right.len() {
        return Ok(false);
    }
    fuel.take_bytes(left.len())?;
    Ok(left == right)
}

fn same_atom(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Timestamp(a), Value::Timestamp(b)) => a == b,
        (Value::Duration(a), Value::Duration(b)) => a == b,
        (Value::Type(a), Value::Type(b)) => a == b,
        _ => numbers(left, right) == Some(Some(Ordering::Equal)),
    }
}

/// How two values are ordered; nothing, if one is not a number (NaN).
pub(super) fn order(
    left: &Value,
    right: &Value,
    fuel: &mut Fuel,
) -> Result<Option<Ordering>, ErrorKind> {
    fuel.take_bytes(left.bytes().min(right.bytes()))?;
    Ok(match (left, right) {
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        (Value::Bytes(a), Value::Bytes(b)) => Some(a.cmp(b)),
        (Value::Timestamp(a), Value::Timestamp(b)) => Some(a.cmp(b)),
        (Value::Duration(a), Value::Duration(b)) => Some(a.cmp(b)),
        _ => match numbers(left, right) {
            Some(ordering) => ordering,
            None => {
                let what = "a comparison by size";
                return Err(no_overload(what, &[left, right]));
            }
        },
    })
}

/// How two numbers are ordered, exactly; nothing, if one of the values is no number.
fn numbers(left: &Value, right: &Value) -> Option<Option<Ordering>> {
    Some(match (left, right) {
        (Value::Double(a), Value::Double(b)) => a.partial_cmp(b),
        (Value::Double(a), _) => integer(right).map(|b| with_integer(*a, b))?,
        (_, Value::Double(b)) => integer(left).map(|a| with_integer(*b, a))?.map(Ordering::reverse),
        _ => Some(integer(left)?.cmp(&integer(right)?)),
    })
}

fn integer(value: &Value) -> Option<i128> {
    match value {
        Value::Int(number) => Some(i128::from(*number)),
        Value::Uint(number) => Some(i128::from(*number)),
        _ => None,
    }
}

/// A double beside an integer of at most 64 bits. A cast saturates far outside of those.
fn with_integer(double: f64, integer: i128) -> Option<Ordering> {
    if double.is_nan() {
        return None;
    }
    match (double.trunc() as i128).cmp(&integer) {
        Ordering::Equal => double.fract().partial_cmp(&0.0),
        different => Some(different),
    }
}

/// The integer that a number is, whatever its type.
pub(super) fn whole_number(value: &Value) -> Option<i128> {
    match value {
        Value::Double(number) if number.fract() == 0.0 => Some(*number as i128),
        _ => integer(value),
    }
}

/// Whether a list has an element, or a map a key.
pub(super) fn is_in(item: &Value, of: &Value, fuel: &mut Fuel) -> Result<bool, ErrorKind> {
    match of {
        Value::List(items) => {
            for other in items.iter() {
                fuel.take(1)?;
                if equal(item, other, fuel)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Map(map) => {
            fuel.take_bytes(item.bytes())?;
            Ok(map.get(item).is_some())
        }
        _ => Err(no_overload("in", &[item, of])),
    }
}
