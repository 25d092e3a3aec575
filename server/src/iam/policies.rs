//! Policies, ready to be asked: parsed once, and kept while somebody is asked with them.
//!
//! They are kept by their text. So one that was changed, by this process or by another, is another
//! one, and nothing has to be told.

use crate::error::{Error, Result};
use domain::iam::{Policy, ServicePolicy, Strategy};
use policy::{CompiledPolicy, CompiledRule, CompiledService};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

/// Bytes of rules that are parsed on the spot. It takes milliseconds; for what is larger others must
/// not wait.
const AT_ONCE_BYTES_MAX: usize = 4_096;
/// What the policies may take that were needed lately; as much again is there of those before.
const KEPT_BYTES_MAX: usize = 32 << 20;
/// What a byte of a policy takes when it is parsed.
const BYTES_PER_BYTE: usize = 16;
/// What a pattern takes at most.
const BYTES_PER_PATTERN: usize = 16 << 10;

/// What has to be known before a service's entry can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Needs {
    Nothing,
    /// There are rules: what was asked, by whom and from where.
    Request,
    /// … and some of them may read what it is about.
    Resources,
}

/// A policy as it is kept, and as it is asked.
#[derive(Debug)]
pub struct Ready {
    pub source: Policy,
    pub compiled: CompiledPolicy,
}

impl Ready {
    pub fn of(source: Policy) -> Ready {
        let mut compiled = CompiledPolicy::new(strategy(source.default_service_strategy));
        for (service, entry) in &source.services {
            let entry = match entry {
                ServicePolicy::Allow => CompiledService::Allow,
                ServicePolicy::Deny => CompiledService::Deny,
                ServicePolicy::Rules { rules } => CompiledService::Rules(
                    rules
                        .iter()
                        .map(|rule| CompiledRule::new(strategy(rule.action), &rule.expression))
                        .collect(),
                ),
            };
            compiled = compiled.with(service, entry);
        }
        Ready { source, compiled }
    }

    /// The same, without holding up others with a large one.
    pub async fn prepared(source: Policy) -> Result<Arc<Ready>> {
        let bytes = |entry: &ServicePolicy| match entry {
            ServicePolicy::Rules { rules } => rules.iter().map(|r| r.expression.len()).sum(),
            _ => 0,
        };
        if source.services.values().map(bytes).sum::<usize>() <= AT_ONCE_BYTES_MAX {
            return Ok(Arc::new(Ready::of(source)));
        }
        tokio::task::spawn_blocking(|| Arc::new(Ready::of(source))).await.map_err(Error::internal)
    }

    /// A policy from its row.
    pub async fn stored(json: &str) -> Result<Arc<Ready>> {
        static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);
        let kept = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ready) = kept().get(json) {
            return Ok(ready);
        }
        let source = serde_json::from_str(json)
            .map_err(|e| Error::internal(format!("a stored policy can't be read: {e}")))?;
        let ready = Ready::prepared(source).await?;
        kept().put(json.into(), ready.clone());
        Ok(ready)
    }

    /// Everything.
    pub fn allow_all() -> Arc<Ready> {
        Arc::new(Ready::of(Policy::allow_all()))
    }

    /// What a decision about a service needs. Whether a rule reads resources is looked for in its
    /// text, since a name can't be written otherwise.
    pub fn needs(&self, service: &str) -> Needs {
        match self.source.services.get(service) {
            Some(ServicePolicy::Rules { rules }) => {
                match rules.iter().any(|rule| rule.expression.contains("resource")) {
                    true => Needs::Resources,
                    false => Needs::Request,
                }
            }
            _ => Needs::Nothing,
        }
    }
}

fn strategy(strategy: Strategy) -> policy::Strategy {
    match strategy {
        Strategy::Allow => policy::Strategy::Allow,
        Strategy::Deny => policy::Strategy::Deny,
    }
}

/// Two generations: what is asked for stays in the younger, and the elder is forgotten as a whole
/// when the younger is full.
#[derive(Default)]
struct Kept {
    young: HashMap<Box<str>, Arc<Ready>>,
    old: HashMap<Box<str>, Arc<Ready>>,
    bytes: usize,
}

impl Kept {
    fn get(&mut self, json: &str) -> Option<Arc<Ready>> {
        if let Some(ready) = self.young.get(json) {
            return Some(ready.clone());
        }
        let (json, ready) = self.old.remove_entry(json)?;
        self.put(json, ready.clone());
        Some(ready)
    }

    fn put(&mut self, json: Box<str>, ready: Arc<Ready>) {
        let patterns = json.matches("matches").count();
        let bytes = json.len() * BYTES_PER_BYTE + patterns * BYTES_PER_PATTERN;
        if self.bytes + bytes > KEPT_BYTES_MAX {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += bytes;
        self.young.insert(json, ready);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_rule(expression: &str) -> String {
        serde_json::json!({ "default-service-strategy": "allow", "services": {
            "compute": { "type": "rules", "rules": [{ "action": "deny", "expression": expression }] },
            "dns": { "type": "allow" },
        } })
        .to_string()
    }

    #[tokio::test]
    async fn what_rules_read_is_known_before_they_are_asked() -> Result<()> {
        for (expression, needs) in [
            ("operation == 'a'", Needs::Request),
            ("resources.instance.name == 'a'", Needs::Resources),
            ("resource['instance'].name == 'a'", Needs::Resources),
            (". resources . instance . name == 'a'", Needs::Resources),
            ("not an expression", Needs::Request),
        ] {
            let ready = Ready::stored(&with_rule(expression)).await?;
            assert_eq!(ready.needs("compute"), needs, "{expression}");
            assert_eq!(ready.needs("dns"), Needs::Nothing);
            assert_eq!(ready.needs("iam"), Needs::Nothing);
        }
        Ok(())
    }

    #[tokio::test]
    async fn a_policy_is_parsed_once_while_it_is_needed_and_forgotten_when_it_is_not() {
        let mut kept = Kept::default();
        let ready = Ready::allow_all();
        let large = |number: usize| format!("{number:0>50000}").into_boxed_str();
        for number in 0..1_000 {
            kept.put(large(number), ready.clone());
            assert!(kept.get(&large(0)).is_some(), "it is asked for all the time");
        }
        assert!(kept.get(&large(1)).is_none());
        assert!(kept.young.len() + kept.old.len() < 100);
        assert!(Ready::stored("[]").await.is_err());
    }
}
