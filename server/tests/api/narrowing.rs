//! Rights that are taken away: nobody takes more than they have, and what was wider ends.

use crate::{
    harness::{Platform, Tenant, Who},
    policies::key,
};
use futures::StreamExt;
use serde_json::{Value, json};
use std::time::Duration;

/// A policy that allows these services, and no other.
fn of(services: &[&str]) -> Value {
    let services: serde_json::Map<String, Value> =
        services.iter().map(|name| ((*name).to_owned(), json!({ "type": "allow" }))).collect();
    json!({ "default-service-strategy": "deny", "services": services })
}

async fn role(platform: &Platform, acme: &Tenant, name: &str, services: &[&str]) -> String {
    let body = json!({ "name": name, "policy": of(services) });
    let made = platform.door.post(&acme.owner, "/iam-role", body).await.is(200).operation();
    made.reference.unwrap().id.to_string()
}

async fn token(platform: &Platform, by: &Who, role: &str) -> Who {
    let body = json!({ "name": "token", "role-id": role });
    let made = platform.door.post(by, "/access-token", body).await.is(200).json();
    Who::Token(made["token"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn nobody_narrows_a_role_that_is_wider_than_their_own() {
    let (platform, acme) = Platform::new().await;
    let operators = role(&platform, &acme, "Operators", &["compute"]).await;
    let operator = acme.key(&platform, "Operators").await;
    let (bob, _) = acme.member(&platform, "bob@acme.example", "Operators").await;
    let keeper = key(&platform, &acme, "Keepers", of(&["iam"])).await;
    let path = format!("/iam-role/{operators}");
    let before = platform.door.get(&acme.owner, &path).await.is(200).json();
    let door = &platform.door;
    // Whatever is asked of it, and though it would be within their own afterwards.
    for (refused, field) in [
        (door.put(&keeper, &format!("{path}:policy"), of(&[])).await, "services.compute"),
        (door.put(&keeper, &path, json!({ "description": "x" })).await, "policy.services.compute"),
        (door.put(&keeper, &path, json!({ "permissions": [] })).await, "policy.services.compute"),
        (
            door.put(&keeper, &path, json!({ "max-session-ttl": 1 })).await,
            "policy.services.compute",
        ),
        (door.delete(&keeper, &path).await, "policy.services.compute"),
    ] {
        let refused = refused.is(403);
        assert_eq!(refused.fields(), [field]);
        let said = "The role \"Operators\" is wider than your own (\"Keepers\")";
        assert!(refused.message().starts_with(said), "{}", refused.message());
    }
    // So the way over it is closed, too: its people stay.
    let refused = door.delete(&keeper, &format!("/user/{bob}")).await.is(403);
    let said = "The role \"Operators\" of bob@acme.example is wider than your own";
    assert!(refused.message().starts_with(said), "{}", refused.message());
    assert_eq!(door.get(&acme.owner, &path).await.json(), before);
    door.get(&operator, "/instance").await.is(200);

    // What it may beyond policies counts as well.
    let resets = json!({ "name": "Resets", "permissions": ["reset-iam-organization-policy"] });
    let resets = door.post(&acme.owner, "/iam-role", resets).await.operation().reference.unwrap();
    let refused = door.delete(&keeper, &format!("/iam-role/{}", resets.id)).await.is(403);
    assert_eq!(refused.fields(), ["permissions"]);

    // What is within their own they change, and whoever has more changes the other.
    let helpers = role(&platform, &acme, "Helpers", &["iam"]).await;
    let helpers = format!("/iam-role/{helpers}");
    door.put(&keeper, &helpers, json!({ "description": "x" })).await.is(200);
    door.put(&keeper, &format!("{helpers}:policy"), of(&[])).await.is(200);
    door.delete(&keeper, &helpers).await.is(200);
    door.put(&acme.owner, &format!("{path}:policy"), of(&[])).await.is(200);
    door.get(&operator, "/instance").await.is(403);
    door.delete(&keeper, &format!("/user/{bob}")).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn a_role_that_is_changed_ends_tokens_that_are_wider_at_once() {
    let (platform, acme) = Platform::new().await;
    let both = role(&platform, &acme, "Both", &["compute", "iam"]).await;
    let compute = role(&platform, &acme, "Compute", &["compute"]).await;
    let iam = role(&platform, &acme, "Iam", &["iam"]).await;
    let (_, bob) = acme.member(&platform, "bob@acme.example", "Both").await;
    let [own, of_compute, of_iam] = [
        token(&platform, &bob, &both).await,
        token(&platform, &bob, &compute).await,
        token(&platform, &bob, &iam).await,
    ];
    let ann = acme.sign_in(&platform).await;
    let [anns_compute, anns_iam] =
        [token(&platform, &ann, &compute).await, token(&platform, &ann, &iam).await];
    let response = platform.door.ask("GET", "/stream").by(&of_compute).respond().await;
    let mut stream = response.into_body().into_data_stream();
    stream.next().await.unwrap().unwrap();
    let changed = async |role: &str, services: &[&str]| -> Value {
        let path = format!("/iam-role/{role}:policy");
        platform.door.put(&acme.owner, &path, of(services)).await.is(200);
        let trail = "/audit-trail?operation=update-iam-role-policy&limit=1";
        let trail = platform.door.get(&acme.owner, trail).await.is(200).json();
        let changes = trail["events"][0]["changes"].as_array().unwrap().clone();
        let ended = changes.into_iter().find(|change| change["field"] == "access-tokens-ended");
        ended.map_or(json!(null), |change| change["after"].clone())
    };
    let works = async |who: &Who| platform.door.get(who, "/me").await.status == 200;

    // The role of the person becomes narrower than that of a token.
    assert_eq!(changed(&both, &["iam"]).await, json!(1));
    assert!(!works(&of_compute).await);
    assert!(works(&own).await && works(&of_iam).await && works(&bob).await);
    let rest = tokio::time::timeout(Duration::from_secs(20), stream.collect::<Vec<_>>());
    assert!(rest.await.is_ok(), "a token that has ended hears no more");
    // The role of a token becomes wider than that of the person. Whose role is wider keeps theirs.
    assert_eq!(changed(&iam, &["dns", "iam"]).await, json!(1));
    assert!(!works(&of_iam).await);
    assert!(works(&own).await && works(&anns_compute).await && works(&anns_iam).await);
    // Nobody's is wider: nothing ends, and nothing is said.
    assert_eq!(changed(&iam, &["iam"]).await, json!(null));
    assert!(works(&own).await && works(&anns_compute).await && works(&anns_iam).await);
    platform.finish().await;
}
