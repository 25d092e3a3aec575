//! A decision in words: for people, for answers and for the audit trail.

use api::EventDecision;
use policy::{Decision, Layer, Why};

/// A policy's name in answers.
pub fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Organization => "organization",
        Layer::Role => "role",
        Layer::Grant => "grant",
    }
}

/// A reason's name in answers, and the rule it is about.
pub fn why(why: Why) -> (&'static str, Option<i64>) {
    match why {
        Why::Default => ("default", None),
        Why::Entry => ("entry", None),
        Why::Rule(index) => ("rule", Some(counted(index))),
        Why::NoRule => ("no-rule", None),
        Why::OutOfFuel(index) => ("out-of-fuel", Some(counted(index))),
        Why::Named => ("named", None),
        Why::Assumed => ("assumed", None),
    }
}

/// Rules are counted from one, as people do.
pub fn counted(index: usize) -> i64 {
    i64::try_from(index + 1).unwrap_or(i64::MAX)
}

/// A decision as the audit trail has it.
pub fn recorded(decision: &Decision) -> EventDecision {
    let (why, rule) = why(decision.why);
    EventDecision {
        allowed: decision.allowed,
        layer: layer(decision.layer).to_owned(),
        service: decision.service.clone(),
        why: why.to_owned(),
        rule,
    }
}

/// A decision as a sentence: who, what, why. Rules are counted from one, as people do.
pub fn sentence(decision: &Decision, operation: &str, role: &str) -> String {
    let who = match decision.layer {
        Layer::Organization => "The organization's policy".to_owned(),
        Layer::Role => format!("The role {role:?}"),
        Layer::Grant => "A grant".to_owned(),
    };
    let (does, strategy) = match decision.allowed {
        true => ("allows", "allow"),
        false => ("refuses", "deny"),
    };
    let service = &decision.service;
    let why = match decision.why {
        Why::Default => {
            format!("it has no entry for the service {service:?}, and {strategy} is its default")
        }
        Why::Entry => format!("so says its entry for the service {service:?}"),
        Why::Rule(index) => format!("rule {} for the service {service:?} is true", index + 1),
        Why::NoRule => format!("none of its rules for the service {service:?} is true"),
        Why::OutOfFuel(index) => format!(
            "rule {} for the service {service:?} takes more work than a decision may",
            index + 1
        ),
        Why::Named => format!("it names this, and the role {role:?} does not allow it"),
        Why::Assumed => "it is only assumed, and what this changes would outlast it: ask with \
            credentials of your own"
            .to_owned(),
    };
    format!("{who} {does} {operation}: {why}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_who_and_why() {
        let decision =
            |allowed, layer, why| Decision { allowed, layer, service: "dns".into(), why };
        for (decision, expected) in [
            (
                decision(false, Layer::Organization, Why::Rule(1)),
                "The organization's policy refuses x: rule 2 for the service \"dns\" is true.",
            ),
            (
                decision(false, Layer::Role, Why::Default),
                "The role \"Ops\" refuses x: it has no entry for the service \"dns\", and deny is its default.",
            ),
            (
                decision(true, Layer::Role, Why::Entry),
                "The role \"Ops\" allows x: so says its entry for the service \"dns\".",
            ),
            (
                decision(true, Layer::Grant, Why::Named),
                "A grant allows x: it names this, and the role \"Ops\" does not allow it.",
            ),
            (
                decision(false, Layer::Role, Why::Assumed),
                "The role \"Ops\" refuses x: it is only assumed, and what this changes would outlast it: ask with credentials of your own.",
            ),
        ] {
            assert_eq!(sentence(&decision, "x", "Ops"), expected);
        }
    }
}
