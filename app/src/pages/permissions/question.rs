//! What the address asks.

use crate::{
    pages::address,
    text::{Text, permissions as text},
};
use api::{ErrorBody, IamPermission, ListIamPermissions};
use domain::Timestamp;
use leptos_router::params::ParamsMap;

/// What can become of an operation.
pub const OUTCOMES: [(&str, Text); 4] = [
    ("allowed", text::ALLOWED),
    ("depends", text::DEPENDS),
    ("refused", text::REFUSED),
    ("open", text::OPEN),
];
/// What is possible, and was not done.
pub const UNUSED: (&str, Text) = ("unused", text::UNUSED);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    pub service: Option<String>,
    pub may: Option<String>,
    pub q: Option<String>,
}

impl Asked {
    /// Whether only some operations are asked for.
    pub fn is_some(&self) -> bool {
        *self != Asked::default()
    }

    pub fn is_met_by(&self, one: &IamPermission, since: Timestamp) -> bool {
        let may = |may: &String| match may.as_str() {
            "unused" => is_unused(one, since),
            outcome => one.outcome == outcome,
        };
        self.service.as_ref().is_none_or(|service| *service == one.service)
            && self.may.as_ref().is_none_or(may)
            && self.q.as_ref().is_none_or(|q| one.operation.contains(&q.to_lowercase()))
    }
}

/// Whether it is possible and was not done since then. Where no policy is asked that is not known.
pub fn is_unused(one: &IamPermission, since: Timestamp) -> bool {
    !one.service.is_empty()
        && matches!(one.outcome.as_str(), "allowed" | "depends")
        && one.last_used_at.is_none_or(|last| last < since)
}

/// Whose permissions: `role`, `api-key` or `user`, and which; nothing for what there is not.
pub fn whose(kind: &str, id: &str) -> Option<ListIamPermissions> {
    let mut whose = ListIamPermissions::default();
    match kind {
        "role" => whose.role_id = Some(id.parse().ok()?),
        "user" => whose.user_id = Some(id.parse().ok()?),
        "api-key" => whose.api_key = Some(id.to_owned()),
        _ => return None,
    }
    Some(whose)
}

/// Reads the filters.
pub fn read(query: &ParamsMap) -> Result<Asked, ErrorBody> {
    let mut asked = Asked::default();
    address::read(query, |name, value| {
        let text = Some(value.to_owned());
        match name {
            "service" => asked.service = text,
            "may" => {
                let mut possible = OUTCOMES.iter().chain([&UNUSED]).map(|(value, _)| *value);
                if !possible.clone().any(|one| one == value) {
                    return Err(address::not_one_of(name, value, &mut possible));
                }
                asked.may = text;
            }
            "q" => asked.q = text,
            _ => return Err(address::unknown(name)),
        }
        Ok(())
    })?;
    Ok(asked)
}
