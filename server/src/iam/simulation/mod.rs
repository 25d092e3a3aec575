//! `simulate-iam-policy`: what the policies would say of a call that is not made. It is decided by
//! the function that decides about those that are.

mod told;

use super::{decision, keys, permissions, policies::Ready, roles};
use crate::{
    call::{Call, Request},
    error::{Error, Result},
    http::input,
    principal::{Actor, Principal, Role},
    users,
    view::View,
};
use api::{Endpoint, IamPolicy, IamSimulation, Method, SimulateIamPolicy};
use domain::{
    MemberId, RoleId, SessionId, Uuid,
    iam::{Policy, limits},
};
use serde_json::{Map, Value};
use std::sync::Arc;

/// `simulate-iam-policy`
pub async fn simulate(view: &View, input: SimulateIamPolicy) -> Result<IamSimulation> {
    let endpoint = api::find(&input.operation).ok_or_else(|| {
        Error::field("operation", format!("is {:?}, and there is none", input.operation))
    })?;
    let principal = principal(view, &input).await?;
    let request = request(view, endpoint, &input)?;
    let call = view.imagined(request, principal.clone());
    let (organization, role) = (&*principal.org_policy, &*principal.role.policy);
    may_read_resources(view, &call, organization, role).await?;
    Ok(match decision::explained(&call, organization, role).await? {
        None => {
            let mut db = view.cloud.db.read().await?;
            let has = roles::permissions_of(&mut db, view.org()?, principal.role.id).await?;
            told::not_asked(endpoint, &principal, &has)
        }
        Some(explained) => {
            let name = principal.role.name.clone();
            told::told(endpoint, explained, organization, role, name)
        }
    })
}

/// Who would call, with which policies. What one may not read one does not learn by asking so.
async fn principal(view: &View, input: &SimulateIamPolicy) -> Result<Principal> {
    let mut principal = view.principal()?.clone();
    let org = principal.org;
    let given = [input.api_key.is_some(), input.user_id.is_some(), input.role_id.is_some()];
    if given.contains(&true) {
        // Grants are of one person, beside the role that they have.
        principal.grants = Arc::default();
    }
    if let Some(id) = input.user_id {
        if input.api_key.is_some() {
            return Err(Error::field("user-id", "can't be given with api-key"));
        }
        principal = as_member(view, principal, id, input.role_id.is_none()).await?;
    }
    if let Some(key) = &input.api_key {
        view.must("get-api-key", &[("id", key)]).await?;
        let found = {
            let mut db = view.cloud.db.read().await?;
            keys::store::get(&mut db, org, key, view.now()).await?
        };
        let found = found.ok_or_else(|| Error::field("api-key", "is none of this organization"))?;
        principal.credential_created = found.created_at.unwrap_or(view.now());
        principal.actor =
            Actor::Key { key: found.key, name: found.name, assumed_by: found.assumed_by };
        if input.role_id.is_none() {
            principal.role = role(view, found.role_id).await?;
        }
    }
    if let Some(id) = input.role_id {
        principal.role = role(view, id).await?;
    }
    if let Some(given) = ready("policy", input.policy.as_ref()).await? {
        principal.role.policy = given;
    }
    match ready("organization-policy", input.organization_policy.as_ref()).await? {
        Some(given) => principal.org_policy = given,
        None => view.must("get-iam-organization-policy", &[]).await?,
    }
    Ok(principal)
}

/// Somebody of the organization, as if they had just signed in.
async fn as_member(
    view: &View,
    principal: Principal,
    id: MemberId,
    in_their_role: bool,
) -> Result<Principal> {
    view.must("list-users", &[]).await?;
    let found = {
        let mut db = view.cloud.db.read().await?;
        users::store::get(&mut db, principal.org, id).await?
    };
    let found = found.ok_or_else(|| Error::field("user-id", "is nobody of this organization"))?;
    let user = found.person.ok_or_else(|| {
        Error::field("user-id", "is invited, and can do nothing yet: give a role-id instead")
    })?;
    let session = SessionId(Uuid::nil());
    let actor = Actor::Session { user, email: found.email, session };
    let mut principal = Principal { actor, credential_created: view.now(), ..principal };
    if in_their_role {
        principal.role = role(view, found.role.id).await?;
        principal.grants = permissions::granted(view, id, found.role.id).await?;
    }
    Ok(principal)
}

async fn role(view: &View, id: RoleId) -> Result<Role> {
    view.must("get-iam-role", &[("id", &id.to_string())]).await?;
    let mut db = view.cloud.db.read().await?;
    let role = roles::of(&mut db, view.org()?, id).await?;
    let role = role.ok_or_else(|| Error::field("role-id", "is not a role of this organization"))?;
    let policy = Ready::prepared(role.policy.unwrap_or_else(Policy::deny_all)).await?;
    Ok(Role { id: role.id, name: role.name, policy })
}

async fn ready(field: &str, policy: Option<&IamPolicy>) -> Result<Option<Arc<Ready>>> {
    let Some(policy) = policy else { return Ok(None) };
    limits::check(policy).map_err(|e| Error::field(field, e))?;
    Ready::prepared(policy.clone()).await.map(Some)
}

/// The request that would be sent.
fn request(view: &View, endpoint: &'static Endpoint, input: &SimulateIamPolicy) -> Result<Request> {
    let zone = match &input.zone {
        Some(zone) if view.cloud.zones.find(zone).is_none() => {
            let names = view.cloud.zones.names().join(", ");
            return Err(Error::field("zone", format!("is {zone:?}; there are {names}")));
        }
        zone => zone.clone(),
    };
    let source_ip = match &input.source_ip {
        Some(text) => Some(
            text.parse().map_err(|_| Error::field("source-ip", "is no IPv4 or IPv6 address"))?,
        ),
        None => view.request.source_ip,
    };
    let mut given = input.parameters.clone().unwrap_or_default();
    let names = endpoint.path.split(['{', '}']).skip(1).step_by(2);
    let params = names.filter_map(|name| Some((name, text(given.remove(name)?)))).collect();
    let (query, body) = match endpoint.method {
        Method::GET => {
            (given.into_iter().map(|(n, value)| (n, text(value))).collect(), Value::Null)
        }
        _ => (Vec::new(), body(endpoint, given)?),
    };
    let now = input.at.unwrap_or(view.now());
    let asked = Request::of_platform(endpoint, String::new(), now);
    Ok(Request { params, query, body, zone, source_ip, ..asked })
}

/// As it would be read when it was sent.
fn body(endpoint: &Endpoint, given: Map<String, Value>) -> Result<Value> {
    input::json(Value::Object(given).to_string().as_bytes(), endpoint.compatible)
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Rules show what they saw, so whoever asks must be allowed to see it.
async fn may_read_resources(
    view: &View,
    call: &Call,
    organization: &Ready,
    role: &Ready,
) -> Result<()> {
    if decision::reads_resources(call, organization, role) {
        for (getter, id) in decision::named(call) {
            let name = getter.path.split(['{', '}']).nth(1).unwrap_or_default();
            view.must(getter.operation, &[(name, &id)]).await?;
        }
    }
    Ok(())
}
