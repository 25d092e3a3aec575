//! An expression: parsed once, evaluated as often as one likes.

use crate::bindings::Bindings;
use crate::error::{EvalError, ParseError};
use crate::evaluate::Machine;
use crate::fuel::Fuel;
use crate::parse;
use crate::trace::Trace;
use crate::tree::{Id, Node};
use crate::value::Value;
use std::fmt;

/// A parsed expression. It may be shared between threads.
pub struct Expression {
    source: Box<str>,
    pub(crate) nodes: Box<[Node]>,
    pub(crate) root: Id,
}

impl Expression {
    /// Parses a source. It is an expression, if the grammar says so: names and functions that there
    /// are not, and texts that are no timestamps, fail when it is evaluated, and
    /// [`Expression::lint`] warns of them.
    pub fn parse(source: &str) -> Result<Expression, ParseError> {
        let (nodes, root) = parse::parse(source).map_err(|error| *error)?;
        Ok(Expression { source: source.into(), nodes: nodes.into(), root })
    }

    /// What it was parsed from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its value with these bindings. The fuel that this took is gone, whatever came of it.
    pub fn evaluate(&self, bindings: &Bindings, fuel: &mut Fuel) -> Result<Value, EvalError> {
        self.run(bindings, fuel, None)
    }

    /// The same, and remembers what it read.
    pub fn evaluate_traced(
        &self,
        bindings: &Bindings,
        fuel: &mut Fuel,
        trace: &mut Trace,
    ) -> Result<Value, EvalError> {
        self.run(bindings, fuel, Some(trace))
    }

    pub(crate) fn run<'a>(
        &'a self,
        bindings: &'a Bindings,
        fuel: &'a mut Fuel,
        trace: Option<&'a mut Trace>,
    ) -> Result<Value, EvalError> {
        let (source, nodes) = (&*self.source, &*self.nodes);
        Machine { source, nodes, bindings, fuel, trace, locals: Vec::new() }.value(self.root)
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expression").field(&self.source).finish()
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}
