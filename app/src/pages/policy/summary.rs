//! What a policy allows, in one line.

use crate::text::{policy as text, t, t_with};
use domain::iam::{Policy, ServicePolicy, Strategy};

/// “Everything but iam”, “Only compute, dns (rules)”
pub fn summary(policy: &Policy) -> String {
    let but = policy.default_service_strategy == Strategy::Allow;
    let other = |entry: &ServicePolicy| match entry {
        ServicePolicy::Allow => !but,
        ServicePolicy::Deny => but,
        ServicePolicy::Rules { .. } => true,
    };
    let named = |(name, entry): (&String, &ServicePolicy)| match entry {
        ServicePolicy::Rules { .. } => t_with(text::WITH_RULES, &[("service", name)]),
        _ => name.clone(),
    };
    let services: Vec<_> =
        policy.services.iter().filter(|(_, entry)| other(entry)).map(named).collect();
    let services = services.join(", ");
    match (but, services.is_empty()) {
        (true, true) => t(text::EVERYTHING).to_owned(),
        (false, true) => t(text::NOTHING).to_owned(),
        (true, false) => t_with(text::ALL_BUT, &[("services", &services)]),
        (false, false) => t_with(text::ONLY, &[("services", &services)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::visiting;

    #[test]
    fn a_policy_is_said_in_one_line() {
        visiting(|| {
            let rules = r#"{"type":"rules","rules":[]}"#;
            for (default, services, said) in [
                ("allow", String::new(), "Everything"),
                ("deny", String::new(), "Nothing"),
                ("deny", r#""a":{"type":"deny"}"#.to_owned(), "Nothing"),
                (
                    "allow",
                    format!(r#""b":{rules},"a":{{"type":"deny"}},"c":{{"type":"allow"}}"#),
                    "Everything but a, b (rules)",
                ),
                ("deny", r#""dns":{"type":"allow"}"#.to_owned(), "Only dns"),
            ] {
                let json = format!(
                    r#"{{"default-service-strategy":"{default}","services":{{{services}}}}}"#
                );
                let policy: Policy = serde_json::from_str(&json).expect("a policy");
                assert_eq!(summary(&policy), said);
            }
        });
    }
}
