//! A policy of what was really used: no wider than the one it comes from, without all that nobody used.

use api::Endpoint;
use domain::iam::{Policy, Rule, ServicePolicy, Strategy};
use policy::Expression;
use std::collections::{BTreeMap, HashMap};

/// Operations that one rule names: two tokens each, of the 256 that an expression may have.
const NAMED_MAX: usize = 40;

/// Every rule that allows is narrowed to what was used; those that deny stay.
pub fn proposal<V>(role: &Policy, used: &HashMap<String, V>) -> Policy {
    let mut by_service: BTreeMap<&str, Vec<&Endpoint>> = BTreeMap::new();
    for endpoint in api::ENDPOINTS.iter().filter(|e| used.contains_key(e.operation)) {
        by_service.entry(endpoint.service).or_default().push(endpoint);
    }
    let mut proposed = Policy::deny_all();
    for (service, used) in by_service {
        let all = Rule { action: Strategy::Allow, expression: "true".to_owned() };
        let rules = match (role.services.get(service), role.default_service_strategy) {
            (Some(ServicePolicy::Rules { rules }), _) => rules.clone(),
            (Some(ServicePolicy::Allow), _) | (None, Strategy::Allow) => vec![all],
            (Some(ServicePolicy::Deny), _) | (None, Strategy::Deny) => continue,
        };
        let rules = rules.into_iter().flat_map(|rule| narrowed(rule, &used)).collect();
        proposed.services.insert(service.to_owned(), ServicePolicy::Rules { rules });
    }
    proposed
}

fn narrowed(rule: Rule, used: &[&Endpoint]) -> Vec<Rule> {
    if rule.action == Strategy::Deny {
        return vec![rule];
    }
    // What is no expression allows nothing.
    if Expression::parse(&rule.expression).is_err() {
        return Vec::new();
    }
    let narrow = |some: &[&Endpoint]| {
        let names: Vec<_> = some.iter().map(|one| format!("'{}'", one.operation)).collect();
        let of_these = format!("operation in [{}]", names.join(", "));
        let expression = match rule.expression.trim() {
            "true" => of_these,
            other => format!("{of_these} && ({other})"),
        };
        Rule { action: Strategy::Allow, expression }
    };
    let rules: Vec<_> = used.chunks(NAMED_MAX).map(narrow).collect();
    // One that would become too long stays as wide as it is.
    match rules.iter().all(|rule| Expression::parse(&rule.expression).is_ok()) {
        true => rules,
        false => vec![rule],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(json: &str) -> Policy {
        serde_json::from_str(json).expect("a policy")
    }

    #[test]
    fn what_was_not_used_is_left_out_and_what_denies_stays() {
        let used =
            HashMap::from([("list-instances".to_owned(), ()), ("get-instance".to_owned(), ())]);
        let role = policy(
            r#"{"default-service-strategy":"allow","services":{"compute":{"type":"rules","rules":[
            {"action":"deny","expression":"zone == 'x'"},{"action":"allow","expression":"no ("},
            {"action":"allow","expression":"source_ip == '::1'"},{"action":"allow","expression":"true"}]}}}"#,
        );
        let named = "operation in ['list-instances', 'get-instance']";
        let expected = policy(&format!(
            r#"{{"default-service-strategy":"deny","services":{{"compute":{{"type":"rules","rules":[
            {{"action":"deny","expression":"zone == 'x'"}},
            {{"action":"allow","expression":"{named} && (source_ip == '::1')"}},
            {{"action":"allow","expression":"{named}"}}]}}}}}}"#
        ));
        assert_eq!(proposal(&role, &used), expected);
        assert_eq!(proposal(&Policy::deny_all(), &used), Policy::deny_all());
        assert_eq!(proposal(&role, &HashMap::<String, ()>::new()), Policy::deny_all());
        let Some(ServicePolicy::Rules { rules }) =
            proposal(&Policy::allow_all(), &used).services.remove("compute")
        else {
            panic!("rules");
        };
        assert_eq!(rules[0].expression, named);
    }

    #[test]
    fn a_rule_that_would_be_too_long_stays() {
        let long = format!("'{}' == service", "x".repeat(2_000));
        let rule = Rule { action: Strategy::Allow, expression: long };
        let endpoint = api::find("list-instances").expect("an operation");
        assert_eq!(narrowed(rule.clone(), &[endpoint]), [rule]);
        let all: Vec<_> = api::ENDPOINTS.iter().collect();
        let everything = Rule { action: Strategy::Allow, expression: "true".to_owned() };
        assert_eq!(narrowed(everything, &all).len(), all.len().div_ceil(NAMED_MAX));
    }
}
