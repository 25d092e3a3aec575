//! People: invited, given roles, removed; and what ends then.

mod mail;
mod password_reset;

use crate::harness::{Answer, PASSWORD, Platform, Tenant, Who};
use api::{User, Users};
use serde_json::{Value, json};
use std::time::Duration;

async fn users(platform: &Platform, by: &Who) -> Vec<User> {
    platform.door.get(by, "/user").await.is(200).body::<Users>().users
}

async fn one(platform: &Platform, acme: &Tenant, email: &str) -> User {
    let all = users(platform, &acme.owner).await;
    all.into_iter().find(|user| user.email == email).unwrap()
}

async fn give(platform: &Platform, by: &Who, user: impl ToString, role: impl ToString) -> Answer {
    let body = json!({ "role": { "id": role.to_string() } });
    platform.door.put(by, &format!("/user/{}", user.to_string()), body).await
}

async fn accept(platform: &Platform, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "password": password });
    platform.door.post(&Who::Nobody, "/invitation:accept", body).await
}

/// A role with everything but domain names.
async fn narrow(platform: &Platform, acme: &Tenant) -> String {
    let policy =
        json!({ "default-service-strategy": "allow", "services": { "dns": { "type": "deny" } } });
    let body = json!({ "name": "Narrow", "policy": policy });
    let operation = platform.door.post(&acme.owner, "/iam-role", body).await.operation();
    operation.reference.unwrap().id.to_string()
}

fn event_of(answer: &Value) -> (&str, &str) {
    (answer["handler"].as_str().unwrap(), answer["iam-user"]["email"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn somebody_is_invited_comes_and_is_there() {
    let (platform, acme) = Platform::new().await;
    let id = acme.invite(&platform, " Bob@Acme.example ", "Billing").await;
    let bob = one(&platform, &acme, "bob@acme.example").await;
    assert_eq!((bob.id.0, bob.pending, bob.sso), (id, true, false));
    assert_eq!((bob.role.name.as_str(), bob.role.policy), ("Billing", None));
    let token = platform.token_for("bob@acme.example", 0).await;

    let path = format!("/invitation?token={token}");
    let shown: api::Invitation = platform.door.get(&Who::Nobody, &path).await.is(200).body();
    assert_eq!((shown.organization.as_str(), shown.has_password), ("Acme", false));
    assert_eq!(shown.email, "bob@acme.example");
    let weak = accept(&platform, &token, "short").await.is(400);
    assert_eq!(weak.fields(), ["password"]);
    let accepted = accept(&platform, &token, PASSWORD).await.is(200);
    assert_eq!(accepted.json()["user"]["email"], "bob@acme.example");
    let session = Who::Session(accepted.cookie().unwrap());
    platform.door.get(&session, "/me").await.is(200);
    platform.door.get(&session, "/instance").await.is(403);

    // The id stays, and the link opens nothing any more.
    let bob = one(&platform, &acme, "bob@acme.example").await;
    assert_eq!((bob.id.0, bob.pending, bob.expires_at), (id, false, None));
    accept(&platform, &token, PASSWORD).await.is(404);
    platform.door.get(&Who::Nobody, &path).await.is(404);
    let events = platform.door.get(&acme.owner, "/event").await.json();
    let events: Vec<_> = events.as_array().unwrap().iter().map(event_of).collect();
    assert!(events.contains(&("accept-invitation", "bob@acme.example")), "{events:?}");
    assert!(events.contains(&("create-user", "")), "{events:?}");
    platform.finish().await;
}

#[tokio::test]
async fn whoever_has_an_account_joins_with_its_password() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let bob = other.sign_in(&platform).await;
    platform.door.put(&bob, "/me/password", json!({ "password": PASSWORD })).await.is(200);
    let id = acme.invite(&platform, "bob@other.example", "Owner").await;
    // Nothing tells whether somebody has an account, or anything else of theirs.
    let invited = one(&platform, &acme, "bob@other.example").await;
    assert!(invited.pending);
    let theirs: api::Me = platform.door.get(&bob, "/me").await.is(200).body();
    assert_ne!(theirs.user.unwrap().id.0, id);

    let token = platform.token_for("bob@other.example", 0).await;
    let wrong = accept(&platform, &token, "another long password").await.is(400);
    assert_eq!(wrong.fields(), ["password"]);
    let session = Who::Session(accept(&platform, &token, PASSWORD).await.is(200).cookie().unwrap());
    let me: api::Me = platform.door.get(&session, "/me").await.is(200).body();
    assert_eq!((me.organization.id, me.organizations.len()), (acme.org, 2));
    // Removed here, they are still there.
    platform.door.delete(&acme.owner, &format!("/user/{id}")).await.is(200);
    platform.door.get(&session, "/me").await.is(401);
    let me: api::Me = platform.door.get(&bob, "/me").await.is(200).body();
    assert_eq!((me.organization.id, me.organizations.len()), (other.org, 1));
    platform.finish().await;
}

#[tokio::test]
async fn what_is_wrong_with_an_invitation_is_said() {
    let (platform, acme) = Platform::new().await;
    let billing = acme.role(&platform, "Billing").await;
    let role = json!({ "id": billing });
    for (body, field) in [
        (json!({ "role": role }), "email"),
        (json!({ "email": "bob", "role": role }), "email"),
        (json!({ "email": "a@b@c", "role": role }), "email"),
        (json!({ "email": "a b@acme.example", "role": role }), "email"),
        (json!({ "email": format!("{}@acme.example", "x".repeat(250)), "role": role }), "email"),
        (json!({ "email": "bob@acme.example" }), "role.id"),
        (
            json!({ "email": "bob@acme.example", "role": { "id": crate::harness::requests::nothing() } }),
            "role.id",
        ),
        (json!({ "email": "bob@acme.example", "role": role, "language": "fr" }), "language"),
    ] {
        let refused = platform.door.post(&acme.owner, "/user", body).await.is(400);
        assert_eq!(refused.fields(), [field]);
    }
    let body = json!({ "email": acme.email, "role": role });
    platform.door.post(&acme.owner, "/user", body).await.is(409);
    acme.invite(&platform, "bob@acme.example", "Billing").await;
    let body = json!({ "email": "BOB@acme.example", "role": role });
    let refused = platform.door.post(&acme.owner, "/user", body).await.is(409);
    assert!(refused.message().contains("send the invitation again"), "{}", refused.message());
    platform.finish().await;
}

#[tokio::test]
async fn an_invitation_ends_after_a_week_and_can_be_sent_again() {
    let (platform, acme) = Platform::new().await;
    let id = acme.invite(&platform, "bob@acme.example", "Billing").await;
    let first = platform.token_for("bob@acme.example", 0).await;
    platform.clock.advance(Duration::from_secs(7 * 24 * 3_600));
    accept(&platform, &first, PASSWORD).await.is(404);
    let resend = format!("/user/{id}:resend-invitation");
    platform.door.put(&acme.owner, &resend, json!({})).await.is(200);
    let second = platform.token_for("bob@acme.example", 1).await;
    accept(&platform, &first, PASSWORD).await.is(404);
    // Taken back, it opens nothing.
    platform.door.delete(&acme.owner, &format!("/user/{id}")).await.is(200);
    accept(&platform, &second, PASSWORD).await.is(404);
    platform.door.put(&acme.owner, &resend, json!({})).await.is(404);

    let (id, _) = acme.member(&platform, "cleo@acme.example", "Billing").await;
    let resend = format!("/user/{id}:resend-invitation");
    let refused = platform.door.put(&acme.owner, &resend, json!({})).await.is(409);
    assert!(refused.message().contains("has accepted"), "{}", refused.message());
    platform.finish().await;
}

#[tokio::test]
async fn nobody_gives_or_takes_more_than_they_have() {
    let (platform, acme) = Platform::new().await;
    let narrow = narrow(&platform, &acme).await;
    let (bob, session) = acme.member(&platform, "bob@acme.example", "Narrow").await;
    let (owner, billing) =
        (acme.role(&platform, "Owner").await, acme.role(&platform, "Billing").await);
    let ann = one(&platform, &acme, &acme.email).await.id;
    // Neither to oneself nor to others, by hand or by invitation; nor from whom has more.
    assert_eq!(give(&platform, &session, bob, owner).await.is(403).fields(), ["role.id"]);
    let wider = |refused: Answer, email: &str| {
        let message = format!(
            "The role \"Owner\" of {email} is wider than your own: ask somebody whose role is."
        );
        let refused = refused.is(403);
        assert_eq!((refused.message(), refused.fields()), (message, Vec::new()));
    };
    for role in [owner, billing] {
        wider(give(&platform, &session, ann, role).await, &acme.email);
    }
    wider(platform.door.delete(&session, &format!("/user/{ann}")).await, &acme.email);
    let body = json!({ "email": "eve@acme.example", "role": { "id": owner } });
    let refused = platform.door.post(&session, "/user", body).await.is(403);
    assert_eq!(refused.fields(), ["role.id"]);
    acme.invite(&platform, "eve@acme.example", "Owner").await;
    let eve = one(&platform, &acme, "eve@acme.example").await.id;
    let resend = format!("/user/{eve}:resend-invitation");
    wider(platform.door.put(&session, &resend, json!({})).await, "eve@acme.example");
    let body = json!({ "email": "dan@acme.example", "role": { "id": narrow } });
    platform.door.post(&session, "/user", body).await.is(200);
    give(&platform, &session, bob, billing).await.is(200);
    platform.door.get(&session, "/user").await.is(403);
    platform.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn somebody_always_owns_the_organization() {
    let (platform, acme) = Platform::new().await;
    let ann = one(&platform, &acme, &acme.email).await.id;
    let billing = acme.role(&platform, "Billing").await;
    acme.invite(&platform, "bob@acme.example", "Owner").await;
    // Who is invited only is no owner yet.
    for refused in [
        give(&platform, &acme.owner, ann, billing).await,
        platform.door.delete(&acme.owner, &format!("/user/{ann}")).await,
    ] {
        assert!(refused.is(409).message().contains("make somebody else an owner first"));
    }
    let token = platform.token_for("bob@acme.example", 0).await;
    accept(&platform, &token, PASSWORD).await.is(200);
    let bob = one(&platform, &acme, "bob@acme.example").await.id;
    // Both at once: one of them stays.
    let path = format!("/user/{bob}");
    let (a, b) = tokio::join!(
        tokio::spawn(platform.door.ask("DELETE", &path).by(&acme.owner).send()),
        give(&platform, &acme.owner, ann, billing),
    );
    let mut statuses = [a.unwrap().status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let owners = users(&platform, &acme.owner).await;
    assert_eq!(owners.iter().filter(|user| user.role.name == "Owner").count(), 1);
    platform.finish().await;
}

#[tokio::test]
async fn what_somebody_had_ends_when_they_are_removed() {
    use futures::StreamExt;
    let (platform, acme) = Platform::new().await;
    let (id, session) = acme.member(&platform, "bob@acme.example", "Owner").await;
    let token = acme.token(&platform, &session).await;
    let owner = acme.role(&platform, "Owner").await;
    let body = json!({ "name": "robot", "role-id": owner });
    let json = platform.door.post(&session, "/api-key", body).await.is(200).json();
    let text = |name: &str| json[name].as_str().unwrap().to_owned();
    let key = Who::Key { key: text("key"), secret: text("secret") };
    acme.saved_view(&platform, &session, "Mine", "state=running").await;
    let response = platform.door.ask("GET", "/stream").by(&session).respond().await;
    let mut stream = response.into_body().into_data_stream();
    stream.next().await.unwrap().unwrap();
    let theirs = platform.door.ask("GET", "/stream").by(&acme.owner).respond().await;
    let mut theirs = theirs.into_body().into_data_stream();

    platform.door.delete(&acme.owner, &format!("/user/{id}")).await.is(200);
    for who in [&session, &token] {
        platform.door.get(who, "/me").await.is(401);
    }
    let rest = tokio::time::timeout(Duration::from_secs(1), stream.collect::<Vec<_>>());
    assert!(rest.await.is_ok(), "an open stream ends within a second");
    // The robot works on, as do others.
    platform.door.get(&key, "/instance").await.is(200);
    theirs.next().await.unwrap().unwrap();
    assert!(
        users(&platform, &acme.owner).await.iter().all(|user| user.email != "bob@acme.example")
    );
    // They can be invited again, and come with the password that they have.
    acme.member(&platform, "bob@acme.example", "Billing").await;
    platform.finish().await;
}

#[tokio::test]
async fn a_narrower_role_ends_tokens_that_are_wider_at_once() {
    let (platform, acme) = Platform::new().await;
    let narrow = narrow(&platform, &acme).await;
    let (id, session) = acme.member(&platform, "bob@acme.example", "Owner").await;
    let wide = acme.token(&platform, &session).await;
    let body = json!({ "name": "small", "role-id": narrow });
    let json = platform.door.post(&session, "/access-token", body).await.is(200).json();
    let small = Who::Token(json["token"].as_str().unwrap().to_owned());
    give(&platform, &acme.owner, id, &narrow).await.is(200);
    platform.door.get(&wide, "/me").await.is(401);
    platform.door.get(&small, "/instance").await.is(200);
    let me: api::Me = platform.door.get(&session, "/me").await.is(200).body();
    assert_eq!(me.role.name, "Narrow");
    // Nobody deletes a role that somebody has, or is invited with.
    acme.invite(&platform, "eve@acme.example", "Narrow").await;
    let refused = platform.door.delete(&acme.owner, &format!("/iam-role/{narrow}")).await.is(409);
    assert!(refused.message().contains("2 people"), "{}", refused.message());
    let stale = platform.door.ask("DELETE", &format!("/user/{id}")).by(&acme.owner);
    stale.header("if-match", "\"1\"").send().await.is(412);
    platform.finish().await;
}
