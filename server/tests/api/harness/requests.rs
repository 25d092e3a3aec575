//! For every row of the endpoint table a request that would succeed.

use super::{Ask, Everything, Platform, Tenant, Who};
use api::{Access, Endpoint};
use domain::{IdentityProviderId, Uuid};
use serde_json::{Value, json};
use server::single_sign_on::Binding;

/// What only who signs in in two steps can do.
const TWO_STEP: [&str; 2] = ["renew-recovery-codes", "remove-second-factor"];
/// What only whose role refuses something can do: they have it, too.
const REFUSED: [&str; 2] = ["request-access", "withdraw-access-request"];

/// The request, by whoever may make it. Paths name what [`Everything`] made.
pub async fn ready(
    platform: &Platform,
    of: &Tenant,
    with: &Everything,
    endpoint: &Endpoint,
) -> Ask {
    let who = match endpoint.access {
        Access::Public => Who::Nobody,
        Access::Anyone => of.owner.clone(),
        Access::Session if TWO_STEP.contains(&endpoint.operation) => with.two_step.clone(),
        Access::Person if REFUSED.contains(&endpoint.operation) => with.two_step.clone(),
        Access::Person | Access::Session => with.session.clone(),
    };
    let path = path(endpoint, platform, with);
    let ask = platform.door.ask(endpoint.method.as_str(), &path).by(&who);
    match endpoint.method != api::Method::GET {
        true => ask.json(&body(platform, of, with, endpoint.operation).await),
        false => ask,
    }
}

/// The path with everything filled in.
pub fn path(endpoint: &Endpoint, platform: &Platform, with: &Everything) -> String {
    let mut path = endpoint.path.replace("{field}", "labels").replace("{entity}", "instance");
    path = path.replace("{name}", &with.ssh_key);
    for (name, value) in ids(endpoint, platform, with) {
        path = path.replace(&format!("{{{name}}}"), &value);
    }
    path
}

/// The ids in the path of an endpoint.
pub fn ids(
    endpoint: &Endpoint,
    platform: &Platform,
    with: &Everything,
) -> Vec<(&'static str, String)> {
    let stopped = ["start-instance", "scale-instance", "resize-instance-disk"];
    let instance = match endpoint.operation {
        "recover-instance" => with.kept,
        operation if stopped.contains(&operation) => with.stopped,
        _ => with.running,
    };
    let id = match endpoint.path.trim_start_matches('/').split('/').next().unwrap_or_default() {
        "instance" | "reverse-dns" => instance.to_string(),
        "instance-type" => platform.type_id("standard.small").to_string(),
        "template" => with.template.to_string(),
        "snapshot" => with.snapshot.to_string(),
        "operation" if endpoint.operation == "retry-operation" => with.failed.to_string(),
        "operation" if endpoint.operation == "cancel-operation" => with.waiting.to_string(),
        "list-export" => with.list_export.to_string(),
        "bulk-action" => with.bulk_action.to_string(),
        "operation" => with.operation.to_string(),
        "security-group" => with.security_group.to_string(),
        "iam-role" if endpoint.operation == "assume-iam-role" => with.assumable.to_string(),
        "iam-role" => with.role.to_string(),
        "api-key" => id_of_key(&with.billing),
        "access-token" => with.token_id.to_string(),
        "session" => with.session_id.to_string(),
        "user" => with.user.to_string(),
        "access-request" if endpoint.operation == "refuse-access-request" => {
            with.refusable_request.to_string()
        }
        "access-request" if endpoint.operation == "withdraw-access-request" => {
            with.own_request.to_string()
        }
        "access-request" => with.access_request.to_string(),
        "access-grant" => with.access_grant.to_string(),
        "saved-view" => with.saved_view.to_string(),
        "webhook" => with.webhook.to_string(),
        "identity-provider" => with.identity_provider.to_string(),
        "me" if endpoint.operation == "delete-passkey" => with.passkey.to_string(),
        _ => return Vec::new(),
    };
    let name = if endpoint.path.contains("{instance-id}") { "instance-id" } else { "id" };
    match endpoint.path.contains(&format!("{{{name}}}")) {
        true => vec![(name, id)],
        false => Vec::new(),
    }
}

/// What an API key is called.
pub fn id_of_key(of: &Who) -> String {
    match of {
        Who::Key { key, .. } => key.clone(),
        _ => unreachable!("no API key"),
    }
}

/// A body that says what the operation needs.
pub async fn body(platform: &Platform, of: &Tenant, with: &Everything, operation: &str) -> Value {
    match operation {
        "create-identity-provider" => json!({
            "name": "new", "issuer": "https://login.example", "client-id": "new",
            "client-secret": "a new client secret",
        }),
        "update-identity-provider" => json!({ "name": "newer" }),
        "begin-single-sign-on" => json!({ "organization": of.org }),
        "complete-single-sign-on" => {
            let provider = IdentityProviderId(with.identity_provider);
            let (binding, state) = Binding::begin(&platform.cloud, of.org, provider, None);
            let binding = binding.sealed(&platform.cloud).unwrap();
            json!({ "organization": of.org, "binding": binding, "state": state, "code": "x" })
        }
        "create-instance" => of.body(platform, "new").await,
        "update-instance" | "update-template" | "promote-snapshot-to-template" => {
            json!({ "name": "new" })
        }
        "create-webhook" => json!({ "name": "new", "url": "https://hooks.example/" }),
        "update-webhook" => json!({ "name": "newer" }),
        "redeliver-webhook" => json!({ "delivery": with.delivery }),
        "update-saved-view" => json!({ "name": "newer" }),
        "create-saved-view" => json!({ "name": "new", "list": "instances" }),
        "create-list-export" => json!({ "list": "instances", "format": "json" }),
        "update-preferences" => json!({ "list": "instances", "columns": ["name"] }),
        "scale-instance" => {
            json!({ "instance-type": { "id": platform.type_id("standard.large") } })
        }
        "resize-instance-disk" => json!({ "disk-size": 20 }),
        "revert-instance-to-snapshot" => json!({ "id": with.snapshot }),
        "register-ssh-key" => json!({ "name": "new", "public-key": super::PUBLIC_KEY }),
        "create-bulk-action" => json!({ "action": "stop-instance", "ids": [with.running] }),
        "create-iam-role" => json!({ "name": "new" }),
        "simulate-iam-policy" => json!({ "operation": "list-instances" }),
        "replay-iam-policy" => {
            json!({ "organization-policy": { "default-service-strategy": "deny", "services": {} } })
        }
        "update-iam-role" => json!({ "description": "new" }),
        "update-iam-role-policy" => json!({ "default-service-strategy": "deny", "services": {} }),
        "update-iam-organization-policy" => {
            json!({ "default-service-strategy": "allow", "services": { "dns": { "type": "deny" } } })
        }
        "assume-iam-role" => json!({ "ttl": 60 }),
        "create-api-key" => {
            json!({ "name": "new", "role-id": of.role(platform, "Billing").await })
        }
        "request-access" => {
            json!({ "operation": "list-instances", "reason": "to look", "hours": 1 })
        }
        "create-access-token" => json!({ "name": "new" }),
        "create-user" => {
            let role = of.role(platform, "Billing").await;
            json!({ "email": "new@acme.example", "role": { "id": role } })
        }
        "update-user-role" => json!({ "role": { "id": of.role(platform, "Owner").await } }),
        "accept-invitation" => {
            json!({ "token": with.invitation, "password": super::PASSWORD })
        }
        "request-password-reset" => json!({ "email": with.cleo }),
        "reset-password" => json!({ "token": with.reset, "password": "another long password" }),
        "confirm-second-factor" => json!({ "code": platform.pending_code(&with.session).await }),
        // The second is made in the same story, so it has a code of its own.
        "renew-recovery-codes" => json!({ "code": platform.code_in(&with.secret, -1) }),
        "remove-second-factor" => json!({ "code": platform.code(&with.secret) }),
        "confirm-session" => json!({ "password": super::PASSWORD }),
        "create-passkey" => {
            platform.new_passkey(&with.session, &mut super::Authenticator::new()).await
        }
        "create-passkey-session" => platform.shown_passkey(&with.device).await,
        "create-session" => json!({ "email": of.email, "password": super::PASSWORD }),
        "redeem-sign-in-link" => json!({ "token": with.link }),
        "set-password" => {
            json!({ "current": super::PASSWORD, "password": "another long password" })
        }
        "update-organization" => json!({ "instance-recovery-hours": 48 }),
        "switch-organization" => json!({ "organization": of.org }),
        _ => json!({}),
    }
}

/// An id that nothing has.
pub fn nothing() -> String {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0007).to_string()
}
