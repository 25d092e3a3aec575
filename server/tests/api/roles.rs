//! Roles: made, used, changed and deleted; and nobody hands out more than they have.

use crate::harness::{Answer, PASSWORD, Platform, Tenant, Who};
use serde_json::{Value, json};

fn policy(default: &str, services: Value) -> Value {
    json!({ "default-service-strategy": default, "services": services })
}

/// What somebody may have who looks after keys and instances.
fn ops() -> Value {
    policy("deny", json!({ "iam": { "type": "allow" }, "compute": { "type": "allow" } }))
}

async fn made(platform: &Platform, by: &Who, name: &str, policy: Value) -> String {
    let body = json!({ "name": name, "policy": policy });
    let operation = platform.door.post(by, "/iam-role", body).await.is(200).operation();
    let reference = operation.reference.unwrap();
    assert_eq!(reference.command, "get-iam-role");
    assert_eq!(reference.link, format!("/v2/iam-role/{}", reference.id));
    reference.id.to_string()
}

async fn key_with(platform: &Platform, by: &Who, role: &str) -> Answer {
    platform.door.post(by, "/api-key", json!({ "name": "key", "role-id": role })).await
}

fn who(answer: &Answer) -> Who {
    let text = |name: &str| answer.json()[name].as_str().unwrap().to_owned();
    Who::Key { key: text("key"), secret: text("secret") }
}

async fn small(acme: &Tenant, platform: &Platform) -> (Who, String) {
    let ops = made(platform, &acme.owner, "Ops", ops()).await;
    (who(&key_with(platform, &acme.owner, &ops).await.is(200)), ops)
}

#[tokio::test]
async fn a_role_lets_in_whom_it_should_at_once() {
    let (platform, acme) = Platform::new().await;
    let role = made(&platform, &acme.owner, " Watchers ", policy("deny", json!({}))).await;
    let path = format!("/iam-role/{role}");
    let shown: api::IamRole = platform.door.get(&acme.owner, &path).await.is(200).body();
    assert_eq!((shown.name.as_str(), shown.editable), ("Watchers", true));
    assert_eq!(shown.permissions, Some(Vec::new()));

    let key = who(&key_with(&platform, &acme.owner, &role).await.is(200));
    platform.door.get(&key, "/instance").await.is(403);
    let compute = policy("deny", json!({ "compute": { "type": "allow" } }));
    let changed = platform.door.put(&acme.owner, &format!("{path}:policy"), compute.clone()).await;
    assert_eq!(changed.is(200).header("etag"), "\"2\"");
    platform.door.get(&key, "/instance").await.is(200);
    platform.door.get(&key, "/iam-role").await.is(403);

    let body = json!({ "description": "They look", "labels": { "team": "web" }, "id": null });
    platform.door.put(&acme.owner, &path, body).await.is(200);
    let shown: api::IamRole = platform.door.get(&acme.owner, &path).await.is(200).body();
    assert_eq!(shown.description.as_deref(), Some("They look"));
    assert_eq!(shown.labels.unwrap()["team"], "web");
    assert_eq!(serde_json::to_value(shown.policy).unwrap(), compute);

    // Who has it keeps it until it is taken from them.
    let has: api::IamRole = platform.door.get(&acme.owner, &path).await.is(200).body();
    let users = has.used_by.map(|users| (users.people, users.api_keys, users.access_tokens));
    assert_eq!((users, has.of_platform), (Some((0, 1, 0)), Some(false)));
    let all: api::IamRoles = platform.door.get(&acme.owner, "/iam-role").await.is(200).body();
    let owner = all.iam_roles.iter().find(|role| role.name == "Owner").expect("Owner");
    assert_eq!((owner.used_by.map(|users| users.people), owner.of_platform), (Some(1), Some(true)));
    let refused = platform.door.delete(&acme.owner, &path).await.is(409);
    assert!(refused.message().contains("1 API key"), "{}", refused.message());
    let Who::Key { key: id, .. } = &key else { unreachable!() };
    platform.door.delete(&acme.owner, &format!("/api-key/{id}")).await.is(200);
    platform.door.delete(&acme.owner, &path).await.is(200);
    platform.door.get(&acme.owner, &path).await.is(404);
    platform.finish().await;
}

#[tokio::test]
async fn nobody_hands_out_more_than_they_have() {
    let (platform, acme) = Platform::new().await;
    let (key, own) = small(&acme, &platform).await;
    let everything = policy("allow", json!({}));
    let wider = json!({ "name": "Wider", "policy": everything });
    let refused = platform.door.post(&key, "/iam-role", wider).await.is(403);
    assert!(refused.message().contains("wider than your own (\"Ops\")"), "{}", refused.message());
    let with_dns = policy("deny", json!({ "dns": { "type": "allow" } }));
    let body = json!({ "name": "Names", "policy": with_dns });
    let refused = platform.door.post(&key, "/iam-role", body).await.is(403);
    assert!(refused.message().contains("service \"dns\""), "{}", refused.message());
    assert_eq!(refused.fields(), ["policy.services.dns"]);
    let rule = |action: &str| json!({ "action": action, "expression": "true" });
    let rules = json!({ "dns": { "type": "rules", "rules": [rule("deny"), rule("allow")] } });
    let path = format!("/iam-role/{own}:policy");
    let of_dns = |services: Value| policy("deny", services);
    let refused = platform.door.put(&key, &path, of_dns(rules)).await.is(403);
    assert_eq!(refused.fields(), ["services.dns"]);
    platform.door.put(&key, &format!("/iam-role/{own}:policy"), everything).await.is(403);
    let body = json!({ "name": "Resets", "permissions": ["reset-iam-organization-policy"] });
    platform.door.post(&key, "/iam-role", body.clone()).await.is(403);
    platform.door.post(&acme.owner, "/iam-role", body).await.is(200);

    // Nor by a key or token of a role that is wider.
    let owner = acme.role(&platform, "Owner").await.to_string();
    key_with(&platform, &key, &owner).await.is(403);
    let resets = acme.role(&platform, "Resets").await.to_string();
    key_with(&platform, &key, &resets).await.is(403);
    let billing = acme.role(&platform, "Billing").await.to_string();
    key_with(&platform, &key, &billing).await.is(200);
    let compute = policy("deny", json!({ "compute": { "type": "allow" } }));
    let narrower = made(&platform, &key, "Narrower", compute).await;
    key_with(&platform, &key, &narrower).await.is(200);

    // Nobody locks themselves out.
    let without = policy("deny", json!({ "compute": { "type": "allow" } }));
    let refused =
        platform.door.put(&key, &format!("/iam-role/{own}:policy"), without.clone()).await;
    assert!(refused.is(409).message().contains("change it back"));
    platform.door.put(&acme.owner, &format!("/iam-role/{own}:policy"), without).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn what_a_role_may_not_be_is_said() {
    let (platform, acme) = Platform::new().await;
    let role = made(&platform, &acme.owner, "Ops", ops()).await;
    let rules = |number: usize, bytes: usize| {
        let rule = json!({ "action": "allow", "expression": "x".repeat(bytes) });
        policy("deny", json!({ "dns": { "type": "rules", "rules": vec![rule; number] } }))
    };
    for (body, field) in [
        (json!({ "name": " " }), "name"),
        (json!({ "name": "x".repeat(192) }), "name"),
        (json!({ "name": "a", "description": "x".repeat(256) }), "description"),
        (json!({ "name": "a", "labels": { "": "b" } }), "labels"),
        (json!({ "name": "a", "permissions": ["fly"] }), "permissions"),
        (json!({ "name": "a", "policy": rules(51, 1) }), "policy"),
        (json!({ "name": "a", "policy": rules(1, 2_049) }), "policy"),
    ] {
        let refused = platform.door.post(&acme.owner, "/iam-role", body).await.is(400);
        assert_eq!(refused.fields(), [field]);
    }
    let body =
        json!({ "name": "a", "policy": { "default-service-strategy": "maybe", "services": {} } });
    platform.door.post(&acme.owner, "/iam-role", body).await.is(400);
    let rule = json!({ "action": "allow", "expression": "true", "resources": ["web"] });
    let of_some = policy("deny", json!({ "compute": { "type": "rules", "rules": [rule] } }));
    let body = json!({ "name": "a", "policy": of_some });
    let refused = platform.door.post(&acme.owner, "/iam-role", body).await.is(400);
    assert!(refused.message().contains("in the expression"), "{}", refused.message());
    platform.door.post(&acme.owner, "/iam-role", json!({ "name": "Ops" })).await.is(409);
    let path = format!("/iam-role/{role}");
    platform.door.put(&acme.owner, &format!("{path}:policy"), rules(51, 1)).await.is(400);
    // Any expression is taken: what is invalid concludes nothing.
    platform.door.put(&acme.owner, &format!("{path}:policy"), rules(50, 1)).await.is(200);

    let owner = acme.role(&platform, "Owner").await;
    for name in ["Owner", "Billing"] {
        let path = format!("/iam-role/{}", acme.role(&platform, name).await);
        platform.door.put(&acme.owner, &path, json!({ "description": "x" })).await.is(409);
        platform.door.put(&acme.owner, &format!("{path}:policy"), ops()).await.is(409);
        platform.door.delete(&acme.owner, &path).await.is(409);
    }
    let fixed = json!({ "name": "Fixed", "editable": false, "policy": ops() });
    platform.door.post(&acme.owner, "/iam-role", fixed).await.is(200);
    let path = format!("/iam-role/{}", acme.role(&platform, "Fixed").await);
    platform.door.put(&acme.owner, &format!("{path}:policy"), ops()).await.is(409);
    platform.door.put(&acme.owner, &path, json!({ "description": "x" })).await.is(200);
    let stale = platform.door.ask("PUT", &path).by(&acme.owner).header("if-match", "\"1\"");
    let refused = stale.json(&json!({ "description": "y" })).send().await.is(412);
    assert!(refused.message().contains("update-iam-role"), "{}", refused.message());
    platform.door.delete(&acme.owner, &path).await.is(200);
    assert_eq!(acme.role(&platform, "Owner").await, owner);
    platform.finish().await;
}

#[tokio::test]
async fn no_policy_of_an_admin_shuts_all_owners_out() {
    let (platform, acme) = Platform::new().await;
    let path = "/iam-organization-policy";
    made(&platform, &acme.owner, "Ops", ops()).await;
    let (_, bob) = acme.member(&platform, "bob@acme.example", "Ops").await;
    acme.member(&platform, "cleo@acme.example", "Owner").await;
    let only = |expressions: &[&str]| {
        let rule = |text: &&str| json!({ "action": "allow", "expression": text });
        let rules: Vec<_> = expressions.iter().map(rule).collect();
        policy("allow", json!({ "iam": { "type": "rules", "rules": rules } }))
    };
    let (bobs, cleos) =
        ("identity.user == 'bob@acme.example'", "identity.user == 'cleo@acme.example'");
    let refused = platform.door.put(&bob, path, only(&[bobs])).await.is(409);
    let said = "With this policy no owner of the organization could change it back. The organization's \
                policy refuses update-iam-organization-policy: none of its rules for the service \
                \"iam\" is true. Add a rule that allows identity.role == \"Owner\" for the service iam.";
    assert_eq!(refused.message(), said);
    // One of them is enough, and has the say.
    platform.door.put(&bob, path, only(&[bobs, cleos])).await.is(200);
    let ann = acme.sign_in(&platform).await;
    let everybody = policy("allow", json!({}));
    platform.door.put(&ann, path, everybody.clone()).await.is(403);
    let body = json!({ "email": "cleo@acme.example", "password": PASSWORD });
    let cleo = platform.door.post(&Who::Nobody, "/session", body).await.is(200);
    let cleo = Who::Session(cleo.cookie().unwrap());
    platform.door.put(&cleo, path, only(&["identity.role == 'Owner'"])).await.is(200);
    platform.door.put(&ann, path, everybody).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn the_organization_s_policy_stands_above_every_role() {
    let (platform, acme) = Platform::new().await;
    let path = "/iam-organization-policy";
    let shown = platform.door.get(&acme.owner, path).await.is(200).json();
    assert_eq!(shown, policy("allow", json!({})));
    let no_compute = policy("allow", json!({ "compute": { "type": "deny" } }));
    platform.door.put(&acme.owner, path, no_compute.clone()).await.is(200);
    assert_eq!(platform.door.get(&acme.owner, path).await.is(200).json(), no_compute);
    let refused = platform.door.get(&acme.owner, "/instance").await.is(403);
    assert!(refused.message().contains("organization's policy"), "{}", refused.message());

    // Nobody is locked out, and what is wrong is said.
    let no_iam = policy("allow", json!({ "iam": { "type": "deny" } }));
    let refused = platform.door.put(&acme.owner, path, no_iam).await.is(409);
    assert!(refused.message().contains("keep the service iam"), "{}", refused.message());
    platform.door.put(&acme.owner, path, policy("deny", json!({}))).await.is(409);
    platform.door.put(&acme.owner, path, json!({ "services": {} })).await.is(400);

    // Who has less may narrow it, but gives the organization nothing back.
    let (key, _) = small(&acme, &platform).await;
    platform.door.put(&key, path, policy("allow", json!({}))).await.is(403);
    platform.door.post(&key, &format!("{path}:reset"), json!({})).await.is(403);
    let less = policy("deny", json!({ "iam": { "type": "allow" } }));
    platform.door.put(&key, path, less).await.is(200);
    platform.door.post(&acme.owner, &format!("{path}:reset"), json!({})).await.is(200);
    platform.door.get(&acme.owner, "/instance").await.is(200);
    platform.finish().await;
}
