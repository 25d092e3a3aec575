//! Roles that are taken for a while: who may, for how long, and what ends with what.

use crate::harness::{Platform, Tenant, Who};
use serde_json::{Value, json};
use std::time::Duration;

fn rules(expression: &str) -> Value {
    json!({ "rules": [{ "action": "allow", "expression": expression }] })
}

/// A role that may do everything with compute, and be assumed by whom the expression says.
async fn operators(platform: &Platform, acme: &Tenant, expression: &str) -> String {
    let body = json!({
        "name": "Operators",
        "policy": { "default-service-strategy": "deny", "services": { "compute": { "type": "allow" } } },
        "assume-role-policy": rules(expression),
        "max-session-ttl": 900,
    });
    let made = platform.door.post(&acme.owner, "/iam-role", body).await.is(200).operation();
    made.reference.unwrap().id.to_string()
}

/// Somebody who may assume roles, and nothing else.
async fn helpers(platform: &Platform, acme: &Tenant) -> Who {
    let only = json!({ "type": "rules", "rules": [
        { "action": "allow", "expression": "operation == 'assume-iam-role'" },
    ] });
    let policy = json!({ "default-service-strategy": "deny", "services": { "iam": only } });
    let body = json!({ "name": "Helpers", "policy": policy });
    platform.door.post(&acme.owner, "/iam-role", body).await.is(200);
    acme.member(platform, "hal@acme.example", "Helpers").await.1
}

async fn assumed(platform: &Platform, by: &Who, role: &str, seconds: i64) -> Who {
    let path = format!("/iam-role/{role}/assume");
    let answer = platform.door.post(by, &path, json!({ "ttl": seconds })).await.is(200).json();
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    assert_eq!((text("name").as_str(), text("role-id").as_str()), ("Operators", role));
    Who::Key { key: text("key"), secret: text("secret") }
}

#[tokio::test]
async fn a_role_is_taken_by_whom_its_rules_allow_and_given_back_by_itself() {
    let (platform, acme) = Platform::new().await;
    let role = operators(&platform, &acme, "identity.user == 'hal@acme.example'").await;
    let hal = helpers(&platform, &acme).await;
    let path = format!("/iam-role/{role}/assume");
    platform.door.get(&hal, "/instance").await.is(403);
    let operator = assumed(&platform, &hal, &role, 900).await;
    let Who::Key { key, .. } = &operator else { unreachable!() };
    platform.door.get(&operator, "/instance").await.is(200);
    platform.door.get(&operator, "/iam-role").await.is(403);
    let key_of_ssh = json!({ "name": "by-hal", "public-key": crate::harness::PUBLIC_KEY });
    platform.door.post(&operator, "/ssh-key", key_of_ssh).await.is(200);

    // Who stands behind it is named, wherever it is.
    let trail = "/audit-trail?operation=register-ssh-key";
    let trail = platform.door.get(&acme.owner, trail).await.json();
    let event = &trail["events"][0];
    assert_eq!(event["iam-api-key"]["assumed-by"], "hal@acme.example");
    assert!(event["actor"].as_str().unwrap().ends_with("assumed by hal@acme.example"), "{event}");
    let listed = platform.door.get(&acme.owner, &format!("/api-key/{key}")).await.json();
    assert_eq!(listed["assumed-by"], "hal@acme.example");
    assert!(listed["expires-at"].is_string());

    // It is no way on, and its time can't be stretched.
    let refused = platform.door.post(&operator, &path, json!({ "ttl": 60 })).await.is(403);
    assert!(refused.message().contains("The role \"Operators\" refuses"), "{}", refused.text());
    for ttl in [0, -1, 901, i64::MAX] {
        let refused = platform.door.post(&hal, &path, json!({ "ttl": ttl })).await.is(400);
        assert_eq!(refused.fields(), ["ttl"]);
    }
    let elsewhere = json!({ "ttl": 60, "org-id": domain::Uuid::from_u128(7) });
    assert_eq!(platform.door.post(&hal, &path, elsewhere).await.is(400).fields(), ["org-id"]);
    assert_eq!(platform.door.post(&hal, &path, json!({})).await.is(400).fields(), ["ttl"]);
    // The rules come before what was sent, and after what there is.
    let refused = platform.door.post(&acme.owner, &path, json!({ "ttl": 0 })).await.is(403);
    let said = "can't be assumed by you: none of the rules of its assume-role-policy is true";
    assert!(refused.message().contains(said), "{}", refused.text());
    let nothing = crate::harness::requests::nothing();
    platform
        .door
        .post(&hal, &format!("/iam-role/{nothing}/assume"), json!({ "ttl": 0 }))
        .await
        .is(404);

    // To the second.
    platform.clock.advance(Duration::from_millis(899_900));
    platform.door.get(&operator, "/instance").await.is(200);
    platform.clock.advance(Duration::from_millis(100));
    let over = platform.door.get(&operator, "/instance").await.is(401);
    assert!(over.message().contains("has expired"), "{}", over.text());
    platform.door.get(&acme.owner, &format!("/api-key/{key}")).await.is(404);
    server::housekeeping::once(&platform.cloud).await.unwrap();
    assert!(!platform.dump().await["api_keys"].iter().any(|row| row.contains(key)));
    platform.finish().await;
}

#[tokio::test]
async fn what_was_assumed_ends_with_whoever_assumed_it() {
    let (platform, acme) = Platform::new().await;
    let role = operators(&platform, &acme, "identity.role in ['Helpers', 'Owner']").await;
    let (ann, robot) = (acme.sign_in(&platform).await, acme.key(&platform, "Owner").await);
    let token = acme.token(&platform, &ann).await;
    let hal = helpers(&platform, &acme).await;
    let of_person = assumed(&platform, &hal, &role, 900).await;
    let of_token = assumed(&platform, &token, &role, 900).await;
    let of_key = assumed(&platform, &robot, &role, 900).await;
    let revoked = assumed(&platform, &acme.owner, &role, 900).await;
    let door = &platform.door;
    for all in [&of_person, &of_token, &of_key, &revoked] {
        door.get(all, "/instance").await.is(200);
    }
    // A key of a role that is assumed is outside of the quota.
    let used = door.get(&acme.owner, "/quota/iam-key").await.json()["usage"].clone();
    assert_eq!(used, 2);
    let id = |who: &Who| match who {
        Who::Key { key, .. } => key.clone(),
        _ => unreachable!(),
    };
    door.delete(&acme.owner, &format!("/api-key/{}", id(&robot))).await.is(200);
    let users: api::Users = door.get(&acme.owner, "/user").await.body();
    let helper = users.users.iter().find(|user| user.email == "hal@acme.example").unwrap().id;
    door.delete(&acme.owner, &format!("/user/{helper}")).await.is(200);
    let tokens: api::AccessTokens = door.get(&ann, "/access-token").await.body();
    door.delete(&ann, &format!("/access-token/{}", tokens.access_tokens[0].id)).await.is(200);
    door.delete(&acme.owner, &format!("/api-key/{}", id(&revoked))).await.is(200);
    for all in [of_person, of_token, of_key, revoked] {
        door.get(&all, "/instance").await.is(401);
    }
    platform.finish().await;
}

#[tokio::test]
async fn who_may_assume_a_role_is_said_by_who_has_as_much() {
    let (platform, acme) = Platform::new().await;
    let role = operators(&platform, &acme, "identity.role == 'Owner'").await;
    let path = format!("/iam-role/{role}");
    let shown: api::IamRole = platform.door.get(&acme.owner, &path).await.body();
    assert_eq!(shown.max_session_ttl, Some(900));
    assert_eq!(shown.assume_role_policy.unwrap().rules.len(), 1);
    // Nobody lets themselves in to what is wider than their own.
    let iam =
        json!({ "default-service-strategy": "deny", "services": { "iam": { "type": "allow" } } });
    let body = json!({ "name": "Keepers", "policy": iam });
    platform.door.post(&acme.owner, "/iam-role", body).await.is(200);
    let keeper = acme.key(&platform, "Keepers").await;
    let open = json!({ "assume-role-policy": rules("true") });
    let refused = platform.door.put(&keeper, &path, open.clone()).await.is(403);
    assert_eq!(refused.fields(), ["policy.services.compute"]);
    platform.door.put(&acme.owner, &path, open).await.is(200);
    assumed(&platform, &keeper, &role, 60).await;

    for (body, field) in [
        (json!({ "max-session-ttl": 0 }), "max-session-ttl"),
        (json!({ "max-session-ttl": 86_401 }), "max-session-ttl"),
        (json!({ "assume-role-policy": rules(&"x".repeat(2_049)) }), "assume-role-policy"),
    ] {
        assert_eq!(platform.door.put(&acme.owner, &path, body).await.is(400).fields(), [field]);
    }
    let short = json!({ "max-session-ttl": 30, "assume-role-policy": { "rules": [] } });
    platform.door.put(&acme.owner, &path, short).await.is(200);
    let shown: api::IamRole = platform.door.get(&acme.owner, &path).await.body();
    let nobody = Some(api::AssumeRolePolicy::default());
    assert_eq!((shown.max_session_ttl, shown.assume_role_policy), (Some(30), nobody));
    let assume = format!("{path}/assume");
    platform.door.post(&acme.owner, &assume, json!({ "ttl": 20 })).await.is(403);
    platform.finish().await;
}
