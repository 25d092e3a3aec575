//! From the tree to a value (language definition, "Evaluation").
//!
//! It descends by the height of the tree, which `HEIGHT_MAX` bounds, and takes fuel before each
//! step, so no input takes more stack, time or memory than that.

mod calculate;
mod call;
mod compare;
mod convert;
mod macros;

pub(crate) use call::network;

use crate::bindings::Bindings;
use crate::error::{ErrorKind, EvalError};
use crate::fuel::Fuel;
use crate::map::{Key, Map};
use crate::trace::Trace;
use crate::tree::{Id, Kind, Node, Operator};
use crate::value::{Type, Value};
use std::sync::Arc;

/// What evaluates one expression once.
pub(crate) struct Machine<'a> {
    pub source: &'a str,
    pub nodes: &'a [Node],
    pub bindings: &'a Bindings,
    pub fuel: &'a mut Fuel,
    pub trace: Option<&'a mut Trace>,
    /// Variables of the macros around.
    pub locals: Vec<Value>,
}

type Evaluated = Result<Value, EvalError>;
type Found = Result<Value, ErrorKind>;

impl<'a> Machine<'a> {
    /// The value of a node. What descends keeps its frames small: each kind of node is looked at
    /// in a function of its own.
    pub fn value(&mut self, id: Id) -> Evaluated {
        let node = &self.nodes[usize::from(id)];
        self.fuel.take(1).map_err(|kind| EvalError { at: node.at, kind })?;
        if node.is_read && self.trace.is_some() { self.seen(node) } else { self.value_of(node) }
    }

    fn seen(&mut self, node: &'a Node) -> Evaluated {
        let value = self.value_of(node);
        if let Some(trace) = self.trace.as_deref_mut() {
            trace.saw(self.source.get(node.at..node.end).unwrap_or_default(), &value);
        }
        value
    }

    fn value_of(&mut self, node: &'a Node) -> Evaluated {
        match &node.kind {
            Kind::And(terms) => self.terms(terms, false),
            Kind::Or(terms) => self.terms(terms, true),
            Kind::Choose { condition, yes, no } => self.choose(*condition, *yes, *no),
            Kind::Binary(operator, left, right) => self.operation(node, *operator, *left, *right),
            Kind::Not(of) | Kind::Negate(of) => self.signed(node, *of),
            Kind::Select { of, .. } | Kind::Has { of, .. } | Kind::Match { text: of, .. } => {
                self.part(node, *of)
            }
            Kind::Index { of, key } => self.index(node, *of, *key),
            Kind::List(items) => self.list(items),
            Kind::Map(entries) => self.map(node.at, entries),
            Kind::Call { function, has_receiver, values } => {
                self.call(node.at, function, *has_receiver, values)
            }
            Kind::Macro { kind, over, slot, body, then } => {
                self.go_through(node.at, *kind, *over, *slot, *body, *then)
            }
            Kind::Literal(_) | Kind::Name(_) | Kind::Local(_) | Kind::Unknown { .. } => {
                self.leaf(node)
            }
        }
    }

    fn leaf(&mut self, node: &Node) -> Evaluated {
        match &node.kind {
            Kind::Literal(value) => Ok(value.clone()),
            Kind::Name(name) => self.named(name),
            Kind::Local(slot) => Ok(self.locals.get(*slot).cloned().unwrap_or(Value::Null)),
            Kind::Unknown { name } => Err(ErrorKind::UnknownFunction(name.clone())),
            _ => Ok(Value::Null),
        }
        .map_err(node.failed())
    }

    fn operation(&mut self, node: &Node, operator: Operator, left: Id, right: Id) -> Evaluated {
        let left = self.value(left)?;
        let right = self.value(right)?;
        self.binary(operator, &left, &right).map_err(node.failed())
    }

    fn signed(&mut self, node: &Node, of: Id) -> Evaluated {
        let of = self.value(of)?;
        match (&node.kind, &of) {
            (Kind::Not(_), Value::Bool(is)) => Ok(Value::Bool(!is)),
            (Kind::Not(_), other) => Err(ErrorKind::NotBool(other.kind())),
            (_, number) => calculate::negated(number),
        }
        .map_err(node.failed())
    }

    fn part(&mut self, node: &Node, of: Id) -> Evaluated {
        let of = self.value(of)?;
        match (&node.kind, &of) {
            (Kind::Select { field, .. }, Value::Map(map)) => {
                map.field(field).cloned().ok_or_else(|| ErrorKind::NoSuchField(field.clone()))
            }
            (Kind::Has { field, .. }, Value::Map(map)) => {
                Ok(Value::Bool(map.field(field).is_some()))
            }
            (Kind::Match { pattern, .. }, Value::String(text)) => {
                pattern.is_match(text, self.fuel).map(Value::Bool)
            }
            (Kind::Select { .. }, other) => Err(no_overload("a field", &[other])),
            (Kind::Has { .. }, other) => Err(no_overload("has()", &[other])),
            (_, other) => Err(no_overload("matches", &[other])),
        }
        .map_err(node.failed())
    }

    /// `of[key]`.
    fn index(&mut self, node: &Node, of: Id, key: Id) -> Evaluated {
        let of = self.value(of)?;
        let key = self.value(key)?;
        self.fuel.take_bytes(key.bytes()).and_then(|()| element(&of, &key)).map_err(node.failed())
    }

    fn named(&self, name: &Arc<str>) -> Found {
        match self.bindings.get(name) {
            Some(value) => Ok(value.clone()),
            None => Type::named(name)
                .map(Value::Type)
                .ok_or_else(|| ErrorKind::UnknownName(name.clone())),
        }
    }

    /// `&&` (stops at `false`) and `||` (stops at `true`): a term that decides does so whatever
    /// the others are, errors among them (language definition, "Logical Operators").
    fn terms(&mut self, terms: &[Id], decides: bool) -> Evaluated {
        let mut verdict = Verdict::new(decides);
        for term in terms {
            let at = self.nodes[usize::from(*term)].at;
            let value = self.value(*term);
            if verdict.add(at, value)? {
                break;
            }
        }
        verdict.value()
    }

    fn choose(&mut self, condition: Id, yes: Id, no: Id) -> Evaluated {
        match self.value(condition)? {
            Value::Bool(true) => self.value(yes),
            Value::Bool(false) => self.value(no),
            other => {
                let at = self.nodes[usize::from(condition)].at;
                Err(EvalError { at, kind: ErrorKind::NotBool(other.kind()) })
            }
        }
    }

    fn binary(&mut self, operator: Operator, left: &Value, right: &Value) -> Found {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let orderings: &[std::cmp::Ordering] = match operator {
            Operator::Equal => return Ok(Value::Bool(compare::equal(left, right, self.fuel)?)),
            Operator::Different => {
                return Ok(Value::Bool(!compare::equal(left, right, self.fuel)?));
            }
            Operator::In => return compare::is_in(left, right, self.fuel).map(Value::Bool),
            Operator::Less => &[Less],
            Operator::LessOrEqual => &[Less, Equal],
            Operator::Greater => &[Greater],
            Operator::GreaterOrEqual => &[Greater, Equal],
            _ => return calculate::binary(operator, left, right, self.fuel),
        };
        let ordering = compare::order(left, right, self.fuel)?;
        Ok(Value::Bool(ordering.is_some_and(|ordering| orderings.contains(&ordering))))
    }

    fn list(&mut self, items: &[Id]) -> Evaluated {
        let items = items.iter().map(|item| self.value(*item));
        Ok(Value::List(items.collect::<Result<_, _>>()?))
    }

    fn map(&mut self, at: usize, ids: &[(Id, Id)]) -> Evaluated {
        let mut entries = Vec::with_capacity(ids.len());
        for (key, value) in ids {
            let key = self.key(at, *key)?;
            entries.push((key, self.value(*value)?));
        }
        let map = Map::of_different(entries).ok_or(ErrorKind::DuplicateKey);
        map.map(|map| Value::Map(Arc::new(map))).map_err(|kind| EvalError { at, kind })
    }

    fn key(&mut self, at: usize, key: Id) -> Result<Key, EvalError> {
        let key = self.value(key)?;
        let paid = self.fuel.take_bytes(key.bytes());
        paid.and_then(|()| Key::of(&key).ok_or_else(|| no_overload("a key", &[&key])))
            .map_err(|kind| EvalError { at, kind })
    }
}

/// An element of a list by its place, or what a map has under a key.
fn element(of: &Value, key: &Value) -> Found {
    match (of, key) {
        (Value::List(items), _) => {
            let place = compare::whole_number(key).ok_or_else(|| no_overload("[…]", &[of, key]))?;
            let item = usize::try_from(place).ok().and_then(|place| items.get(place));
            item.cloned().ok_or(ErrorKind::IndexOutOfRange)
        }
        (Value::Map(map), Value::String(name)) => {
            map.field(name).cloned().ok_or_else(|| ErrorKind::NoSuchField(name.clone()))
        }
        (Value::Map(map), Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::Double(_)) => {
            map.get(key).cloned().ok_or(ErrorKind::NoSuchKey)
        }
        _ => Err(no_overload("[…]", &[of, key])),
    }
}

/// The result of terms that stand beside each other.
struct Verdict {
    decides: bool,
    is_decided: bool,
    failed: Option<EvalError>,
}

impl Verdict {
    fn new(decides: bool) -> Self {
        Verdict { decides, is_decided: false, failed: None }
    }

    /// Whether this term has decided. Only the lack of fuel cannot be passed over.
    fn add(&mut self, at: usize, term: Evaluated) -> Result<bool, EvalError> {
        let failed = match term {
            Ok(Value::Bool(is)) => {
                self.is_decided = is == self.decides;
                return Ok(self.is_decided);
            }
            Ok(other) => EvalError { at, kind: ErrorKind::NotBool(other.kind()) },
            Err(error) if error.is_out_of_fuel() => return Err(error),
            Err(error) => error,
        };
        self.failed.get_or_insert(failed);
        Ok(false)
    }

    fn value(self) -> Evaluated {
        match self.failed {
            Some(error) if !self.is_decided => Err(error),
            _ => Ok(Value::Bool(self.is_decided == self.decides)),
        }
    }
}

impl Node {
    /// An error of this node.
    fn failed(&self) -> impl Fn(ErrorKind) -> EvalError + use<> {
        let at = self.at;
        move |kind| EvalError { at, kind }
    }
}

/// The operator or function is not there for these.
fn no_overload(what: &'static str, values: &[&Value]) -> ErrorKind {
    let kind = |index: usize| values.get(index).map(|value| value.kind());
    ErrorKind::NoOverload { what, given: [kind(0), kind(1)] }
}
