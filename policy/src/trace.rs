//! What an expression read, for whoever asks why it came to what it came to.

use crate::error::EvalError;
use crate::limits::{TRACE_MAX, TRACE_TEXT_MAX};
use crate::value::Value;
use std::fmt::{self, Write};

/// Something that the expression read: how it wrote it, and what that was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// As in the source: `parameters.name`.
    pub what: String,
    /// The value as an expression writes it, shortened; or why there was none.
    pub value: Result<String, String>,
}

/// What was read, in the order in which it first was, each once and not more than `TRACE_MAX`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    pub seen: Vec<Seen>,
}

impl Trace {
    pub(crate) fn saw(&mut self, what: &str, result: &Result<Value, EvalError>) {
        if self.seen.len() == TRACE_MAX || self.seen.iter().any(|seen| seen.what == what) {
            return;
        }
        let value = match result {
            Ok(value) => Ok(shown(value)),
            Err(error) => Err(error.kind.to_string()),
        };
        self.seen.push(Seen { what: what.to_owned(), value });
    }
}

/// A value as an expression would write it, in at most `TRACE_TEXT_MAX` bytes and a sign that more
/// follows. It stops there: a value that shares its parts may be longer than all memory.
pub fn shown(value: &Value) -> String {
    let mut text = Short(String::new());
    if write_value(&mut text, value).is_err() {
        text.0.push('…');
    }
    text.0
}

/// A text that refuses to grow.
struct Short(String);

impl Write for Short {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        let room = TRACE_TEXT_MAX - self.0.len();
        if more.len() <= room {
            self.0.push_str(more);
            return Ok(());
        }
        let end = (0..=room).rev().find(|end| more.is_char_boundary(*end)).unwrap_or(0);
        self.0.push_str(&more[..end]);
        Err(fmt::Error)
    }
}

fn write_value(out: &mut Short, value: &Value) -> fmt::Result {
    match value {
        Value::Null => out.write_str("null"),
        Value::Bool(is) => write!(out, "{is}"),
        Value::Int(number) => write!(out, "{number}"),
        Value::Uint(number) => write!(out, "{number}u"),
        Value::Double(number) => write!(out, "{number:?}"),
        Value::String(text) => write_text(out, text),
        Value::Bytes(bytes) => write!(out, "{} bytes", bytes.len()),
        Value::Timestamp(instant) => write!(out, "timestamp('{instant}')"),
        Value::Duration(span) => write!(out, "duration('{span}')"),
        Value::Type(kind) => write!(out, "{kind}"),
        Value::List(items) => {
            out.write_str("[")?;
            for (index, item) in items.iter().enumerate() {
                out.write_str(if index > 0 { ", " } else { "" })?;
                write_value(out, item)?;
            }
            out.write_str("]")
        }
        Value::Map(map) => {
            out.write_str("{")?;
            for (index, (key, value)) in map.entries().iter().enumerate() {
                out.write_str(if index > 0 { ", " } else { "" })?;
                write_value(out, &key.to_value())?;
                out.write_str(": ")?;
                write_value(out, value)?;
            }
            out.write_str("}")
        }
    }
}

/// A text between quotes, with what cannot be seen escaped.
fn write_text(out: &mut Short, text: &str) -> fmt::Result {
    out.write_str("'")?;
    for character in text.chars() {
        match character {
            '\'' | '\\' => write!(out, "\\{character}")?,
            '\n' => out.write_str("\\n")?,
            _ if character.is_control() => write!(out, "\\U{:08x}", character as u32)?,
            _ => out.write_char(character)?,
        }
    }
    out.write_str("'")
}
