//! What a request is about: what its path and body name, as `get-<kind>` would serve it. What does
//! not exist in the organization is not bound, and so is told apart from nothing.

use super::bindings::bind;
use crate::{
    call::Call,
    error::{Error, Result},
    http::{
        handlers::{HANDLERS, Handler},
        openapi,
    },
    view::View,
};
use api::Endpoint;
use policy::Value;
use serde_json::{Map, Value as Json};

/// Fields of bodies that name something by another name than its kind's: of one operation, or all.
const NAMED_OTHERWISE: [(Option<&str>, &str, &str); 3] = [
    (Some("revert-instance-to-snapshot"), "id", "snapshot"),
    (None, "role-id", "iam-role"),
    (None, "role", "iam-role"),
];

/// Something that a request names.
pub struct Named {
    /// The operation that serves it.
    pub getter: &'static Endpoint,
    pub id: String,
    /// As it is; nothing, if there is none here.
    pub value: Option<Value>,
}

impl Named {
    /// `ssh_key`
    pub fn kind(&self) -> String {
        kind(self.getter).replace('-', "_")
    }
}

/// What is named, and read.
pub async fn of(call: &Call) -> Result<Vec<Named>> {
    let mut found = Vec::new();
    for (getter, id) in named(call) {
        let value = read(call, getter, &id).await?.as_ref().map(bind).transpose()?;
        found.push(Named { getter, id, value });
    }
    Ok(found)
}

/// What is named, as `get-<kind>` serves it, by these operations' names. What is not there is left out.
pub async fn as_it_is(call: &Call) -> Result<Map<String, Json>> {
    let mut found = Map::new();
    for (getter, id) in named(call) {
        if let Some(json) = read(call, getter, &id).await? {
            found.insert(kind(getter).to_owned(), Json::Object(json));
        }
    }
    Ok(found)
}

/// `ssh-key` of `get-ssh-key`
pub fn kind(getter: &Endpoint) -> &'static str {
    getter.operation.trim_start_matches("get-")
}

/// `resources.<kind>`, with underscores for hyphens in kinds and in the names of attributes.
pub fn record(named: &[Named]) -> Value {
    Value::record(named.iter().filter_map(|named| Some((named.kind(), named.value.clone()?))))
}

/// What is named, each kind once: by the operation that serves it, and its id or name. What the path
/// names goes first.
pub fn named(call: &Call) -> Vec<(&'static Endpoint, String)> {
    let request = &call.request;
    let mut named: Vec<(&'static Endpoint, String)> = Vec::new();
    let mut add = |kind: &str, id: &str| {
        if let Some(getter) = getter(kind)
            && !named.iter().any(|(known, _)| known.operation == getter.operation)
        {
            named.push((getter, id.to_owned()));
        }
    };
    for (kind, id) in of_path(call) {
        add(kind, id);
    }
    let known = openapi::fields(request.endpoint);
    for (field, value) in request.body.as_object().into_iter().flatten() {
        let id = value.as_str().or_else(|| value["id"].as_str()).or_else(|| value["name"].as_str());
        if let Some(id) = id
            && known.contains(field.as_str())
        {
            let otherwise = NAMED_OTHERWISE.iter().find(|(operation, name, _)| {
                name == field && operation.is_none_or(|of| of == request.endpoint.operation)
            });
            add(otherwise.map_or(field.as_str(), |(_, _, kind)| *kind), id);
        }
    }
    named
}

/// What the path names: the operation that serves it, the name of its parameter, its id or name.
pub fn named_by_path(call: &Call) -> Vec<(&'static Endpoint, &'static str, String)> {
    let served = of_path(call).filter_map(|(kind, id)| Some((getter(kind)?, id)));
    served.map(|(getter, id)| (getter, param(getter), id.clone())).collect()
}

/// The parameters of the path, and of what kind of thing they are the id or name.
fn of_path(call: &Call) -> impl Iterator<Item = (&'static str, &String)> {
    let segments: Vec<&'static str> = call.request.endpoint.path.split(['/', ':']).collect();
    let named =
        |pair: &[&'static str]| Some((pair[0], pair[1].strip_prefix('{')?.strip_suffix('}')?));
    let pairs: Vec<_> = segments.windows(2).filter_map(named).collect();
    pairs.into_iter().filter_map(|(kind, param)| {
        let found = call.request.params.iter().find(|(name, _)| *name == param);
        found.map(|(_, id)| (kind, id))
    })
}

/// `id` of `/instance/{id}`
fn param(getter: &'static Endpoint) -> &'static str {
    getter.path.split(['{', '}']).nth(1).unwrap_or_default()
}

/// `get-instance` of `instance`, if there is one that takes an id or a name.
fn getter(kind: &str) -> Option<&'static Endpoint> {
    let getter = api::find(&format!("get-{kind}"))?;
    let rest = getter.path.strip_prefix('/')?.strip_prefix(kind)?.strip_prefix("/{")?;
    (rest.find('}')? + 1 == rest.len()).then_some(getter)
}

/// One thing, in whatever zone it is: by the address of another zone it must not be unknown here and
/// known to the operation.
pub async fn read(
    call: &Call,
    getter: &'static Endpoint,
    id: &str,
) -> Result<Option<Map<String, Json>>> {
    let Some(Handler::Read(serve)) = HANDLERS.get(getter.operation) else { return Ok(None) };
    if id.contains('\0') {
        return Ok(None);
    }
    let view = View::new(call.to_look_at(getter, vec![(param(getter), id.to_owned())]));
    match serve(&view, &[]).await {
        Ok(text) => serde_json::from_str(&text).map(Some).map_err(Error::internal),
        Err(Error::NotFound(_) | Error::Invalid { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_a_path_names_can_be_read() {
        for (kind, expected) in [
            ("instance", Some("get-instance")),
            ("ssh-key", Some("get-ssh-key")),
            ("iam-role", Some("get-iam-role")),
            ("quota", Some("get-quota")),
            ("organization", None),
            ("session", None),
            ("nothing", None),
        ] {
            assert_eq!(getter(kind).map(|getter| getter.operation), expected, "{kind}");
        }
    }
}
