//! Which kinds of things can be looked at as they were, and how each is asked for.

use crate::{
    path,
    text::{
        Text, access, api_keys, instance, instances, past as text, quotas, roles, saved_views,
        single_sign_on, snapshots, ssh_keys, templates, users, webhooks,
    },
};
use api::Endpoint;
use serde_json::Value;

/// A kind of things.
pub struct Kind {
    /// `instance`, as the API calls it.
    pub name: &'static str,
    pub title: Text,
    list: &'static str,
    /// What its list is asked besides the instant.
    asked: &'static [(&'static str, &'static str)],
    /// The operation that shows one, and its parameter; none: it is read from the list.
    one: Option<(&'static str, &'static str)>,
    /// Where the things are as they are now.
    pub now: fn() -> String,
    /// The field that tells most about one, beside its name: the way to it.
    essence: &'static [&'static str],
}

const fn kind(name: &'static str, title: Text, list: &'static str, now: fn() -> String) -> Kind {
    Kind { name, title, list, asked: &[], one: None, now, essence: &["state"] }
}

impl Kind {
    const fn by(self, get: &'static str, param: &'static str) -> Kind {
        Kind { one: Some((get, param)), ..self }
    }

    const fn telling(self, essence: &'static [&'static str]) -> Kind {
        Kind { essence, ..self }
    }

    const fn asking(self, asked: &'static [(&'static str, &'static str)]) -> Kind {
        Kind { asked, ..self }
    }

    /// What is asked of the API: the operation, its parameters and its query.
    pub fn question(&self, id: Option<&str>) -> Option<Question> {
        let (operation, params) = match (id, self.one) {
            (Some(id), Some((get, param))) => (get, vec![(param, id.to_owned())]),
            _ => (self.list, Vec::new()),
        };
        let asked = if params.is_empty() { self.asked } else { &[] };
        let mut query: serde_json::Map<String, Value> =
            asked.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
        if params.is_empty() && self.name == "instance" {
            query.insert("limit".to_owned(), api::PAGE_DEFAULT.into());
        }
        Some(Question { endpoint: api::find(operation)?, params, query })
    }

    /// One thing out of what was answered.
    pub fn one(&self, answer: Value, id: &str) -> Option<Value> {
        match self.one {
            Some(_) => Some(answer),
            None => items(&answer).into_iter().find(|item| id_of(item) == Some(id)),
        }
    }

    pub fn essence(&self, item: &Value) -> Option<String> {
        let found = self.essence.iter().try_fold(item, |within, field| within.get(*field))?;
        Some(found.as_str().map_or_else(|| found.to_string(), str::to_owned))
    }
}

pub struct Question {
    pub endpoint: &'static Endpoint,
    pub params: Vec<(&'static str, String)>,
    pub query: serde_json::Map<String, Value>,
}

/// The things of a list.
pub fn items(answer: &Value) -> Vec<Value> {
    let lists = answer.as_object().into_iter().flat_map(|map| map.values());
    lists.filter_map(Value::as_array).next().cloned().unwrap_or_default()
}

/// The id of a thing, or the name of what goes by name.
pub fn id_of(item: &Value) -> Option<&str> {
    ["id", "key", "resource", "name"].iter().find_map(|field| item[*field].as_str())
}

pub fn name_of(item: &Value) -> Option<&str> {
    ["name", "email", "operation"].iter().find_map(|field| item[*field].as_str()).or(id_of(item))
}

pub const KINDS: [Kind; 12] = [
    kind("instance", instances::TITLE, "list-instances", path::instances).by("get-instance", "id"),
    kind("iam-role", roles::TITLE, "list-iam-roles", path::roles)
        .by("get-iam-role", "id")
        .telling(&["description"]),
    kind("user", users::TITLE, "list-users", path::users).telling(&["role", "name"]),
    kind("api-key", api_keys::TITLE, "list-api-keys", path::api_keys)
        .by("get-api-key", "id")
        .telling(&["role-id"]),
    kind("snapshot", snapshots::TITLE, "list-snapshots", path::snapshots).by("get-snapshot", "id"),
    kind("template", templates::TITLE, "list-templates", path::templates)
        .by("get-template", "id")
        .asking(&[("visibility", "private")])
        .telling(&["description"]),
    kind("ssh-key", ssh_keys::TITLE, "list-ssh-keys", path::ssh_keys)
        .by("get-ssh-key", "name")
        .telling(&["fingerprint"]),
    kind("quota", quotas::TITLE, "list-quotas", path::quotas)
        .by("get-quota", "entity")
        .telling(&["usage"]),
    kind("webhook", webhooks::TITLE, "list-webhooks", path::webhooks).by("get-webhook", "id"),
    kind(
        "identity-provider",
        single_sign_on::TITLE,
        "list-identity-providers",
        path::single_sign_on,
    )
    .by("get-identity-provider", "id")
    .telling(&["issuer"]),
    kind("access-request", access::TITLE, "list-access-requests", path::access_requests)
        .by("get-access-request", "id"),
    kind("saved-view", saved_views::VIEWS, "list-saved-views", path::instances)
        .by("get-saved-view", "id")
        .telling(&["query"]),
];

/// Kinds that differences are told of and that have no list.
pub const ONLY_COMPARED: [(&str, Text); 2] =
    [("organization", text::ORGANIZATION), ("security-group", instance::SECURITY_GROUPS)];

/// What a kind is called; its API name, if it is none of these.
pub fn title(name: &str) -> Option<Text> {
    let kind = KINDS.iter().find(|kind| kind.name == name).map(|kind| kind.title);
    kind.or_else(|| ONLY_COMPARED.iter().find(|(of, _)| *of == name).map(|(_, title)| *title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_asked_for_by_reads_that_know_the_past() {
        for kind in &KINDS {
            for id in [None, Some("x")] {
                let question = kind.question(id).expect(kind.name);
                assert!(api::is_known_of_the_past(question.endpoint.operation), "{}", kind.name);
            }
        }
    }
}
