//! What is probably not meant so. An expression with warnings is still one: Exoscale accepts a role
//! whose rule is the bare name `test`.

use crate::evaluate;
use crate::expression::Expression;
use crate::function::{self, FUNCTIONS, Function, MACROS};
use crate::map::Key;
use crate::time::{self, Duration, Timestamp};
use crate::tree::{Kind, Node, Operator};
use crate::value::{Type, Value};
use std::borrow::Cow;

/// A name that there is, and its fields, if they are known.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    pub name: &'a str,
    /// `None`: any field; `Some(&[])`: it has none.
    pub fields: Option<&'a [&'a str]>,
}

/// The names that a rule of a policy can read (Exoscale's IAM guide; it writes `resource` once and
/// `resources` elsewhere, so both are there).
pub const REQUEST: [Name<'static>; 11] = [
    Name { name: "service", fields: Some(&[]) },
    Name { name: "operation", fields: Some(&[]) },
    Name { name: "parameters", fields: None },
    Name { name: "resources", fields: None },
    Name { name: "resource", fields: None },
    Name { name: "identity", fields: Some(&["key", "created", "user", "role"]) },
    Name { name: "source_ip", fields: Some(&[]) },
    Name { name: "api_key", fields: Some(&[]) },
    Name { name: "zone", fields: Some(&[]) },
    Name { name: "now", fields: Some(&[]) },
    Name { name: "headers", fields: None },
];

/// A warning: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub at: usize,
    pub end: usize,
    pub message: String,
    pub hint: Cow<'static, str>,
}

/// A name or function that an expression uses, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use<'a> {
    pub at: usize,
    /// As it is written: `parameters.name`, `startsWith`.
    pub text: &'a str,
}

impl Expression {
    /// What it reads from the bindings, as it writes it; some of it more than once.
    pub fn names(&self) -> Vec<Use<'_>> {
        let read = self.nodes.iter().filter(|node| node.is_read);
        read.map(|node| Use { at: node.at, text: self.text(node) }).collect()
    }

    /// The functions and macros that it calls; some of them more than once.
    pub fn functions(&self) -> Vec<Use<'_>> {
        let call = |node: &'_ Node| {
            let text = match &node.kind {
                Kind::Call { function, .. } => function.name,
                Kind::Match { .. } => "matches",
                Kind::Has { .. } => "has",
                Kind::Macro { kind, .. } => {
                    MACROS.iter().find(|(_, known)| known == kind).map_or("", |(name, _)| name)
                }
                _ => return None,
            };
            Some(Use { at: node.at, text })
        };
        self.nodes.iter().filter_map(call).collect()
    }

    /// Warnings, in the order of the source.
    pub fn lint(&self, names: &[Name<'_>]) -> Vec<Warning> {
        let mut warnings: Vec<Warning> =
            self.nodes.iter().filter_map(|node| self.warning(node, names)).collect();
        let root = &self.nodes[usize::from(self.root)];
        if !may_be_bool(&root.kind) {
            let message = "this is never true, whatever is asked for".into();
            let hint = "a rule decides when its expression is true: compare with something".into();
            warnings.push(Warning { at: root.at, end: root.end, message, hint });
        }
        warnings.sort_by_key(|warning| warning.at);
        warnings
    }

    fn warning(&self, node: &Node, names: &[Name<'_>]) -> Option<Warning> {
        let (message, hint) = match &node.kind {
            Kind::Name(name) => unknown_name(name, names)?,
            Kind::Select { of, field } | Kind::Has { of, field } => {
                self.unknown_field(*of, field, names)?
            }
            Kind::Unknown { name } => {
                let known = FUNCTIONS.iter().map(|entry| entry.name);
                let known = known.chain(MACROS.iter().map(|(name, _)| *name));
                (format!("there is no function {name}"), suggestion(name, known))
            }
            Kind::Match { pattern, .. } => {
                let problem = pattern.problem()?;
                let hint = "patterns are RE2's, without classes of Unicode such as \\pL".into();
                (format!("the pattern cannot be used: {problem}"), hint)
            }
            Kind::Call { function, has_receiver, values } => {
                if !function.takes(*has_receiver, values.len()) {
                    let message = format!("{} is not called so", function.name);
                    let how =
                        if function.on_a_value.is_some() { "value.name(…)" } else { "name(…)" };
                    (
                        message,
                        format!("it is called as {how}, with as many values as it takes").into(),
                    )
                } else {
                    let literal = &self.nodes[usize::from(*values.last()?)].kind;
                    let Kind::Literal(Value::String(text)) = literal else { return None };
                    unreadable(function.function, values.len(), text)?
                }
            }
            _ => return None,
        };
        Some(Warning { at: node.at, end: node.end, message, hint })
    }

    fn unknown_field(
        &self,
        of: u16,
        field: &str,
        names: &[Name<'_>],
    ) -> Option<(String, Cow<'static, str>)> {
        let Kind::Name(of) = &self.nodes[usize::from(of)].kind else { return None };
        let fields = names.iter().find(|known| *known.name == **of)?.fields?;
        if fields.contains(&field) {
            return None;
        }
        let message = format!("{of} has no field {field}");
        Some((message, suggestion(field, fields.iter().copied())))
    }

    fn text(&self, node: &Node) -> &str {
        self.source().get(node.at..node.end).unwrap_or_default()
    }
}

fn unknown_name(name: &str, names: &[Name<'_>]) -> Option<(String, Cow<'static, str>)> {
    if Type::named(name).is_some() || names.iter().any(|known| known.name == name) {
        return None;
    }
    let known = names.iter().map(|known| known.name);
    Some((format!("there is no value named {name}"), suggestion(name, known)))
}

/// A literal that a function cannot read.
fn unreadable(
    function: Function,
    values: usize,
    text: &str,
) -> Option<(String, Cow<'static, str>)> {
    let hint = match function {
        Function::Timestamp if Timestamp::parse(text).is_none() => "as 2026-11-21T08:00:00Z",
        Function::Duration if Duration::parse(text).is_none() => "as 1h30m or 90s",
        Function::InIpRange if evaluate::network(text).is_err() => {
            "as 192.0.2.0/24; a single address is 192.0.2.1/32"
        }
        Function::Get(_) if values == 2 && time::offset(text).is_none() => {
            "as UTC, or as an offset: +02:00"
        }
        _ => return None,
    };
    Some((format!("{} cannot read '{text}'", function.name()), hint.into()))
}

/// Whether a node can come to true at all.
fn may_be_bool(kind: &Kind) -> bool {
    match kind {
        Kind::Literal(value) => matches!(Key::of(value), Some(Key::Bool(_))),
        Kind::List(_) | Kind::Map(_) | Kind::Negate(_) | Kind::Unknown { .. } => false,
        Kind::Macro { kind, .. } => !matches!(kind, function::Macro::Map | function::Macro::Filter),
        Kind::Binary(operator, ..) => !matches!(
            operator,
            Operator::Add
                | Operator::Subtract
                | Operator::Multiply
                | Operator::Divide
                | Operator::Remainder
        ),
        _ => true,
    }
}

/// The nearest of the names there are, if one is near.
fn suggestion<'a>(wrong: &str, known: impl Iterator<Item = &'a str> + Clone) -> Cow<'static, str> {
    let wanted = wrong.to_ascii_lowercase();
    let nearest = known
        .clone()
        .map(|name| (distance(&wanted, &name.to_ascii_lowercase()), name))
        .min_by_key(|(distance, _)| *distance);
    match nearest {
        Some((distance, name)) if distance <= 1 + wrong.len() / 4 => {
            format!("did you mean {name}?").into()
        }
        _ => {
            let names: Vec<&str> = known.take(12).collect();
            if names.is_empty() {
                return "it has none".into();
            }
            format!("there are, among others: {}", names.join(", ")).into()
        }
    }
}

/// How many letters have to be changed (Levenshtein). Long names are near to nothing.
fn distance(a: &str, b: &str) -> usize {
    const LONG: usize = 40;
    if a.len() > LONG || b.len() > LONG {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, right) in b.bytes().enumerate() {
            let changed = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
