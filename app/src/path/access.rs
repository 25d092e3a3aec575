//! Addresses of what has to do with access: people, keys, roles, policies, requests and grants.

use super::with_query;
use std::fmt::Display;

pub fn users() -> String {
    "/users".to_owned()
}

/// The page that gives somebody another role.
pub fn user_role(id: domain::MemberId) -> String {
    format!("/users/{id}/role")
}

/// The page that asks before somebody is removed.
pub fn user_delete(id: domain::MemberId) -> String {
    format!("/users/{id}/delete")
}

/// What was done to somebody, and by them.
pub fn user_activity(id: domain::MemberId) -> String {
    format!("/users/{id}/activity")
}

pub fn api_keys() -> String {
    "/api-keys".to_owned()
}

/// The page that asks before a key is revoked.
pub fn api_key_delete(key: &str) -> String {
    format!("/api-keys/{}/delete", api::forms::encode(key))
}

/// The form that puts another key in the place of one.
pub fn api_key_rotate(key: &str) -> String {
    format!("/api-keys/{}/rotate", api::forms::encode(key))
}

/// What was done to a key, and with it.
pub fn api_key_activity(key: &str) -> String {
    format!("/api-keys/{}/activity", api::forms::encode(key))
}

/// The page that asks before a personal access token is revoked.
pub fn access_token_delete(id: impl Display) -> String {
    format!("/access-tokens/{id}/delete")
}

pub fn roles() -> String {
    "/roles".to_owned()
}

pub fn role_create() -> String {
    "/roles/create".to_owned()
}

/// The form of a new role that begins as this one.
pub fn role_create_from(id: impl Display) -> String {
    with_query(role_create(), &[("from", &id.to_string())])
}

/// The form of a new role that allows what somebody has really used.
pub fn role_create_used(of: &api::ListIamPermissions) -> String {
    let (kind, id) = permissions_of(of);
    with_query(role_create(), &[("used", kind), ("id", &id)])
}

/// What a `role`, `user` or `api-key` may do, and has done.
pub fn permissions(kind: &str, id: impl Display) -> String {
    format!("/permissions/{kind}/{}", api::forms::encode(&id.to_string()))
}

fn permissions_of(of: &api::ListIamPermissions) -> (&'static str, String) {
    match (of.role_id, of.user_id, &of.api_key) {
        (Some(id), ..) => ("role", id.to_string()),
        (_, Some(id), _) => ("user", id.to_string()),
        (.., key) => ("api-key", key.clone().unwrap_or_default()),
    }
}

pub fn role(id: impl Display) -> String {
    format!("/roles/{id}")
}

/// The form of a role, or the page that asks before something is done to it; `{reference}` stands for
/// one that is not known yet.
pub fn role_act(id: impl Display, act: &str) -> String {
    format!("/roles/{id}/{act}")
}

/// What the organization allows, whatever a role says.
pub fn organization_policy() -> String {
    "/organization-policy".to_owned()
}

/// The form of the organization's policy, or the page that asks before it is reset.
pub fn organization_policy_act(act: &str) -> String {
    format!("/organization-policy/{act}")
}

/// What policies would say of a call.
pub fn simulator() -> String {
    "/simulator".to_owned()
}

/// The same, of an operation.
pub fn simulator_asking(operation: &str) -> String {
    with_query(simulator(), &[("operation", operation)])
}

/// The same, by who has this role.
pub fn simulator_asking_of(operation: &str, role: impl Display) -> String {
    with_query(simulator(), &[("operation", operation), ("role-id", &role.to_string())])
}

/// The same, of a call of which this much is known.
pub fn simulator_asking_with(known: &[(&str, &str)]) -> String {
    with_query(simulator(), known)
}

/// The same, of calls by who has this role.
pub fn simulator_of(role: impl Display) -> String {
    with_query(simulator(), &[("role-id", &role.to_string())])
}

/// Requests for access, and what was granted.
pub fn access_requests() -> String {
    "/access-requests".to_owned()
}

/// Where access to an operation is asked for, of one thing or of any.
pub fn request_access(operation: &str, resource: Option<&str>) -> String {
    let resource = resource.unwrap_or_default();
    let query = [("operation", operation), ("resource", resource)];
    with_query(format!("{}/new", access_requests()), &query)
}

/// Where a request for access is decided about.
pub fn access_request(id: domain::AccessRequestId) -> String {
    format!("{}/{id}", access_requests())
}

/// The page that asks before a request is refused or withdrawn, or a grant revoked.
pub fn access_act(id: domain::AccessRequestId, act: &str) -> String {
    format!("{}/{act}", access_request(id))
}
