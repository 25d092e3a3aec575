//! Who may do what: policies in Exoscale's form.
//!
//! An organization's policy and a role's policy must both allow (Exoscale's IAM guide). A service
//! entry allows, denies or lists rules; what these come to is decided on the server, by the crate
//! `policy`.

pub mod api_key;
pub mod assumed;
pub mod ceiling;
pub mod grant;
pub mod limits;
pub mod permission;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whether an operation of a service decides about access: what writes in `iam`. With people, roles,
/// policies, keys and grants somebody could give themselves more, and keep it.
pub fn decides_access(service: &str, changes: bool) -> bool {
    service == "iam" && changes
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    Allow,
    Deny,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Policy {
    pub default_service_strategy: Strategy,
    pub services: BTreeMap<String, ServicePolicy>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum ServicePolicy {
    Allow,
    Deny,
    Rules {
        /// Asked in order; none when left out.
        // Clients in Go leave an empty list out, and no rule allows nothing anyhow.
        #[serde(default)]
        rules: Vec<Rule>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", try_from = "RuleAsSent")]
pub struct Rule {
    pub action: Strategy,
    pub expression: String,
}

/// What decides when its expression is true.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct RuleAsSent {
    action: Strategy,
    expression: String,
    /// Deprecated: none may be named.
    #[serde(default)]
    resources: Vec<String>,
}

impl TryFrom<RuleAsSent> for Rule {
    type Error = &'static str;

    /// A rule that was meant for some resources must not become one for all of them unseen.
    fn try_from(
        RuleAsSent { action, expression, resources }: RuleAsSent,
    ) -> Result<Self, Self::Error> {
        match resources.is_empty() {
            true => Ok(Rule { action, expression }),
            false => {
                Err("the resources of a rule are deprecated and not kept: compare them in the \
                          expression, as in resources.instance.name == 'web'")
            }
        }
    }
}

/// Who may assume a role. There is no default: when none of the rules is true, nobody may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct AssumeRolePolicy {
    #[serde(default)]
    pub rules: Vec<Rule>,
}

impl AssumeRolePolicy {
    /// The same as a policy of one service, to be asked as any other.
    pub fn of_service(self, service: &str) -> Policy {
        let entry = ServicePolicy::Rules { rules: self.rules };
        Policy {
            default_service_strategy: Strategy::Deny,
            services: BTreeMap::from([(service.to_owned(), entry)]),
        }
    }
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

    /// Whether a service may be used, whatever is asked; nothing where that depends on its rules.
    pub fn always(&self, service: &str) -> Option<bool> {
        match self.services.get(service) {
            None => Some(self.default_service_strategy == Strategy::Allow),
            Some(ServicePolicy::Rules { .. }) => None,
            Some(entry) => Some(*entry == ServicePolicy::Allow),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_none_and_nothing_is_dropped_unseen() -> Result<(), serde_json::Error> {
        let none = ServicePolicy::Rules { rules: vec![] };
        assert_eq!(serde_json::from_str::<ServicePolicy>(r#"{"type":"rules"}"#)?, none);
        assert_eq!(serde_json::to_string(&none)?, r#"{"type":"rules","rules":[]}"#);
        // A service that is allowed or denied may bring a list, and loses it.
        let deny = serde_json::from_str::<ServicePolicy>(r#"{"type":"deny","rules":[]}"#)?;
        assert_eq!(deny, ServicePolicy::Deny);
        let named = |resources: &str| {
            let rule =
                format!(r#"{{"action":"allow","expression":"true","resources":{resources}}}"#);
            serde_json::from_str::<Rule>(&rule)
        };
        assert_eq!(named("[]")?.expression, "true");
        assert!(
            named(r#"["web"]"#).is_err_and(|error| error.to_string().contains("in the expression"))
        );
        // A rule that says nothing is a mistake: one that denies would let everything pass.
        assert!(serde_json::from_str::<Rule>(r#"{"action":"deny"}"#).is_err());
        Ok(())
    }

    #[test]
    fn a_service_entry_wins_over_the_default() -> Result<(), serde_json::Error> {
        let role: Policy = serde_json::from_str(
            r#"{"default-service-strategy":"deny","services":{"compute":{"type":"allow"},
                "iam":{"type":"rules","rules":[{"action":"allow","expression":"true"}]}}}"#,
        )?;
        assert_eq!(role.always("compute"), Some(true));
        assert_eq!(role.always("iam"), None);
        assert_eq!(role.always("dns"), Some(false));
        assert_eq!(Policy::allow_all().always("dns"), Some(true));
        Ok(())
    }
}
