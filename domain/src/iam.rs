//! Who may do what: policies in Exoscale's form and the decision they lead to.
//!
//! An organization's policy and a role's policy must both allow (Exoscale's IAM guide). A service
//! entry allows, denies or lists rules. Rules are kept and shown; there is no evaluator yet, so no
//! rule is ever true, and by the guide's own semantics ("no rule true: refused") a service with
//! rules is refused.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    Allow,
    Deny,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Policy {
    pub default_service_strategy: Strategy,
    pub services: BTreeMap<String, ServicePolicy>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum ServicePolicy {
    Allow,
    Deny,
    Rules { rules: Vec<Rule> },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Rule {
    pub action: Strategy,
    pub expression: String,
}

impl Policy {
    /// The policy of `Owner`: everything.
    pub fn allow_all() -> Self {
        Policy { default_service_strategy: Strategy::Allow, services: BTreeMap::new() }
    }

    /// The policy of `Billing`: nothing but what needs no service.
    pub fn deny_all() -> Self {
        Policy { default_service_strategy: Strategy::Deny, services: BTreeMap::new() }
    }
}

/// Which policy refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    Organization,
    Role,
}

/// A refusal, with what decided it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the {} policy refuses the service {service:?} ({because})", match layer { Layer::Organization => "organization's", Layer::Role => "role's" })]
pub struct Refused {
    pub layer: Layer,
    pub service: String,
    pub because: &'static str,
}

/// Whether both policies let `service` be used.
pub fn decide(organization: &Policy, role: &Policy, service: &str) -> Result<(), Refused> {
    for (layer, policy) in [(Layer::Organization, organization), (Layer::Role, role)] {
        let because = match (policy.services.get(service), policy.default_service_strategy) {
            (Some(ServicePolicy::Allow), _) | (None, Strategy::Allow) => continue,
            (Some(ServicePolicy::Deny), _) => "its entry denies it",
            (Some(ServicePolicy::Rules { .. }), _) => "none of its rules is true",
            (None, Strategy::Deny) => "the default strategy is deny",
        };
        return Err(Refused { layer, service: service.to_owned(), because });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_layers_must_allow() {
        let (all, none) = (Policy::allow_all(), Policy::deny_all());
        assert!(decide(&all, &all, "compute").is_ok());
        assert_eq!(decide(&all, &none, "compute").map_err(|r| r.layer), Err(Layer::Role));
        assert_eq!(decide(&none, &all, "compute").map_err(|r| r.layer), Err(Layer::Organization));
    }

    #[test]
    fn a_service_entry_wins_over_the_default() -> Result<(), serde_json::Error> {
        let role: Policy = serde_json::from_str(
            r#"{"default-service-strategy":"deny","services":{"compute":{"type":"allow"},
                "iam":{"type":"rules","rules":[{"action":"allow","expression":"true"}]}}}"#,
        )?;
        let all = Policy::allow_all();
        assert!(decide(&all, &role, "compute").is_ok());
        assert!(decide(&all, &role, "iam").is_err());
        assert!(decide(&all, &role, "dns").is_err());
        Ok(())
    }
}
