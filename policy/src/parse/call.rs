//! Calls, the macros among them, and what is said when something else stands where it should not.

use super::{Failed, Parsed, Parser, RESERVED};
use crate::error::ParseError;
use crate::function::{self, Entry, Function, MACROS, Macro};
use crate::lex::Token;
use crate::pattern::Pattern;
use crate::time::{Duration, Timestamp};
use crate::tree::{Id, Kind};
use crate::value::Value;
use std::sync::Arc;

impl Parser<'_> {
    /// `name(…)`, from behind the bracket.
    pub(super) fn call(&mut self, at: usize, name: &Arc<str>) -> Parsed {
        let values = self.items(")", at)?;
        if &**name == "has" {
            return self.has(at, &values);
        }
        self.invoke(at, name, false, values)
    }

    /// `value.name(…)`, from behind the bracket.
    pub(super) fn method(&mut self, at: usize, receiver: Id, name: &Arc<str>) -> Parsed {
        if let Some((_, kind)) = MACROS.iter().find(|(known, _)| **known == **name) {
            return self.go_through(at, receiver, name, *kind);
        }
        let open = self.at();
        let mut values = vec![receiver];
        values.extend(self.items(")", open)?);
        self.invoke(at, name, true, values)
    }

    fn invoke(
        &mut self,
        at: usize,
        name: &Arc<str>,
        has_receiver: bool,
        values: Vec<Id>,
    ) -> Parsed {
        let Some(function) = function::entry(name) else {
            return self.add(at, Kind::Unknown { name: name.clone() });
        };
        let kind = self.folded(function, &values).unwrap_or_else(|| Kind::Call {
            function,
            has_receiver,
            values: values.into(),
        });
        self.add(at, kind)
    }

    /// What a call with literals comes to that is the same each time, as far as it is worth it:
    /// compiled patterns, timestamps and durations.
    fn folded(&self, function: &Entry, values: &[Id]) -> Option<Kind> {
        let Value::String(text) = self.literal(*values.last()?)? else { return None };
        let value = match (function.function, values) {
            (Function::Matches, [of, _]) => {
                return Some(Kind::Match { text: *of, pattern: Pattern::compile(&text) });
            }
            (Function::Timestamp, [_]) => Value::Timestamp(Timestamp::parse(&text)?),
            (Function::Duration, [_]) => Value::Duration(Duration::parse(&text)?),
            _ => return None,
        };
        Some(Kind::Literal(value))
    }

    /// `has(a.b)`: whether a map has a field.
    fn has(&mut self, at: usize, values: &[Id]) -> Parsed {
        let select = match values {
            [only] => match &self.nodes[usize::from(*only)].kind {
                Kind::Select { of, field } => Some((*only, *of, field.clone())),
                _ => None,
            },
            _ => None,
        };
        let Some((select, of, field)) = select else {
            return Err(ParseError::new(
                at,
                "has() asks for one field",
                "write it as has(parameters.name), or as parameters.has('name')",
            ));
        };
        // The selection becomes the question: nobody else names it.
        let end = self.end();
        let node = &mut self.nodes[usize::from(select)];
        (node.kind, node.at, node.end) = (Kind::Has { of, field }, at, end);
        Ok(select)
    }

    /// `list.all(x, …)` and the like, from behind the bracket.
    fn go_through(&mut self, at: usize, over: Id, name: &str, kind: Macro) -> Parsed {
        let open = self.at();
        let variable = match (self.peek(), self.tokens.get(self.next + 1).map(|next| &next.token)) {
            (Token::Name(variable), Some(Token::Mark(","))) if !RESERVED.contains(&&**variable) => {
                variable.clone()
            }
            _ => {
                return Err(ParseError::new(
                    open,
                    format!("{name}() wants a name of your own first"),
                    format!("write it as list.{name}(item, item == 'a')"),
                ));
            }
        };
        self.next += 2;
        let slot = self.scope.len();
        self.scope.push(variable);
        let body = self.expression()?;
        let then = match kind {
            Macro::Map if self.take(",") => Some(self.expression()?),
            _ => None,
        };
        self.scope.truncate(slot);
        self.expect(")", open, "close the bracket that begins here")?;
        self.add(at, Kind::Macro { kind, over, slot, body, then })
    }

    /// Takes what has to come next; `open` is where what it belongs to begins.
    pub(super) fn expect(
        &mut self,
        mark: &'static str,
        open: usize,
        hint: &'static str,
    ) -> Result<(), Failed> {
        if self.take(mark) { Ok(()) } else { Err(self.unclosed(mark, open, hint)) }
    }

    /// Something was begun, and something else than its end comes next.
    pub(super) fn unclosed(&self, mark: &'static str, open: usize, hint: &'static str) -> Failed {
        if *self.peek() == Token::End {
            return ParseError::new(open, format!("{mark} is missing for what begins here"), hint);
        }
        self.unexpected(match self.peek() {
            Token::Name(word) if matches!(&**word, "and" | "AND") => {
                "conditions are joined with &&"
            }
            Token::Name(word) if matches!(&**word, "or" | "OR") => "conditions are joined with ||",
            _ => "here should stand an operator, a comma or the closing bracket",
        })
    }

    /// The next token does not belong here.
    pub(super) fn unexpected(&self, hint: &'static str) -> Failed {
        let token = &self.tokens[self.next];
        let message = match (&token.token, self.source.get(token.at..token.end)) {
            (Token::End, _) | (_, None) => "the expression ends too early".to_owned(),
            (_, Some(text)) if text.len() <= 40 => format!("{text} does not belong here"),
            _ => "this text does not belong here".to_owned(),
        };
        ParseError::new(token.at, message, hint)
    }
}
