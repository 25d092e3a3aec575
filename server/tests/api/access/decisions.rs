//! What a grant allows, and what it does not: enforcement, simulator, replay and permissions say the
//! same.

use super::{BOB, HOUR, approve, asked, body, granted};
use crate::{
    harness::{Platform, Who},
    policies::{refused_by, rules},
    stream::Listener,
};
use api::{AccessRequest, IamPermissions, IamReplay, IamSimulation};
use serde_json::{Value, json};
use std::time::Duration;

async fn simulated(platform: &Platform, by: &Who, question: Value) -> IamSimulation {
    platform.door.post(by, "/iam-simulation", question).await.is(200).body()
}

/// Everything but what changes instances, and the questions about policies.
fn watcher() -> Value {
    let mut policy = rules("compute", &[("allow", "operation.startsWith('list-')")]);
    policy["services"]["iam"] = json!({ "type": "rules", "rules": [
        { "action": "allow", "expression": "operation in ['simulate-iam-policy', 'list-iam-permissions', 'get-iam-organization-policy']" },
    ] });
    policy
}

#[tokio::test]
async fn the_organization_outvotes_every_grant() {
    let (platform, acme) = Platform::new().await;
    let (_, bob) = acme.member(&platform, BOB, "Billing").await;
    let door = &platform.door;
    let waits = acme.ask_for(&platform, &bob, "list-snapshots").await;
    granted(&platform, &acme, &bob, body("list-instances")).await;
    granted(&platform, &acme, &bob, body("list-ssh-keys")).await;
    let policy = json!({ "default-service-strategy": "allow", "services": { "compute": {
        "type": "rules", "rules": [
            { "action": "deny", "expression": "operation in ['list-instances', 'list-snapshots']" },
            { "action": "allow", "expression": "true" },
        ],
    } } });
    door.put(&acme.owner, "/iam-organization-policy", policy).await.is(200);
    let refused = door.get(&bob, "/instance").await.is(403);
    assert!(refused.message().starts_with("The organization's policy refuses list-instances"));
    assert!(refused.json().get("request-access").is_none(), "nobody can grant it");
    door.get(&bob, "/ssh-key").await.is(200);
    // Nobody asks for it any more, and nobody grants it.
    refused_by_organization(asked(&platform, &bob, body("list-instances")).await.is(409).message());
    refused_by_organization(approve(&platform, &acme.owner, waits).await.is(409).message());
    platform.finish().await;
}

#[track_caller]
fn refused_by_organization(message: String) {
    assert!(message.contains("The organization's policy refuses list-"), "{message}");
}

#[tokio::test]
async fn nobody_grants_what_their_own_role_does_not_always_allow() {
    let (platform, acme) = Platform::new().await;
    let (_, bob) = acme.member(&platform, BOB, "Billing").await;
    let admins = |compute: Value| {
        json!({ "default-service-strategy": "deny", "services": {
            "iam": { "type": "allow" }, "compute": compute,
        } })
    };
    let only = |expression: &str| {
        admins(
            json!({ "type": "rules", "rules": [{ "action": "allow", "expression": expression }] }),
        )
    };
    let mut keys = Vec::new();
    for (name, policy) in [
        ("None", admins(json!({ "type": "deny" }))),
        ("Some", only("operation == 'list-instances' && zone == 'de-fra-1'")),
        ("Just", only("operation == 'list-instances'")),
    ] {
        keys.push(crate::policies::key(&platform, &acme, name, policy).await);
    }
    let id = acme.ask_for(&platform, &bob, "list-instances").await;
    refused_by(approve(&platform, &keys[0], id).await, "(\"None\") does not allow it");
    refused_by(approve(&platform, &keys[1], id).await, "(\"Some\") allows it only sometimes");
    approve(&platform, &keys[2], id).await.is(200);

    // What somebody was granted they hand on to nobody.
    let body = json!({ "name": "Hal", "policy": only("operation == 'list-instances'") });
    platform.door.post(&acme.owner, "/iam-role", body).await.is(200);
    let (_, hal) = acme.member(&platform, "hal@acme.example", "Hal").await;
    granted(&platform, &acme, &hal, super::body("list-snapshots")).await;
    platform.door.get(&hal, "/snapshot").await.is(200);
    let id = acme.ask_for(&platform, &bob, "list-snapshots").await;
    refused_by(approve(&platform, &hal, id).await, "does not allow it");
    platform.finish().await;
}

#[tokio::test]
async fn tokens_have_what_their_role_was_granted_and_keys_have_nothing() {
    let (platform, acme) = Platform::new().await;
    let watcher = json!({ "name": "Watcher", "policy": rules("iam", &[("allow", "true")]) });
    platform.door.post(&acme.owner, "/iam-role", watcher).await.is(200);
    let (_, bob) = acme.member(&platform, BOB, "Watcher").await;
    let same = acme.token(&platform, &bob).await;
    let none = json!({ "name": "None", "policy": rules("iam", &[]) });
    platform.door.post(&bob, "/iam-role", none).await.is(200);
    let narrow = json!({ "name": "narrow", "role-id": acme.role(&platform, "None").await });
    let made = platform.door.post(&bob, "/access-token", narrow).await.is(200).json();
    let narrow = Who::Token(made["token"].as_str().unwrap().to_owned());
    granted(&platform, &acme, &bob, body("list-instances")).await;
    platform.door.get(&same, "/instance").await.is(200);
    platform.door.get(&narrow, "/instance").await.is(403);
    let key = acme.key(&platform, "Watcher").await;
    platform.door.get(&key, "/instance").await.is(403);
    platform.finish().await;
}

#[tokio::test]
async fn simulator_permissions_and_replay_say_what_is_enforced() {
    let (platform, acme) = Platform::new().await;
    let role = json!({ "name": "Watchers", "policy": watcher() });
    platform.door.post(&acme.owner, "/iam-role", role).await.is(200);
    let (_, bob) = acme.member(&platform, BOB, "Watchers").await;
    let (door, id) = (&platform.door, acme.instance(&platform, "web").await);
    let mut one = body("get-instance");
    one["resource"] = json!(id);
    granted(&platform, &acme, &bob, one).await;
    let all = granted(&platform, &acme, &bob, body("get-quota")).await;
    for (operation, parameters, path, why) in [
        ("get-instance", json!({ "id": id }), format!("/instance/{id}"), ("grant", "named")),
        ("get-instance", json!({ "id": "other" }), "/instance/other".into(), ("role", "no-rule")),
        ("get-instance", json!({}), "/instance/other".into(), ("role", "no-rule")),
        (
            "get-quota",
            json!({ "entity": "instance" }),
            "/quota/instance".into(),
            ("grant", "named"),
        ),
        ("list-quotas", json!({}), "/quota".into(), ("role", "rule")),
        ("get-organization", json!({}), "/organization".into(), ("role", "no-rule")),
    ] {
        let question = json!({ "operation": operation, "parameters": parameters });
        let said = simulated(&platform, &bob, question).await;
        let status = door.get(&bob, &path).await.status;
        assert_eq!(said.allowed, status == 200, "{operation} {status} {said:?}");
        assert_eq!((said.layer.as_deref(), said.why.as_str()), (Some(why.0), why.1), "{operation}");
        platform.clock.advance(Duration::from_millis(1));
    }
    // At the end, and of a role alone, the grant is not there.
    let at = |at| json!({ "operation": "get-quota", "at": at });
    assert!(
        simulated(&platform, &bob, at(all.ends_at.minus(Duration::from_millis(1)))).await.allowed
    );
    assert!(!simulated(&platform, &bob, at(all.ends_at)).await.allowed);
    let role = acme.role(&platform, "Watchers").await;
    let of_role = json!({ "operation": "get-quota", "role-id": role });
    assert!(!simulated(&platform, &acme.owner, of_role).await.allowed);

    let own: IamPermissions = door.get(&bob, "/iam-permission").await.is(200).body();
    let told = |operation: &str| {
        let found = own.operations.iter().find(|of| of.operation == operation).unwrap();
        let resources = found.grants.iter().map(|grant| grant.resource.clone()).collect::<Vec<_>>();
        (found.outcome.clone(), found.layer.clone(), resources)
    };
    assert_eq!(told("get-quota"), ("allowed".into(), Some("grant".into()), vec![None]));
    assert_eq!(told("get-instance"), ("depends".into(), None, vec![Some(id.to_string())]));
    assert_eq!(told("list-quotas"), ("allowed".into(), None, vec![]));
    let users: api::Users = door.get(&acme.owner, "/user").await.is(200).body();
    let bobs = users.users.iter().find(|user| user.email == BOB).unwrap().id;
    let path = format!("/iam-permission?user-id={bobs}");
    let by_owner: IamPermissions = door.get(&acme.owner, &path).await.is(200).body();
    let grants = |of: &IamPermissions| of.operations.iter().map(|o| o.grants.len()).sum::<usize>();
    assert_eq!((grants(&own), grants(&by_owner)), (2, 2));

    // The same policy flips nothing, also when the grants are over.
    platform.clock.advance(5 * HOUR);
    let question = json!({ "role-id": role, "policy": watcher() });
    let replay: IamReplay = door.post(&acme.owner, "/iam-replay", question).await.is(200).body();
    assert_eq!(replay.flips, []);
    assert_eq!(replay.allowed_before, replay.allowed_after);
    let nothing = json!({ "default-service-strategy": "deny", "services": {} });
    let question = json!({ "role-id": role, "policy": nothing });
    let replay: IamReplay = door.post(&acme.owner, "/iam-replay", question).await.is(200).body();
    let flipped = |operation: &str| replay.flips.iter().any(|flip| flip.operation == operation);
    assert!(flipped("list-quotas") && !flipped("get-quota") && !flipped("get-instance"));
    platform.finish().await;
}

#[tokio::test]
async fn an_open_stream_ends_with_the_grant_that_it_heard_by() {
    let (platform, acme) = Platform::new().await;
    let (_, bob) = acme.member(&platform, BOB, "Billing").await;
    let request = asked(&platform, &bob, body("list-ssh-keys")).await;
    let id = request.is(200).body::<AccessRequest>().id.0;
    let before = Listener::open(&platform, &bob).await;
    approve(&platform, &acme.owner, id).await.is(200);
    // It hears nothing of what came with it: it has to ask anew.
    before.ends().await;
    let mut hears = Listener::open(&platform, &bob).await;
    acme.ssh_key(&platform, "laptop").await;
    hears.heard(r#""kind":"ssh-key""#).await;
    platform.door.delete(&acme.owner, &format!("/access-grant/{id}")).await.is(200);
    hears.ends().await;

    granted(&platform, &acme, &bob, body("list-ssh-keys")).await;
    platform.clock.advance(4 * HOUR - Duration::from_millis(200));
    let hears = Listener::open(&platform, &bob).await;
    platform.clock.advance(Duration::from_millis(200));
    hears.ends().await;
    platform.finish().await;
}
