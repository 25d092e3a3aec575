//! What stands between operators: literals, names, lists, maps and brackets.

use super::{Failed, Parsed, Parser, RESERVED};
use crate::error::ParseError;
use crate::lex::Token;
use crate::tree::{Id, Kind};
use crate::value::Value;
use std::sync::Arc;

impl Parser<'_> {
    /// A literal, a name, a call, or something in brackets.
    pub(super) fn primary(&mut self, is_negative: bool) -> Parsed {
        let at = self.at();
        match self.peek() {
            Token::Name(_) => self.name(at),
            Token::Mark("(") => self.group(at),
            Token::Mark("[") => self.list(at),
            Token::Mark("{") => self.map(at),
            // A name from the outermost scope: there is only one.
            Token::Mark(".") => {
                self.next += 1;
                match self.peek() {
                    Token::Name(_) => self.name(at),
                    _ => Err(self.unexpected("a name comes after a point")),
                }
            }
            _ => self.number_or_text(at, is_negative),
        }
    }

    fn group(&mut self, open: usize) -> Parsed {
        self.next += 1;
        let id = self.expression()?;
        self.expect(")", open, "close the bracket that begins here")?;
        Ok(id)
    }

    fn number_or_text(&mut self, at: usize, is_negative: bool) -> Parsed {
        let value = match self.peek() {
            Token::Int(number) => self.integer(*number, is_negative)?,
            Token::Double(number) => Value::Double(if is_negative { -number } else { *number }),
            Token::Uint(number) => Value::Uint(*number),
            Token::Text(text) => Value::String(text.clone()),
            Token::Bytes(bytes) => Value::Bytes(bytes.clone()),
            _ => {
                return Err(self.unexpected("here stands a value, as a name, a number or a 'text'"));
            }
        };
        self.next += 1;
        self.add(at, Kind::Literal(value))
    }

    fn integer(&self, number: u64, is_negative: bool) -> Result<Value, Failed> {
        let signed = if is_negative {
            0_i64.checked_sub_unsigned(number)
        } else {
            i64::try_from(number).ok()
        };
        signed.map(Value::Int).ok_or_else(|| {
            let hint = "integers have 64 bits; write a u behind it, or a decimal point";
            ParseError::new(self.at(), "this number is too large", hint)
        })
    }

    fn name(&mut self, at: usize) -> Parsed {
        let Token::Name(name) = self.peek().clone() else { return self.group(at) };
        let literal = match &*name {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            "null" => Some(Value::Null),
            _ if RESERVED.contains(&&*name) => return Err(self.reserved(&name)),
            _ => None,
        };
        self.next += 1;
        if self.take("(") {
            return self.call(at, &name);
        }
        self.add_name(at, name, literal)
    }

    fn add_name(&mut self, at: usize, name: Arc<str>, literal: Option<Value>) -> Parsed {
        let local = self.scope.iter().rposition(|variable| *variable == name);
        let kind = match (literal, local) {
            (Some(value), _) => Kind::Literal(value),
            (None, Some(slot)) => Kind::Local(slot),
            (None, None) => Kind::Name(name),
        };
        self.add(at, kind)
    }

    fn reserved(&self, name: &str) -> Failed {
        ParseError::new(
            self.at(),
            format!("{name} is a word that the language keeps for itself"),
            "a field of this name can be read as ['name']",
        )
    }

    fn list(&mut self, open: usize) -> Parsed {
        self.next += 1;
        let items = self.items("]", open)?;
        let values: Option<Arc<[Value]>> = items.iter().map(|id| self.literal(*id)).collect();
        let kind = match values {
            // What never changes is made once.
            Some(values) => Kind::Literal(Value::List(values)),
            None => Kind::List(items.into()),
        };
        self.add(open, kind)
    }

    fn map(&mut self, open: usize) -> Parsed {
        self.next += 1;
        let mut entries = Vec::new();
        while !self.take("}") {
            let key = self.expression()?;
            self.expect(":", open, "a map is written as {'key': value, 'other': value}")?;
            entries.push((key, self.expression()?));
            if !self.take(",") && *self.peek() != Token::Mark("}") {
                return Err(self.unclosed("}", open, "close the bracket that begins here"));
            }
        }
        self.add(open, Kind::Map(entries.into()))
    }

    /// Expressions with commas between them, up to the closing bracket.
    pub(super) fn items(&mut self, close: &'static str, open: usize) -> Result<Vec<Id>, Failed> {
        let mut items = Vec::new();
        while !self.take(close) {
            items.push(self.expression()?);
            if !self.take(",") && *self.peek() != Token::Mark(close) {
                return Err(self.unclosed(close, open, "close the bracket that begins here"));
            }
        }
        Ok(items)
    }

    pub(super) fn literal(&self, id: Id) -> Option<Value> {
        match &self.nodes[usize::from(id)].kind {
            Kind::Literal(value) => Some(value.clone()),
            _ => None,
        }
    }
}
