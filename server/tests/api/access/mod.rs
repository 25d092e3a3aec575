//! Access for a while: asked for, granted, ended.

mod decisions;
mod withdrawn;

use crate::harness::{Answer, Platform, Tenant, Who, requests};
use api::{AccessGrant, AccessGrants, AccessRequest, AccessRequests};
use domain::{Uuid, iam::grant::AccessState};
use serde_json::{Value, json};
use std::time::Duration;

const BOB: &str = "bob@acme.example";
const HOUR: Duration = Duration::from_secs(3_600);

async fn asked(platform: &Platform, by: &Who, body: Value) -> Answer {
    platform.door.post(by, "/access-request", body).await
}

fn body(operation: &str) -> Value {
    json!({ "operation": operation, "reason": "the backup hangs", "hours": 4 })
}

async fn approve(platform: &Platform, by: &Who, id: Uuid) -> Answer {
    platform.door.put(by, &format!("/access-request/{id}:approve"), json!({})).await
}

/// What somebody asks for is granted by the owner.
async fn granted(platform: &Platform, acme: &Tenant, to: &Who, body: Value) -> AccessGrant {
    let request: AccessRequest = asked(platform, to, body).await.is(200).body();
    approve(platform, &acme.owner, request.id.0).await.is(200).body()
}

async fn requests_of(platform: &Platform, by: &Who) -> AccessRequests {
    platform.door.get(by, "/access-request").await.is(200).body()
}

async fn grants_of(platform: &Platform, by: &Who) -> Vec<AccessGrant> {
    platform.door.get(by, "/access-grant").await.is(200).body::<AccessGrants>().access_grants
}

#[tokio::test]
async fn what_is_refused_is_asked_for_granted_used_and_over_to_the_millisecond() {
    let (platform, acme) = Platform::new().await;
    let (_, bob) = acme.member(&platform, BOB, "Billing").await;
    let (door, id) = (&platform.door, acme.instance(&platform, "web").await);
    let stop = format!("/instance/{id}:stop");

    // The refusal says what to ask for.
    let refused = door.put(&bob, &stop, json!({})).await.is(403);
    assert!(refused.message().contains("The role \"Billing\" refuses stop-instance"));
    let mut ask = refused.json()["request-access"].clone();
    assert_eq!(ask, json!({ "operation": "stop-instance", "resource": id }));
    let of_key = door.put(&acme.key(&platform, "Billing").await, &stop, json!({})).await.is(403);
    assert!(of_key.json().get("request-access").is_none(), "keys are granted nothing");
    let for_more = door.get(&bob, "/iam-role").await.is(403);
    assert_eq!(for_more.json()["request-access"], json!({ "operation": "list-iam-roles" }));
    let never = door.delete(&bob, &format!("/user/{id}")).await.is(403);
    assert!(never.json().get("request-access").is_none(), "nobody is granted people");

    ask["reason"] = json!(" the backup hangs ");
    ask["hours"] = json!(4);
    ask["language"] = json!("de");
    let request: AccessRequest = asked(&platform, &bob, ask.clone()).await.is(200).body();
    assert_eq!((request.state, request.own, request.hours), (AccessState::Open, true, 4));
    assert_eq!((request.reason.as_str(), request.role.as_str()), ("the backup hangs", "Billing"));
    let told = platform.mails_to(&acme.email).await.pop().unwrap();
    assert!(told.contains(&format!("/access-requests/{}", request.id)), "{told}");
    asked(&platform, &bob, ask).await.is(409);
    // Nothing is allowed by asking, nor by whoever asks.
    door.put(&bob, &stop, json!({})).await.is(403);
    approve(&platform, &bob, request.id.0).await.is(403);

    let grant: AccessGrant = approve(&platform, &acme.owner, request.id.0).await.is(200).body();
    assert_eq!(grant.ends_at, platform.cloud.now().plus(4 * HOUR));
    assert_eq!((grant.active, grant.own, grant.email.as_str()), (true, false, BOB));
    approve(&platform, &acme.owner, request.id.0).await.is(409);
    let mail = platform.mails_to(BOB).await.pop().unwrap();
    assert!(
        mail.contains("stop-instance") && mail.contains("15. Jan. 2027, 12:00:00 UTC"),
        "{mail}"
    );
    door.put(&bob, &stop, json!({})).await.is(200);
    platform.drain().await;
    // Just that, of just this.
    door.put(&bob, &format!("/instance/{id}:start"), json!({})).await.is(403);
    let other = acme.instance(&platform, "other").await;
    door.put(&bob, &format!("/instance/{other}:stop"), json!({})).await.is(403);
    door.get(&bob, &format!("/instance/{id}")).await.is(403);
    let trail = door.get(&acme.owner, "/audit-trail?operation=stop-instance&q=grant").await.json();
    let decision =
        json!({ "allowed": true, "layer": "grant", "service": "compute", "why": "named" });
    assert_eq!(trail["events"][0]["decision"], decision, "{trail}");

    // A millisecond before its end, and at it.
    let left = grant.ends_at.since(platform.cloud.now());
    platform.clock.advance(left - Duration::from_millis(1));
    door.put(&bob, &format!("{stop}?dry-run=true"), json!({})).await.is(409);
    platform.clock.advance(Duration::from_millis(1));
    door.put(&bob, &format!("{stop}?dry-run=true"), json!({})).await.is(403);
    assert!(!grants_of(&platform, &bob).await[0].active);
    platform.finish().await;
}

#[tokio::test]
async fn a_grant_is_revoked_at_once_and_ends_with_role_and_membership() {
    let (platform, acme) = Platform::new().await;
    let (member, bob) = acme.member(&platform, BOB, "Billing").await;
    let door = &platform.door;
    let revoked = granted(&platform, &acme, &bob, body("list-instances")).await;
    door.get(&bob, "/instance").await.is(200);
    let path = format!("/access-grant/{}", revoked.id);
    door.delete(&bob, &path).await.is(403);
    door.delete(&acme.owner, &path).await.is(200);
    door.get(&bob, "/instance").await.is(403);
    door.delete(&acme.owner, &path).await.is(409);
    let shown = &grants_of(&platform, &bob).await[0];
    assert!(!shown.active && shown.revoked_by.is_some(), "{shown:?}");

    // With another role it is over, also when the first comes back.
    granted(&platform, &acme, &bob, body("list-instances")).await;
    acme.ask_for(&platform, &bob, "list-snapshots").await;
    for role in ["Owner", "Billing"] {
        let body = json!({ "role": { "id": acme.role(&platform, role).await } });
        door.put(&acme.owner, &format!("/user/{member}"), body).await.is(200);
    }
    door.get(&bob, "/instance").await.is(403);
    assert!(grants_of(&platform, &acme.owner).await.iter().all(|grant| !grant.active));
    assert!(requests_of(&platform, &bob).await.access_requests.len() == 2);

    granted(&platform, &acme, &bob, body("list-instances")).await;
    let waits = acme.ask_for(&platform, &bob, "list-snapshots").await;
    door.delete(&acme.owner, &format!("/user/{member}")).await.is(200);
    approve(&platform, &acme.owner, waits).await.is(404);
    assert!(grants_of(&platform, &acme.owner).await.iter().all(|grant| !grant.active));
    let (_, bob) = acme.member(&platform, "bob2@acme.example", "Billing").await;
    door.get(&bob, "/instance").await.is(403);
    platform.finish().await;
}

#[tokio::test]
async fn a_request_is_refused_with_a_sentence_or_lapses() {
    let (platform, acme) = Platform::new().await;
    let (_, bob) = acme.member(&platform, BOB, "Billing").await;
    let id = acme.ask_for(&platform, &bob, "list-instances").await;
    let path = format!("/access-request/{id}:refuse");
    platform.door.put(&bob, &path, json!({})).await.is(403);
    let long = json!({ "answer": "x".repeat(501) });
    assert_eq!(platform.door.put(&acme.owner, &path, long).await.is(400).fields(), ["answer"]);
    let answer = json!({ "answer": " ask ann " });
    let refused: AccessRequest = platform.door.put(&acme.owner, &path, answer).await.is(200).body();
    assert_eq!((refused.state, refused.answer.as_deref()), (AccessState::Refused, Some("ask ann")));
    assert!(platform.mails_to(BOB).await.pop().unwrap().contains("ask ann"));
    approve(&platform, &acme.owner, id).await.is(409);
    platform.door.get(&bob, "/instance").await.is(403);
    platform.door.delete(&acme.owner, &format!("/access-grant/{id}")).await.is(404);

    let id = acme.ask_for(&platform, &bob, "list-instances").await;
    platform.clock.advance(7 * 24 * HOUR - Duration::from_millis(1));
    let shown = &requests_of(&platform, &acme.owner).await.access_requests[0];
    assert_eq!((shown.id.0, shown.state), (id, AccessState::Open));
    platform.clock.advance(Duration::from_millis(1));
    let refused = approve(&platform, &acme.owner, id).await.is(409);
    assert!(refused.message().contains("lapsed"), "{}", refused.message());
    // It may be asked again, and is forgotten some day.
    let door = &platform.door;
    let session = door.post(
        &Who::Nobody,
        "/session",
        json!({ "email": BOB, "password": crate::harness::PASSWORD }),
    );
    let bob = Who::Session(session.await.is(200).cookie().unwrap());
    acme.ask_for(&platform, &bob, "list-instances").await;
    platform.clock.advance(90 * 24 * HOUR);
    server::housekeeping::once(&platform.cloud).await.unwrap();
    assert_eq!(requests_of(&platform, &acme.owner).await.access_requests, []);
    platform.finish().await;
}

#[tokio::test]
async fn what_is_asked_for_has_limits_and_everyone_sees_their_own() {
    let (platform, acme) = Platform::new().await;
    let (_, bob) = acme.member(&platform, BOB, "Billing").await;
    let (_, eve) = acme.member(&platform, "eve@acme.example", "Billing").await;
    let with = |field: &str, value: Value| {
        let mut body = body("stop-instance");
        body[field] = value;
        body
    };
    for (body, field) in [
        (with("operation", json!("stop-everything")), "operation"),
        (with("operation", json!("update-user-role")), "operation"),
        (with("operation", json!("approve-access-request")), "operation"),
        (with("operation", json!("create-access-token")), "operation"),
        (with("operation", json!("get-me")), "operation"),
        (with("operation", json!("list-zones")), "operation"),
        (with("hours", json!(0)), "hours"),
        (with("hours", json!(169)), "hours"),
        (with("reason", json!(" ")), "reason"),
        (with("reason", json!("x".repeat(501))), "reason"),
        (with("resource", json!("x".repeat(256))), "resource"),
        (with("resource", json!("a\nb")), "resource"),
        (with("language", json!("fr")), "language"),
    ] {
        assert_eq!(asked(&platform, &bob, body).await.is(400).fields(), [field]);
    }
    let of_one =
        json!({ "operation": "list-instances", "resource": "a", "reason": "b", "hours": 1 });
    assert_eq!(asked(&platform, &bob, of_one).await.is(400).fields(), ["resource"]);
    asked(&platform, &acme.owner, body("stop-instance")).await.is(403);
    let ann = acme.sign_in(&platform).await;
    let has = asked(&platform, &ann, body("stop-instance")).await.is(409);
    assert!(has.message().contains("allows stop-instance already"), "{}", has.message());

    let operations =
        ["stop-instance", "start-instance", "list-instances", "list-snapshots", "list-templates"];
    for operation in operations {
        acme.ask_for(&platform, &bob, operation).await;
    }
    asked(&platform, &bob, body("reboot-instance")).await.is(409);
    let of_eve = acme.ask_for(&platform, &eve, "reboot-instance").await;
    let (own, all) = (requests_of(&platform, &bob).await, requests_of(&platform, &ann).await);
    assert_eq!((own.access_requests.len(), own.all), (5, false));
    assert_eq!((all.access_requests.len(), all.all), (6, true));
    let path = format!("/access-request/{of_eve}");
    platform.door.get(&bob, &path).await.is(404);
    platform.door.get(&eve, &path).await.is(200);
    platform.door.get(&ann, &path).await.is(200);
    // A key has asked for nothing.
    let robot = acme.key(&platform, "Billing").await;
    assert_eq!(requests_of(&platform, &robot).await.access_requests, []);

    // Whoever asks uses up nobody's mail: who has it left can still choose a new password.
    let before = platform.mails_to(&acme.email).await;
    assert_eq!(before.len(), 3, "{before:?}");
    let body = json!({ "email": acme.email });
    platform.door.post(&Who::Nobody, "/password-reset", body).await.is(200);
    platform.token_for(&acme.email, 3).await;

    // Of another organization's nobody learns.
    let other = platform.tenant("Other", "oz@other.example").await;
    for nothing in [of_eve.to_string(), requests::nothing()] {
        platform.door.get(&other.owner, &format!("/access-request/{nothing}")).await.is(404);
        let approve = format!("/access-request/{nothing}:approve");
        platform.door.put(&other.owner, &approve, json!({})).await.is(404);
        platform.door.delete(&other.owner, &format!("/access-grant/{nothing}")).await.is(404);
    }
    assert_eq!(requests_of(&platform, &other.owner).await.access_requests, []);
    platform.finish().await;
}
