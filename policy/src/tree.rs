//! A parsed expression: nodes in one flat list that name each other by number.
//!
//! Nothing owns anything deep, so a tree is walked, dropped and searched without a stack of its
//! own. A node stands behind those that it names, and knows how high the tree below it is.

use crate::function::{Entry, Macro};
use crate::pattern::Pattern;
use crate::value::Value;
use std::sync::Arc;

/// The place of a node. There are fewer nodes than twice the tokens.
pub(crate) type Id = u16;

/// An operator between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    Different,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// What a node does.
#[derive(Debug)]
pub(crate) enum Kind {
    Literal(Value),
    /// A binding, or a type.
    Name(Arc<str>),
    /// A macro's variable: how many macros stand around it.
    Local(usize),
    Select {
        of: Id,
        field: Arc<str>,
    },
    /// `has(of.field)`.
    Has {
        of: Id,
        field: Arc<str>,
    },
    Index {
        of: Id,
        key: Id,
    },
    Not(Id),
    Negate(Id),
    Binary(Operator, Id, Id),
    And(Box<[Id]>),
    Or(Box<[Id]>),
    Choose {
        condition: Id,
        yes: Id,
        no: Id,
    },
    List(Box<[Id]>),
    Map(Box<[(Id, Id)]>),
    Call {
        function: &'static Entry,
        has_receiver: bool,
        values: Box<[Id]>,
    },
    /// A function that there is not; an expression with one is accepted, and has no value.
    Unknown {
        name: Arc<str>,
    },
    /// `matches` with a literal, which is compiled once.
    Match {
        text: Id,
        pattern: Pattern,
    },
    Macro {
        kind: Macro,
        over: Id,
        slot: usize,
        body: Id,
        then: Option<Id>,
    },
}

/// A node, and where its text is.
#[derive(Debug)]
pub(crate) struct Node {
    pub kind: Kind,
    pub at: usize,
    pub end: usize,
    pub height: usize,
    /// Whether this is the whole of something that is read from the bindings: in `a.b.c` the
    /// outermost, so that a trace names what the expression names.
    pub is_read: bool,
}

impl Kind {
    /// Calls `visit` for each node that this one names.
    pub fn children(&self, mut visit: impl FnMut(Id)) {
        match self {
            Kind::Literal(_) | Kind::Name(_) | Kind::Local(_) | Kind::Unknown { .. } => {}
            Kind::Select { of, .. } | Kind::Has { of, .. } => visit(*of),
            Kind::Not(of) | Kind::Negate(of) | Kind::Match { text: of, .. } => visit(*of),
            Kind::Index { of: left, key: right } | Kind::Binary(_, left, right) => {
                visit(*left);
                visit(*right);
            }
            Kind::And(all) | Kind::Or(all) | Kind::List(all) => all.iter().copied().for_each(visit),
            Kind::Call { values, .. } => values.iter().copied().for_each(visit),
            Kind::Map(entries) => entries.iter().for_each(|(key, value)| {
                visit(*key);
                visit(*value);
            }),
            Kind::Choose { condition, yes, no } => {
                [condition, yes, no].into_iter().copied().for_each(visit);
            }
            Kind::Macro { over, body, then, .. } => {
                visit(*over);
                visit(*body);
                then.iter().copied().for_each(visit);
            }
        }
    }
}
