//! The grant ceiling: nobody hands out more than they have.
//!
//! Whether one policy allows nothing that another refuses can't be known of rules in general, so what
//! can't be shown to stay within is wider. Shown is: a service that the own policy allows, or that the
//! new one denies; and rules of which each that allows is one of the own, behind all the own ones
//! that deny before it. Then whatever a new rule is the first to allow, the own rules allow, too.

use super::{Policy, Rule, ServicePolicy, Strategy};

/// Where a policy is wider than one's own.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wider {
    #[error("for the service {service:?} it allows what your own role does not")]
    Service { service: String },
    #[error(
        "rule {rule} for the service {service:?} allows what your own role does not (each rule that allows must be one of yours, behind all of yours that deny before it)"
    )]
    Rule { service: String, rule: usize },
    #[error("it allows all services that it does not name, and your own role does not")]
    Default,
}

impl Wider {
    /// The part of the policy that is wider, as its JSON has it.
    pub fn field(&self) -> String {
        match self {
            Wider::Service { service } => format!("services.{service}"),
            Wider::Rule { service, rule } => format!("services.{service}.rules[{}]", rule - 1),
            Wider::Default => "default-service-strategy".to_owned(),
        }
    }
}

/// Whether `new` allows nothing that `own` refuses.
pub fn within(own: &Policy, new: &Policy) -> Result<(), Wider> {
    use Strategy::{Allow, Deny};
    if (own.default_service_strategy, new.default_service_strategy) == (Deny, Allow) {
        return Err(Wider::Default);
    }
    for service in own.services.keys().chain(new.services.keys()) {
        match (entry(own, service), entry(new, service)) {
            (Entry::All, _) | (_, Entry::Nothing) => {}
            (Entry::Some(own), Entry::Some(new)) => {
                if let Some(at) = (0..new.len()).find(|at| !is_covered(own, new, *at)) {
                    return Err(Wider::Rule { service: service.clone(), rule: at + 1 });
                }
            }
            _ => return Err(Wider::Service { service: service.clone() }),
        }
    }
    Ok(())
}

/// What a policy says of a service.
enum Entry<'a> {
    All,
    Nothing,
    Some(&'a [Rule]),
}

fn entry<'a>(policy: &'a Policy, service: &str) -> Entry<'a> {
    match (policy.services.get(service), policy.default_service_strategy) {
        (Some(ServicePolicy::Rules { rules }), _) => Entry::Some(rules),
        (Some(ServicePolicy::Allow), _) | (None, Strategy::Allow) => Entry::All,
        (Some(ServicePolicy::Deny), _) | (None, Strategy::Deny) => Entry::Nothing,
    }
}

/// Whether the rule at a place of `new` allows only what `own` allows.
fn is_covered(own: &[Rule], new: &[Rule], at: usize) -> bool {
    let denies = |rules: &'_ [Rule]| -> Vec<Rule> {
        rules.iter().filter(|rule| rule.action == Strategy::Deny).cloned().collect()
    };
    let denied = denies(&new[..at]);
    new[at].action == Strategy::Deny
        || own.iter().enumerate().any(|(place, rule)| {
            *rule == new[at] && denies(&own[..place]).iter().all(|deny| denied.contains(deny))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(default: &str, services: &str) -> Policy {
        let text =
            format!(r#"{{"default-service-strategy":"{default}","services":{{{services}}}}}"#);
        serde_json::from_str(&text).expect("a policy")
    }

    fn rules(rules: &[(&str, &str)]) -> Policy {
        let rules: Vec<_> = rules
            .iter()
            .map(|(action, text)| format!(r#"{{"action":"{action}","expression":"{text}"}}"#))
            .collect();
        policy("deny", &format!(r#""compute":{{"type":"rules","rules":[{}]}}"#, rules.join(",")))
    }

    #[test]
    fn a_service_is_handed_out_only_by_who_has_it() {
        let all = Policy::allow_all();
        let compute = policy("deny", r#""compute":{"type":"allow"}"#);
        let not_iam = policy("allow", r#""iam":{"type":"deny"}"#);
        for (own, new, expected) in [
            (&all, &all, Ok(())),
            (&all, &compute, Ok(())),
            (&compute, &compute, Ok(())),
            (&compute, &Policy::deny_all(), Ok(())),
            (&compute, &all, Err(Wider::Default)),
            (&not_iam, &compute, Ok(())),
            (&not_iam, &not_iam, Ok(())),
            (&not_iam, &all, Err(Wider::Service { service: "iam".to_owned() })),
            (&Policy::deny_all(), &compute, Err(Wider::Service { service: "compute".to_owned() })),
            (
                &rules(&[("allow", "a")]),
                &compute,
                Err(Wider::Service { service: "compute".into() }),
            ),
            (&compute, &rules(&[("allow", "a")]), Ok(())),
        ] {
            assert_eq!(within(own, new), expected, "{own:?} {new:?}");
        }
    }

    #[test]
    fn a_rule_is_handed_out_with_all_that_denies_before_it() {
        let own = rules(&[("deny", "a"), ("allow", "b"), ("deny", "c"), ("allow", "d")]);
        let inside: &[&[(&str, &str)]] = &[
            &[],
            &[("deny", "x")],
            &[("deny", "a"), ("allow", "b")],
            &[("deny", "c"), ("deny", "x"), ("deny", "a"), ("allow", "d"), ("allow", "b")],
            &[("deny", "a"), ("allow", "b"), ("deny", "c"), ("allow", "d"), ("deny", "e")],
        ];
        for new in inside {
            assert_eq!(within(&own, &rules(new)), Ok(()), "{new:?}");
        }
        let outside: &[(&[(&str, &str)], usize)] = &[
            (&[("allow", "b")], 1),
            (&[("allow", "b"), ("deny", "a")], 1),
            (&[("deny", "a"), ("allow", "d")], 2),
            (&[("deny", "a"), ("allow", "b"), ("allow", "x")], 3),
            (&[("allow", "a")], 1),
        ];
        for (new, rule) in outside {
            let wider = Wider::Rule { service: "compute".to_owned(), rule: *rule };
            assert_eq!(within(&own, &rules(new)), Err(wider), "{new:?}");
        }
    }

    /// With every expression a letter that is true or not: nothing handed out is more than one has.
    #[test]
    fn what_is_within_allows_nothing_more_whatever_is_true() {
        let first = |rules: &[Rule], truth: u8| {
            let is_true = |rule: &&Rule| truth & (1 << (rule.expression.as_bytes()[0] - b'a')) != 0;
            rules.iter().find(is_true).is_some_and(|rule| rule.action == Strategy::Allow)
        };
        let letters = ["a", "b", "c"];
        let some = |mut number: usize| {
            let mut made = Vec::new();
            while number > 0 {
                let action = if number.is_multiple_of(2) { "allow" } else { "deny" };
                made.push((action, letters[(number / 2) % 3]));
                number /= 6;
            }
            rules(&made)
        };
        let rules_of = |policy: &Policy| match entry(policy, "compute") {
            Entry::Some(rules) => rules.to_vec(),
            _ => Vec::new(),
        };
        let mut shown = 0;
        for (own, new) in (0..216).flat_map(|own| (0..216).map(move |new| (some(own), some(new)))) {
            if within(&own, &new).is_ok() {
                shown += 1;
                for truth in 0..8 {
                    let more = first(&rules_of(&new), truth) && !first(&rules_of(&own), truth);
                    assert!(!more, "{own:?} {new:?} {truth}");
                }
            }
        }
        assert!(shown > 1_000, "{shown}");
    }
}
