//! `all`, `exists`, `exists_one`, `map` and `filter` (language definition, "Macros").

use super::{Evaluated, Machine, Verdict, no_overload};
use crate::error::{ErrorKind, EvalError};
use crate::function::Macro;
use crate::tree::Id;
use crate::value::Value;
use std::sync::Arc;

/// What a macro goes through: the elements of a list, or the keys of a map.
enum Items {
    List(Arc<[Value]>),
    Map(Arc<crate::map::Map>),
}

impl Items {
    fn get(&self, index: usize) -> Option<Value> {
        match self {
            Items::List(items) => items.get(index).cloned(),
            Items::Map(map) => map.entries().get(index).map(|(key, _)| key.to_value()),
        }
    }
}

impl Machine<'_> {
    pub(super) fn go_through(
        &mut self,
        at: usize,
        kind: Macro,
        over: Id,
        slot: usize,
        body: Id,
        then: Option<Id>,
    ) -> Evaluated {
        let items = match self.value(over)? {
            Value::List(items) => Items::List(items),
            Value::Map(map) => Items::Map(map),
            other => return Err(EvalError { at, kind: no_overload("a macro", &[&other]) }),
        };
        match kind {
            Macro::All => self.any(&items, slot, body, false),
            Macro::Exists => self.any(&items, slot, body, true),
            Macro::ExistsOne => {
                let mut count = 0;
                for index in 0.. {
                    let Some(item) = items.get(index) else { break };
                    count += usize::from(self.is_true(slot, item, body)?);
                }
                Ok(Value::Bool(count == 1))
            }
            Macro::Filter => {
                let mut kept = Vec::new();
                for index in 0.. {
                    let Some(item) = items.get(index) else { break };
                    if self.is_true(slot, item.clone(), body)? {
                        kept.push(item);
                    }
                }
                Ok(Value::List(kept.into()))
            }
            Macro::Map => {
                let mut made = Vec::new();
                for index in 0.. {
                    let Some(item) = items.get(index) else { break };
                    if let Some(then) = then {
                        if self.is_true(slot, item, body)? {
                            made.push(self.value(then)?);
                        }
                    } else {
                        made.push(self.with(slot, item, body)?);
                    }
                }
                Ok(Value::List(made.into()))
            }
        }
    }

    /// `all` and `exists`: `&&` and `||` over the items.
    fn any(&mut self, items: &Items, slot: usize, body: Id, decides: bool) -> Evaluated {
        let mut verdict = Verdict::new(decides);
        let at = self.nodes[usize::from(body)].at;
        for index in 0.. {
            let Some(item) = items.get(index) else { break };
            let value = self.with(slot, item, body);
            if verdict.add(at, value)? {
                break;
            }
        }
        verdict.value()
    }

    /// The body with its variable. What an inner macro left behind is taken away.
    fn with(&mut self, slot: usize, item: Value, body: Id) -> Evaluated {
        self.locals.truncate(slot);
        self.locals.push(item);
        self.value(body)
    }

    /// The same, where nothing but true or false will do.
    fn is_true(&mut self, slot: usize, item: Value, body: Id) -> Result<bool, EvalError> {
        match self.with(slot, item, body)? {
            Value::Bool(is) => Ok(is),
            other => {
                let at = self.nodes[usize::from(body)].at;
                Err(EvalError { at, kind: ErrorKind::NotBool(other.kind()) })
            }
        }
    }
}
