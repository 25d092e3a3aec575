//! What policies say of an operation, whatever else is asked: always allowed, always refused, or as rules
//! about the rest of a call decide.
//!
//! A rule is evaluated with nothing but the operation's name. A value that comes out of that comes out of
//! every call, since what is not known is an error, and errors are only passed over where they don't count.

use crate::iam::policies::Ready;
use api::Endpoint;
use domain::iam::{ServicePolicy, Strategy};
use policy::{Bindings, CompiledRule, CompiledService, Fuel, Layer, Value};

/// What rules can read besides the operation.
const ELSE: [&str; 7] =
    ["parameters", "resource", "identity", "api_key", "source_ip", "zone", "now"];

/// What somebody was granted of an operation, beside a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Nothing,
    /// For some things.
    Some,
    /// Whatever it is asked of.
    All,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// No policy is asked. A permission of the role may decide.
    Open,
    Allowed,
    /// By a grant, in the role's place.
    Granted,
    Refused(Layer),
    /// These rules decide, counted from zero; or a grant for some things, then there may be none.
    Depends(Vec<(Layer, usize)>),
}

impl Effect {
    /// The same for somebody who has only assumed the role: what is closed to them is refused by it.
    pub fn assumed(self, endpoint: &Endpoint) -> Effect {
        match self {
            Effect::Open | Effect::Refused(_) => self,
            _ if endpoint.is_closed_to_assumed() => Effect::Refused(Layer::Role),
            _ => self,
        }
    }
}

/// What both policies come to, and what was granted beside the role.
pub fn effect(endpoint: &Endpoint, organization: &Ready, role: &Ready, granted: Beside) -> Effect {
    if endpoint.service.is_empty() || endpoint.access == api::Access::Public {
        return Effect::Open;
    }
    let of_layer = |layer, rules: Vec<usize>| rules.into_iter().map(move |rule| (layer, rule));
    let mut rules: Vec<_> = match of(endpoint, organization) {
        Said::Allows => Vec::new(),
        Said::Refuses => return Effect::Refused(Layer::Organization),
        Said::Depends(on) => of_layer(Layer::Organization, on).collect(),
    };
    let end = match (of(endpoint, role), granted) {
        (Said::Allows, _) => Effect::Allowed,
        (_, Beside::All) => Effect::Granted,
        (Said::Refuses, Beside::Nothing) => return Effect::Refused(Layer::Role),
        (Said::Refuses, Beside::Some) => return Effect::Depends(rules),
        (Said::Depends(on), _) => {
            rules.extend(of_layer(Layer::Role, on));
            return Effect::Depends(rules);
        }
    };
    if rules.is_empty() { end } else { Effect::Depends(rules) }
}

/// What one policy says.
enum Said {
    Allows,
    Refuses,
    Depends(Vec<usize>),
}

fn of(endpoint: &Endpoint, policy: &Ready) -> Said {
    let rules = match policy.compiled.services().get(endpoint.service) {
        Some(CompiledService::Rules(rules)) => rules,
        Some(CompiledService::Allow) => return Said::Allows,
        Some(CompiledService::Deny) => return Said::Refuses,
        None => match policy.source.default_service_strategy {
            Strategy::Allow => return Said::Allows,
            Strategy::Deny => return Said::Refuses,
        },
    };
    let known =
        Bindings::new().with("service", endpoint.service).with("operation", endpoint.operation);
    let (mut open, mut end) = (Vec::new(), policy::Strategy::Deny);
    for (index, rule) in rules.iter().enumerate() {
        match is_true(rule, &known) {
            Some(true) => {
                end = rule.action;
                break;
            }
            Some(false) => {}
            None => open.push(index),
        }
    }
    // Rules that end as it ends without them change nothing.
    if open.iter().any(|index| rules[*index].action != end) {
        return Said::Depends(open);
    }
    match end {
        policy::Strategy::Allow => Said::Allows,
        policy::Strategy::Deny => Said::Refuses,
    }
}

/// Whether a rule is true of every call of an operation, or of none; nothing, if that depends.
fn is_true(rule: &CompiledRule, known: &Bindings) -> Option<bool> {
    let Ok(expression) = &rule.expression else { return Some(false) };
    match expression.evaluate(known, &mut Fuel::of_a_decision()) {
        Ok(value) => Some(matches!(value, Value::Bool(true))),
        Err(error) if error.is_out_of_fuel() => None,
        Err(_) if ELSE.iter().any(|name| expression.source().contains(name)) => None,
        Err(_) => Some(false),
    }
}

/// The source of a rule.
pub fn expression<'a>(policy: &'a Ready, service: &str, rule: usize) -> &'a str {
    match policy.source.services.get(service) {
        Some(ServicePolicy::Rules { rules }) => {
            rules.get(rule).map_or("", |rule| rule.expression.as_str())
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use domain::iam::permission::Permission;

    #[test]
    fn where_a_permission_decides_no_policy_does() {
        let by_permission = |one: &&api::Endpoint| Permission::deciding(one.operation).is_some();
        let services: Vec<_> =
            api::ENDPOINTS.iter().filter(by_permission).map(|one| one.service).collect();
        assert_eq!(services, [""]);
    }
}
