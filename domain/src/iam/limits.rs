//! How large a policy may be. What its expressions say is not looked at here: Exoscale takes any, and
//! one that is invalid concludes nothing.

use super::{AssumeRolePolicy, Policy, ServicePolicy};

/// Services that a policy may name.
pub const SERVICES_MAX: usize = 50;
/// Rules of a service.
pub const RULES_MAX: usize = 50;
/// Bytes of one expression.
pub const EXPRESSION_BYTES_MAX: usize = 2_048;
/// Bytes of all expressions and names.
pub const POLICY_BYTES_MAX: usize = 65_536;
const SERVICE_BYTES_MAX: usize = 64;

/// A policy that is too large; the text says where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooLarge {
    #[error("names {0} services, and may name {SERVICES_MAX}")]
    Services(usize),
    #[error("has a service whose name is not 1 to {SERVICE_BYTES_MAX} bytes long")]
    Name,
    #[error("has {has} rules for the service {service:?}, and may have {RULES_MAX}")]
    Rules { service: String, has: usize },
    #[error(
        "has an expression of {has} bytes (rule {rule} for the service {service:?}), and may have {EXPRESSION_BYTES_MAX}"
    )]
    Expression { service: String, rule: usize, has: usize },
    #[error("has {0} bytes of expressions, and may have {POLICY_BYTES_MAX}")]
    Policy(usize),
}

/// Whether a policy may be kept.
pub fn check(policy: &Policy) -> Result<(), TooLarge> {
    if policy.services.len() > SERVICES_MAX {
        return Err(TooLarge::Services(policy.services.len()));
    }
    let mut bytes = 0;
    for (service, entry) in &policy.services {
        if !(1..=SERVICE_BYTES_MAX).contains(&service.len()) {
            return Err(TooLarge::Name);
        }
        bytes += service.len();
        let ServicePolicy::Rules { rules } = entry else { continue };
        if rules.len() > RULES_MAX {
            return Err(TooLarge::Rules { service: service.clone(), has: rules.len() });
        }
        for (at, rule) in rules.iter().enumerate() {
            let has = rule.expression.len();
            if has > EXPRESSION_BYTES_MAX {
                return Err(TooLarge::Expression { service: service.clone(), rule: at + 1, has });
            }
            bytes += has;
        }
    }
    if bytes > POLICY_BYTES_MAX { Err(TooLarge::Policy(bytes)) } else { Ok(()) }
}

/// The same, of who may assume a role.
pub fn check_rules(policy: &AssumeRolePolicy) -> Result<(), TooLarge> {
    check(&policy.clone().of_service("iam"))
}

#[cfg(test)]
mod tests {
    use super::{super::*, *};

    fn of(services: usize, rules: usize, bytes: usize) -> Policy {
        let rule = Rule { action: Strategy::Allow, expression: "x".repeat(bytes) };
        let entry = ServicePolicy::Rules { rules: vec![rule; rules] };
        let services = (0..services).map(|number| (format!("s{number}"), entry.clone()));
        Policy { default_service_strategy: Strategy::Deny, services: services.collect() }
    }

    #[test]
    fn each_limit_is_kept() {
        let service = || "s0".to_owned();
        assert_eq!(check(&of(1, 31, EXPRESSION_BYTES_MAX)), Ok(()));
        assert_eq!(check(&of(SERVICES_MAX, RULES_MAX, 20)), Ok(()));
        assert_eq!(check(&of(51, 0, 0)), Err(TooLarge::Services(51)));
        assert_eq!(check(&of(1, 51, 1)), Err(TooLarge::Rules { service: service(), has: 51 }));
        let long = TooLarge::Expression { service: service(), rule: 1, has: 2_049 };
        assert_eq!(check(&of(1, 1, 2_049)), Err(long));
        assert_eq!(check(&of(2, 20, 2_048)), Err(TooLarge::Policy(4 + 2 * 20 * 2_048)));
        let mut nameless = of(1, 0, 0);
        nameless.services.insert(String::new(), ServicePolicy::Allow);
        assert_eq!(check(&nameless), Err(TooLarge::Name));
    }
}
