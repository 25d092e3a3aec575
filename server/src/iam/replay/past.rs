//! A call that was made, from what the audit trail has of it.

use crate::{
    audit::record::HIDDEN,
    call::{Call, Request},
    error::Result,
    iam::access::granted::{self, store::Whose},
    principal::{Actor, Principal, Role},
    view::View,
};
use api::{Event, Method};
use domain::{SessionId, UserId, Uuid};
use serde_json::{Map, Value};

pub struct Past {
    pub call: Call,
    /// All that was asked is known. Of a body that was too long nothing is.
    pub is_whole: bool,
}

impl Past {
    /// Nothing for what no person and no key has asked, and what no policy is asked about.
    pub fn of(view: &View, event: &Event, grants: &[Whose]) -> Result<Option<Past>> {
        let Some(endpoint) = api::find(&event.handler) else { return Ok(None) };
        let actor = match (&event.iam_api_key, &event.iam_user) {
            (Some(key), _) => Actor::Key {
                key: key.key.clone(),
                name: key.name.clone(),
                assumed_by: key.assumed_by.clone(),
            },
            // Whether by a session or a token is the same for policies.
            (None, Some(user)) => Actor::Session {
                user: UserId(user.id),
                email: user.email.clone(),
                session: SessionId(Uuid::nil()),
            },
            (None, None) => return Ok(None),
        };
        let names = endpoint.path.split(['{', '}']).skip(1).step_by(2);
        let params = names.filter_map(|name| Some((name, text(event.path_params.get(name)?))));
        let (query, body) = match endpoint.method {
            Method::GET => (pairs(&event.get_params), Value::Null),
            _ => (Vec::new(), Value::Object(event.body_params.clone())),
        };
        let request = Request {
            params: params.collect(),
            query,
            body,
            zone: event.zone.clone(),
            source_ip: event.source_ip.as_deref().and_then(|address| address.parse().ok()),
            ..Request::of_platform(endpoint, String::new(), event.timestamp)
        };
        let own = view.principal()?.clone();
        // Rules read what the role was called.
        let role = event.iam_role.as_ref().map(|role| Role {
            id: role.id,
            name: role.name.clone(),
            policy: own.role.policy.clone(),
        });
        let mut principal = Principal {
            actor,
            role: role.unwrap_or_else(|| own.role.clone()),
            credential_created: event.credential_created_at.unwrap_or(event.timestamp),
            ..own
        };
        // What somebody was granted then, whatever they have now.
        principal.grants = granted::those_of(grants, &principal);
        let is_whole = ![&event.body_params, &event.get_params, &event.path_params]
            .into_iter()
            .any(|part| part.contains_key(HIDDEN));
        Ok(Some(Past { call: view.imagined(request, principal), is_whole }))
    }
}

fn pairs(params: &Map<String, Value>) -> Vec<(String, String)> {
    params.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
