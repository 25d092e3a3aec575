//! Policies, compiled, and what two of them decide (Exoscale's IAM guide, "Policy evaluation").
//!
//! The organization's policy and the role's must both allow. In each: the service's entry allows,
//! denies, or has rules; of these the first whose expression is true decides, by its action. An
//! expression that is not true, or has no value, concludes nothing. If none is true, the service is
//! refused, whatever the default strategy: that is for services without an entry.
//!
//! Beside the role somebody may have a grant: [`Decision::beside`]. A role that is only assumed may do
//! less: [`Decision::assumed`].

use crate::bindings::Bindings;
use crate::error::{EvalError, ParseError};
use crate::expression::Expression;
use crate::fuel::Fuel;
use crate::trace::{Seen, Trace, shown};
use crate::value::Value;
use std::collections::BTreeMap;
use std::fmt;

/// What a rule, an entry or a default does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    Allow,
    Deny,
}

/// Whose policy it is. The organization's is asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    Organization,
    Role,
    /// No policy: what somebody was granted beside their role, for a while.
    Grant,
}

/// A rule. One that cannot be parsed is kept, to be shown, and concludes nothing.
#[derive(Debug, PartialEq)]
pub struct CompiledRule {
    pub action: Strategy,
    pub expression: Result<Expression, ParseError>,
}

impl CompiledRule {
    pub fn new(action: Strategy, source: &str) -> Self {
        CompiledRule { action, expression: Expression::parse(source) }
    }
}

/// What a policy has for one service.
#[derive(Debug, PartialEq)]
pub enum CompiledService {
    Allow,
    Deny,
    Rules(Vec<CompiledRule>),
}

/// A policy whose expressions are parsed. How large one may be is said where it is written; whatever
/// its size, a decision takes no more than its fuel.
#[derive(Debug, PartialEq)]
pub struct CompiledPolicy {
    default: Strategy,
    services: BTreeMap<String, CompiledService>,
}

impl CompiledPolicy {
    /// A policy without entries.
    pub fn new(default: Strategy) -> Self {
        CompiledPolicy { default, services: BTreeMap::new() }
    }

    /// Adds the entry of a service; of two the last stands.
    pub fn with(mut self, service: impl Into<String>, entry: CompiledService) -> Self {
        self.services.insert(service.into(), entry);
        self
    }

    /// The entries.
    pub fn services(&self) -> &BTreeMap<String, CompiledService> {
        &self.services
    }
}

/// Why a layer said what it said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The service has no entry: the default strategy decides.
    Default,
    /// The service's entry decides, without rules.
    Entry,
    /// This rule is the first that is true; counted from zero.
    Rule(usize),
    /// No rule of the service is true.
    NoRule,
    /// The work that a decision may do was used up at this rule.
    OutOfFuel(usize),
    /// A grant names just this, and the role does not allow it.
    Named,
    /// The role is only assumed, and nobody does this with an assumed one.
    Assumed,
}

/// Whether a service may be used. `layer` is the one that refused; if both policies allowed, the role,
/// and if a grant did in the role's place, that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub allowed: bool,
    pub layer: Layer,
    pub service: String,
    pub why: Why,
}

impl Decision {
    /// The decision for somebody who may have a grant of what is asked. It stands in the place of a role
    /// that refuses, and of nothing else: what the organization refuses stays refused.
    pub fn beside(self, is_granted: impl FnOnce() -> bool) -> Decision {
        match !self.allowed && self.layer == Layer::Role && is_granted() {
            true => Decision { allowed: true, layer: Layer::Grant, why: Why::Named, ..self },
            false => self,
        }
    }

    /// The decision for somebody who has only assumed the role, where some things are closed to them
    /// whatever is allowed.
    pub fn assumed(self, is_closed: impl FnOnce() -> bool) -> Decision {
        match self.allowed && is_closed() {
            true => Decision { allowed: false, layer: Layer::Role, why: Why::Assumed, ..self },
            false => self,
        }
    }
}

impl fmt::Display for Decision {
    /// A sentence: who, what, why. Rules are counted from one, as people do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let layer = match self.layer {
            Layer::Organization => "the organization's policy",
            Layer::Role => "the role's policy",
            Layer::Grant => "a grant",
        };
        let verb = if self.allowed { "allows" } else { "refuses" };
        write!(f, "{layer} {verb} the service {:?} (", self.service)?;
        match self.why {
            Why::Default => write!(f, "it has no entry, and the default strategy decides")?,
            Why::Entry => write!(f, "its entry says so")?,
            Why::Rule(index) => write!(f, "rule {} is true", index + 1)?,
            Why::NoRule => write!(f, "none of its rules is true")?,
            Why::OutOfFuel(index) => {
                write!(f, "rule {} takes more work than a decision may", index + 1)?;
            }
            Why::Named => write!(f, "it names what is asked")?,
            Why::Assumed => write!(f, "it is only assumed")?,
        }
        write!(f, ")")
    }
}

/// What became of one rule, for whoever asks why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub layer: Layer,
    /// Counted from zero.
    pub rule: usize,
    pub outcome: Outcome,
    /// What the expression read.
    pub seen: Vec<Seen>,
}

/// What a rule's expression came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    True,
    False,
    /// Something that is neither true nor false, shortened.
    Other(String),
    /// It has no value with these bindings.
    Failed(EvalError),
    /// It is no expression.
    Invalid(ParseError),
}

/// Whether both policies let a service be used.
pub fn decide(
    organization: &CompiledPolicy,
    role: &CompiledPolicy,
    service: &str,
    bindings: &Bindings,
) -> Decision {
    decision(organization, role, service, bindings, None)
}

/// The same decision by the same function, and what became of each rule that it met.
pub fn explain(
    organization: &CompiledPolicy,
    role: &CompiledPolicy,
    service: &str,
    bindings: &Bindings,
) -> (Decision, Vec<Report>) {
    let mut reports = Vec::new();
    let decision = decision(organization, role, service, bindings, Some(&mut reports));
    (decision, reports)
}

fn decision(
    organization: &CompiledPolicy,
    role: &CompiledPolicy,
    service: &str,
    bindings: &Bindings,
    mut reports: Option<&mut Vec<Report>>,
) -> Decision {
    let mut fuel = Fuel::of_a_decision();
    let mut ask = |layer, policy: &CompiledPolicy| {
        let (strategy, why) = match policy.services.get(service) {
            None => (policy.default, Why::Default),
            Some(CompiledService::Allow) => (Strategy::Allow, Why::Entry),
            Some(CompiledService::Deny) => (Strategy::Deny, Why::Entry),
            Some(CompiledService::Rules(rules)) => {
                conclude(rules, layer, bindings, &mut fuel, reports.as_deref_mut())
            }
        };
        let allowed = strategy == Strategy::Allow;
        Decision { allowed, layer, service: service.to_owned(), why }
    };
    let first = ask(Layer::Organization, organization);
    if first.allowed { ask(Layer::Role, role) } else { first }
}

/// What rules come to in their order. It stands alone as well: whether somebody may assume a role is
/// such a list without a policy around it.
pub fn conclude(
    rules: &[CompiledRule],
    layer: Layer,
    bindings: &Bindings,
    fuel: &mut Fuel,
    mut reports: Option<&mut Vec<Report>>,
) -> (Strategy, Why) {
    for (index, rule) in rules.iter().enumerate() {
        let mut trace = reports.is_some().then(Trace::default);
        let value = match &rule.expression {
            Ok(expression) => Ok(expression.run(bindings, fuel, trace.as_mut())),
            Err(error) => Err(error),
        };
        let is_true = matches!(value, Ok(Ok(Value::Bool(true))));
        let is_out = matches!(&value, Ok(Err(error)) if error.is_out_of_fuel());
        if let Some(reports) = reports.as_deref_mut() {
            let seen = trace.unwrap_or_default().seen;
            reports.push(Report { layer, rule: index, outcome: outcome(value), seen });
        }
        if is_true {
            return (rule.action, Why::Rule(index));
        }
        if is_out {
            return (Strategy::Deny, Why::OutOfFuel(index));
        }
    }
    (Strategy::Deny, Why::NoRule)
}

fn outcome(value: Result<Result<Value, EvalError>, &ParseError>) -> Outcome {
    match value {
        Ok(Ok(Value::Bool(true))) => Outcome::True,
        Ok(Ok(Value::Bool(false))) => Outcome::False,
        Ok(Ok(other)) => Outcome::Other(shown(&other)),
        Ok(Err(error)) => Outcome::Failed(error),
        Err(error) => Outcome::Invalid(error.clone()),
    }
}
