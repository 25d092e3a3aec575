//! A policy as fields of a form: services, each allowed, denied or with rules in their order.
//!
//! The form has the policy twice, as these fields and as JSON (`:json`). Before anything else is made
//! of a form that was sent, [`settled`] leaves the JSON alone: what the fields say, unless the JSON is
//! what was meant. Names begin with `_`, so neither the adapter nor what keeps what is typed reads them.

use crate::forms::{Fields, RESHAPE};
use domain::iam::{Policy, Rule, ServicePolicy, Strategy};
use std::fmt::{self, Display};

/// The field that has the whole policy.
pub const JSON: &str = ":json";
/// Which of the two counts: [`BY_FIELDS`] or [`BY_JSON`]; the last one given does.
pub const BY: &str = "_policy.by";
pub const BY_FIELDS: &str = "fields";
pub const BY_JSON: &str = "json";
/// What services without an entry do.
pub const DEFAULT: &str = "_policy.default";
/// A service's name; what follows is of it.
pub const SERVICE: &str = "_policy.service";
/// What a service does: an [`Entry`].
pub const ENTRY: &str = "_policy.entry";
/// What a rule does; with it a rule begins.
pub const ACTION: &str = "_policy.action";
pub const EXPRESSION: &str = "_policy.expression";
/// The name of a service that is to be added.
pub const NEW: &str = "_policy.new";
const PREFIX: &str = "_policy.";

/// Changes that a button asks for, with what they are about: `up compute 2`.
pub const ADD_SERVICE: &str = "add-service";
pub const REMOVE_SERVICE: &str = "remove-service";
pub const ADD_RULE: &str = "add-rule";
pub const REMOVE_RULE: &str = "remove-rule";
pub const UP: &str = "up";
pub const DOWN: &str = "down";
/// Changes nothing: what was typed is looked at.
pub const LOOK: &str = "look";
/// Changes nothing: the calls of the last days are decided by what was typed.
pub const REPLAY: &str = "replay";

/// What a service does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    Allow,
    Deny,
    Rules,
}

impl Entry {
    pub const ALL: [Entry; 3] = [Entry::Allow, Entry::Deny, Entry::Rules];

    pub fn as_str(self) -> &'static str {
        match self {
            Entry::Allow => "allow",
            Entry::Deny => "deny",
            Entry::Rules => "rules",
        }
    }

    /// The entry of this name; for a name that is none the one that allows nothing.
    pub fn named(text: &str) -> Entry {
        Entry::ALL.into_iter().find(|entry| entry.as_str() == text).unwrap_or(Entry::Deny)
    }
}

impl Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `allow` or `deny`.
pub fn strategy(text: &str) -> Strategy {
    if text == "allow" { Strategy::Allow } else { Strategy::Deny }
}

/// The other way round.
pub fn word(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Allow => "allow",
        Strategy::Deny => "deny",
    }
}

/// A rule, told apart from others however they are moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLine {
    pub key: usize,
    pub rule: Rule,
}

/// A service. Its rules stay while it is tried to do without them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceLines {
    pub name: String,
    pub entry: Entry,
    pub rules: Vec<RuleLine>,
}

/// A policy while it is edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    pub default: Strategy,
    pub services: Vec<ServiceLines>,
    /// What the next rule is told apart by.
    next: usize,
}

impl Lines {
    pub fn of(policy: &Policy) -> Lines {
        let mut lines =
            Lines { default: policy.default_service_strategy, services: Vec::new(), next: 0 };
        for (name, of) in &policy.services {
            let (entry, rules) = match of {
                ServicePolicy::Allow => (Entry::Allow, &[][..]),
                ServicePolicy::Deny => (Entry::Deny, &[][..]),
                ServicePolicy::Rules { rules } => (Entry::Rules, &rules[..]),
            };
            lines.services.push(ServiceLines { name: name.clone(), entry, rules: Vec::new() });
            rules.iter().for_each(|rule| lines.add(rule.clone()));
        }
        lines
    }

    /// As it was sent, with the changes that were asked for; none in a form without a policy.
    fn of_fields(fields: &Fields) -> Option<Lines> {
        let given = |of: &str| fields.iter().rfind(|(name, _)| name == of).map(|(_, value)| value);
        let default = strategy(given(DEFAULT)?);
        let mut lines = Lines { default, services: Vec::new(), next: 0 };
        for (name, value) in fields {
            match (name.as_str(), lines.services.last_mut()) {
                (SERVICE, _) => lines.services.push(ServiceLines {
                    name: value.clone(),
                    entry: Entry::Deny,
                    rules: Vec::new(),
                }),
                (ENTRY, Some(service)) => service.entry = Entry::named(value),
                (ACTION, Some(_)) => {
                    lines.add(Rule { action: strategy(value), expression: String::new() });
                }
                (EXPRESSION, Some(ServiceLines { rules, .. })) => {
                    if let Some(last) = rules.last_mut() {
                        last.rule.expression = value.replace("\r\n", "\n");
                    }
                }
                _ => {}
            }
        }
        for (_, change) in fields.iter().filter(|(name, _)| name == RESHAPE) {
            match change.as_str() {
                ADD_SERVICE => lines.add_service(given(NEW).map_or("", String::as_str)),
                change => lines.reshape(change),
            }
        }
        Some(lines)
    }

    /// What it says.
    pub fn policy(&self) -> Policy {
        let entry = |service: &ServiceLines| match service.entry {
            Entry::Allow => ServicePolicy::Allow,
            Entry::Deny => ServicePolicy::Deny,
            Entry::Rules => {
                let rules = service.rules.iter().map(|line| line.rule.clone()).collect();
                ServicePolicy::Rules { rules }
            }
        };
        let services = self.services.iter().map(|one| (one.name.clone(), entry(one)));
        Policy { default_service_strategy: self.default, services: services.collect() }
    }

    /// Adds a rule to the last service.
    fn add(&mut self, rule: Rule) {
        let key = self.next;
        self.next += 1;
        if let Some(service) = self.services.last_mut() {
            service.rules.push(RuleLine { key, rule });
        }
    }

    /// Adds a service that is denied, unless it is there.
    pub fn add_service(&mut self, name: &str) {
        let name = name.trim();
        if !name.is_empty() && self.service(name).is_none() {
            let name = name.to_owned();
            self.services.push(ServiceLines { name, entry: Entry::Deny, rules: Vec::new() });
        }
    }

    pub fn service(&self, name: &str) -> Option<&ServiceLines> {
        self.services.iter().find(|service| service.name == name)
    }

    pub fn service_mut(&mut self, name: &str) -> Option<&mut ServiceLines> {
        self.services.iter_mut().find(|service| service.name == name)
    }

    /// Does what a button says. Rules are counted from one.
    pub fn reshape(&mut self, change: &str) {
        let (what, about) = change.split_once(' ').unwrap_or((change, ""));
        if what == REMOVE_SERVICE {
            self.services.retain(|service| service.name != about);
            return;
        }
        let key = self.next;
        if what == ADD_RULE {
            if let Some(service) = self.service_mut(about) {
                let rule = Rule { action: Strategy::Allow, expression: String::new() };
                service.rules.push(RuleLine { key, rule });
                service.entry = Entry::Rules;
                self.next += 1;
            }
            return;
        }
        let Some((name, number)) = about.rsplit_once(' ') else { return };
        let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let (Some(service), Some(at)) = (self.service_mut(name), at) else { return };
        let rules = &mut service.rules;
        match what {
            REMOVE_RULE if at < rules.len() => drop(rules.remove(at)),
            UP if at > 0 && at < rules.len() => rules.swap(at, at - 1),
            DOWN if at + 1 < rules.len() => rules.swap(at, at + 1),
            _ => {}
        }
    }
}

/// A policy as people read JSON.
pub fn pretty(policy: &Policy) -> String {
    serde_json::to_string_pretty(policy).unwrap_or_default()
}

/// The fields of a form with its policy as JSON alone.
pub fn settled(mut fields: Fields) -> Fields {
    let by_json = fields.iter().rfind(|(name, _)| name == BY).is_some_and(|(_, by)| by == BY_JSON);
    if let Some(lines) = Lines::of_fields(&fields).filter(|_| !by_json) {
        fields.retain(|(name, _)| name != JSON);
        fields.push((JSON.to_owned(), pretty(&lines.policy())));
    }
    fields.retain(|(name, _)| !name.starts_with(PREFIX));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn sent(more: &[(&str, &str)]) -> Fields {
        let mut all = fields(&[
            ("_path.id", "7"),
            (BY, BY_FIELDS),
            (DEFAULT, "deny"),
            (SERVICE, "compute"),
            (ENTRY, "rules"),
            (ACTION, "deny"),
            (EXPRESSION, "a"),
            (ACTION, "allow"),
            (EXPRESSION, "b\r\nc"),
            (SERVICE, "dns"),
            (ENTRY, "allow"),
            (JSON, "{"),
        ]);
        all.extend(fields(more));
        all
    }

    fn policy(more: &[(&str, &str)]) -> String {
        let settled = settled(sent(more));
        assert!(settled.iter().all(|(name, _)| !name.starts_with(PREFIX)));
        let json = settled.iter().find(|(name, _)| name == JSON).map(|(_, json)| json.clone());
        let json = json.expect("a policy");
        let policy = serde_json::from_str::<Policy>(&json).map(|policy| {
            assert_eq!(Lines::of(&policy).policy(), policy);
            serde_json::to_string(&policy).unwrap_or_default()
        });
        policy.unwrap_or(json)
    }

    const A: &str = r#"{"action":"deny","expression":"a"}"#;
    const B: &str = r#"{"action":"allow","expression":"b\nc"}"#;

    fn rules(rules: &[&str]) -> String {
        format!(
            r#"{{"default-service-strategy":"deny","services":{{"compute":{{"type":"rules","rules":[{}]}},"dns":{{"type":"allow"}}}}}}"#,
            rules.join(",")
        )
    }

    #[test]
    fn fields_become_json_unless_the_json_is_meant() {
        assert_eq!(policy(&[]), rules(&[A, B]));
        assert_eq!(policy(&[(BY, BY_JSON)]), "{");
        assert_eq!(policy(&[(DEFAULT, "allow")]), rules(&[A, B]).replacen("deny", "allow", 1));
        let other = fields(&[("name", "x"), (JSON, "{}")]);
        assert_eq!(settled(other.clone()), other);
        assert_eq!(settled(settled(sent(&[]))), settled(sent(&[])));
    }

    #[test]
    fn buttons_add_move_and_remove() {
        let after = |change: &str| policy(&[(RESHAPE, change)]);
        let empty = r#"{"action":"allow","expression":""}"#;
        assert_eq!(after("down compute 1"), rules(&[B, A]));
        assert_eq!(after("up compute 2"), rules(&[B, A]));
        assert_eq!(after("remove-rule compute 1"), rules(&[B]));
        assert_eq!(after("add-rule compute"), rules(&[A, B, empty]));
        assert!(after("add-rule dns").contains(r#""dns":{"type":"rules""#));
        assert!(!after("remove-service dns").contains("dns"));
        let made = policy(&[(NEW, " iam "), (RESHAPE, ADD_SERVICE)]);
        assert!(made.contains(r#""iam":{"type":"deny"}"#), "{made}");
        let nothing = [
            "",
            "look",
            "up compute 1",
            "down compute 2",
            "up compute 0",
            "up compute 9",
            "up",
            "remove-rule compute 3",
            "remove-rule sos 1",
            "add-rule sos",
            "up compute -1",
        ];
        for change in nothing {
            assert_eq!(after(change), rules(&[A, B]), "{change}");
        }
        assert_eq!(policy(&[(NEW, "dns"), (RESHAPE, ADD_SERVICE)]), rules(&[A, B]));
    }
}
