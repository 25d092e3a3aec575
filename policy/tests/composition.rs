//! What policies decide together, beside a model that is as plain as the guide's text.

use policy::Strategy::{Allow, Deny};
use policy::{
    Bindings, CompiledPolicy, CompiledRule, CompiledService, Layer, Outcome, Strategy, Why, decide,
    explain,
};
use proptest::prelude::*;
use proptest::strategy::Strategy as _;

/// What a policy is made of, and can be made from twice.
#[derive(Clone, Debug)]
struct Plan {
    default: Strategy,
    services: Vec<(&'static str, Entry)>,
}

#[derive(Clone, Debug)]
enum Entry {
    Allow,
    Deny,
    Rules(Vec<(Strategy, &'static str)>),
}

/// Expressions, and whether they are true for the request below; the last ones conclude nothing.
const EXPRESSIONS: [(&str, bool); 10] = [
    ("true", true),
    ("operation == 'get-object'", true),
    ("operation in ['a', 'get-object']", true),
    ("missing || operation.startsWith('get-')", true),
    ("false", false),
    ("operation != 'get-object'", false),
    ("missing", false),
    ("operation", false),
    ("1 / 0 == 0", false),
    ("no (expression", false),
];
const SERVICES: [&str; 3] = ["compute", "sos", "dns"];

fn strategy() -> impl proptest::strategy::Strategy<Value = Strategy> {
    prop::sample::select(vec![Allow, Deny])
}

fn entry() -> impl proptest::strategy::Strategy<Value = Entry> {
    let expression = prop::sample::select(EXPRESSIONS.map(|(source, _)| source).to_vec());
    prop_oneof![
        Just(Entry::Allow),
        Just(Entry::Deny),
        prop::collection::vec((strategy(), expression), 0..6).prop_map(Entry::Rules),
    ]
}

fn plan() -> impl proptest::strategy::Strategy<Value = Plan> {
    let services = SERVICES.map(|service| (Just(service), prop::option::of(entry())));
    (strategy(), services).prop_map(|(default, services)| {
        let entry = |(service, entry): (_, Option<Entry>)| entry.map(|entry| (service, entry));
        Plan { default, services: services.into_iter().filter_map(entry).collect() }
    })
}

impl Plan {
    fn compile(&self) -> CompiledPolicy {
        let mut policy = CompiledPolicy::new(self.default);
        for (service, entry) in &self.services {
            let entry = match entry {
                Entry::Allow => CompiledService::Allow,
                Entry::Deny => CompiledService::Deny,
                Entry::Rules(rules) => CompiledService::Rules(
                    rules
                        .iter()
                        .map(|(action, source)| CompiledRule::new(*action, source))
                        .collect(),
                ),
            };
            policy = policy.with(*service, entry);
        }
        policy
    }

    /// The guide's text as code.
    fn says(&self, service: &str) -> Strategy {
        match self.services.iter().find(|(known, _)| *known == service) {
            None => self.default,
            Some((_, Entry::Allow)) => Allow,
            Some((_, Entry::Deny)) => Deny,
            Some((_, Entry::Rules(rules))) => rules
                .iter()
                .find(|(_, source)| EXPRESSIONS.contains(&(*source, true)))
                .map_or(Deny, |(action, _)| *action),
        }
    }
}

fn request() -> Bindings {
    Bindings::new().with("operation", "get-object")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn both_layers_must_allow(organization in plan(), role in plan()) {
        let (first, second) = (organization.compile(), role.compile());
        for service in SERVICES.into_iter().chain(["iam"]) {
            let decision = decide(&first, &second, service, &request());
            let (one, two) = (organization.says(service), role.says(service));
            prop_assert_eq!(decision.allowed, one == Allow && two == Allow);
            let layer = if one == Deny { Layer::Organization } else { Layer::Role };
            prop_assert_eq!(decision.layer, layer);
            prop_assert!(decision.to_string().contains(service));
            // Each alone is the decision with one that allows all.
            let all = CompiledPolicy::new(Allow);
            prop_assert_eq!(decide(&all, &second, service, &request()).allowed, two == Allow);
            prop_assert_eq!(decide(&first, &all, service, &request()).allowed, one == Allow);
        }
    }

    /// A grant stands in the place of the role, and never of the organization.
    #[test]
    fn a_grant_allows_only_what_the_organization_does(organization in plan(), role in plan()) {
        let (first, second) = (organization.compile(), role.compile());
        for service in SERVICES {
            let plain = decide(&first, &second, service, &request());
            let (one, two) = (organization.says(service), role.says(service));
            let granted = plain.clone().beside(|| true);
            prop_assert_eq!(granted.allowed, one == Allow);
            prop_assert_eq!(granted.layer == Layer::Grant, one == Allow && two == Deny);
            prop_assert_eq!(plain.clone().beside(|| false), plain);
        }
    }

    #[test]
    fn an_explanation_is_of_the_same_decision(organization in plan(), role in plan()) {
        let (first, second) = (organization.compile(), role.compile());
        for service in SERVICES {
            let (decision, reports) = explain(&first, &second, service, &request());
            prop_assert_eq!(&decision, &decide(&first, &second, service, &request()));
            let last = reports.iter().rfind(|report| report.layer == decision.layer);
            match decision.why {
                Why::Rule(index) => {
                    let last = last.expect("the rule that decides");
                    prop_assert_eq!((last.rule, &last.outcome), (index, &Outcome::True));
                }
                Why::NoRule => prop_assert!(last.is_none_or(|last| last.outcome != Outcome::True)),
                _ => prop_assert!(last.is_none()),
            }
        }
    }

    /// A rule that is not true changes nothing, wherever it stands.
    #[test]
    fn a_rule_that_is_not_true_changes_nothing(
        rules in prop::collection::vec((strategy(), prop::sample::select(EXPRESSIONS.to_vec())), 0..6),
        more in prop::sample::select(EXPRESSIONS[4..].to_vec()),
        action in strategy(),
        at in any::<prop::sample::Index>(),
    ) {
        let rules: Vec<_> = rules.into_iter().map(|(action, (source, _))| (action, source)).collect();
        let mut longer = rules.clone();
        longer.insert(at.index(rules.len() + 1), (action, more.0));
        let allowed = |rules| {
            let role = Plan { default: Allow, services: vec![("sos", Entry::Rules(rules))] };
            decide(&CompiledPolicy::new(Allow), &role.compile(), "sos", &request()).allowed
        };
        prop_assert_eq!(allowed(rules), allowed(longer));
    }

    /// What stands behind a rule that is true does not matter; what stands before it does, if it is
    /// true itself.
    #[test]
    fn the_first_true_rule_decides(
        before in prop::collection::vec((strategy(), prop::sample::select(EXPRESSIONS[4..].to_vec())), 0..4),
        action in strategy(),
        after in prop::collection::vec((strategy(), prop::sample::select(EXPRESSIONS.to_vec())), 0..4),
    ) {
        let index = before.len();
        let mut rules: Vec<_> = before.into_iter().map(|(action, (source, _))| (action, source)).collect();
        rules.push((action, "true"));
        rules.extend(after.into_iter().map(|(action, (source, _))| (action, source)));
        let role = Plan { default: Deny, services: vec![("sos", Entry::Rules(rules))] };
        let decision = decide(&CompiledPolicy::new(Allow), &role.compile(), "sos", &request());
        prop_assert_eq!((decision.allowed, decision.why), (action == Allow, Why::Rule(index)));
    }
}
