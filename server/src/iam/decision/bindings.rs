//! What the rules can read of a request.
//!
//! `parameters` has only what the operation takes: nobody changes a decision with a field, or a
//! part of the query, that is then ignored.

use crate::{
    call::Call,
    error::{Error, Result},
    http::{input, openapi},
    principal::Actor,
};
use api::Method;
use policy::{Bindings, Unbindable, Value};
use serde_json::{Map, Value as Json};

/// All but the resources.
pub fn of(call: &Call) -> Result<Bindings> {
    let (request, principal) = (&call.request, call.principal()?);
    let or_null = |text: Option<&str>| text.map_or(Value::Null, Value::from);
    let key = match &principal.actor {
        Actor::Key { key, .. } => Some(key.as_str()),
        _ => None,
    };
    let source_ip = request.source_ip.map(|address| address.to_canonical().to_string());
    let created = principal.credential_created.to_string();
    let user = match &principal.actor {
        Actor::Session { email, .. } | Actor::Token { email, .. } => Some(email.as_str()),
        _ => None,
    };
    let identity = [
        ("key", or_null(key)),
        ("created", created.into()),
        ("user", or_null(user)),
        ("role", principal.role.name.as_str().into()),
    ];
    Ok(Bindings::new()
        .with("service", request.endpoint.service)
        .with("operation", request.endpoint.operation)
        .with("zone", or_null(request.zone.as_deref()))
        .with("now", request.started.to_string())
        .with("source_ip", or_null(source_ip.as_deref()))
        .with("api_key", or_null(key))
        .with("identity", Value::record(identity))
        .with("parameters", bind(&parameters(call))?))
}

/// Path, query and body, each name once: what the path says goes first.
fn parameters(call: &Call) -> Map<String, Json> {
    let request = &call.request;
    let known = openapi::fields(request.endpoint);
    let mut found = Map::new();
    match (&request.body, request.endpoint.method) {
        (_, Method::GET) => {
            let query = input::counting(&request.query);
            let query = query.filter(|(name, _)| known.contains(name.as_str()));
            found.extend(query.map(|(name, value)| (name.clone(), Json::from(value.as_str()))));
        }
        (Json::Object(body), _) => {
            let fields = body
                .iter()
                .filter(|(name, value)| known.contains(name.as_str()) && !value.is_null());
            found.extend(fields.map(|(name, value)| (name.clone(), value.clone())));
        }
        _ => {}
    }
    found.extend(
        request.params.iter().map(|(name, value)| ((*name).to_owned(), Json::from(value.as_str()))),
    );
    found
}

/// An object with underscores for the hyphens in its names.
pub fn bind(object: &Map<String, Json>) -> Result<Value> {
    policy::from_parameters(object).map_err(|why| {
        Error::invalid(match why {
            Unbindable::TooDeep => "The request is nested too deeply to be decided about.",
            Unbindable::Ambiguous => "The request has two fields that policies can't tell apart.",
        })
    })
}
