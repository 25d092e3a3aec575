//! Passkeys: their whole life, and every answer that is not quite right.

use super::{PASSWORD, session, set_password};
use crate::harness::{Answer, Authenticator, Platform, Tenant, Who};
use serde_json::{Value, json};
use std::{sync::atomic::Ordering, time::Duration};

/// Somebody with a passkey: their session, and the device.
async fn ann(platform: &Platform, acme: &Tenant) -> (Who, Authenticator) {
    let ann = acme.sign_in(platform).await;
    let mut device = Authenticator::new();
    let body = platform.new_passkey(&ann, &mut device).await;
    platform.door.post(&ann, "/me/passkey", body).await.is(200);
    (ann, device)
}

async fn show(platform: &Platform, body: Value) -> Answer {
    platform.door.post(&Who::Nobody, "/session/passkey", body).await
}

async fn sign_in(platform: &Platform, device: &Authenticator) -> Answer {
    let body = platform.shown_passkey(device).await;
    show(platform, body).await
}

#[tokio::test]
async fn a_passkey_is_made_signs_in_and_is_forgotten() {
    let (platform, acme) = Platform::new().await;
    let (ann, device) = ann(&platform, &acme).await;
    let list =
        async || -> api::Passkeys { platform.door.get(&ann, "/me/passkey").await.is(200).body() };
    let made = list().await;
    assert!(made.available);
    assert_eq!((made.passkeys.len(), made.passkeys[0].name.as_str()), (1, "Phone"));
    assert_eq!(made.passkeys[0].last_used_at, None);
    platform.clock.advance(Duration::from_secs(60));
    let answer = sign_in(&platform, &device).await.is(200);
    let me: api::Me = answer.body();
    assert_eq!(me.user.unwrap().email, acme.email);
    platform.door.get(&session(&answer), "/instance").await.is(200);
    assert_eq!(list().await.passkeys[0].last_used_at, Some(platform.cloud.now()));
    // Its twin is refused, and the same device is not asked for another.
    let (_, options) = platform.asked(&ann, "/me/passkey-options").await;
    assert_eq!(options["excludeCredentials"].as_array().unwrap().len(), 1);
    let path = format!("/me/passkey/{}", made.passkeys[0].id);
    platform.door.delete(&ann, &path).await.is(200);
    platform.door.delete(&ann, &path).await.is(404);
    sign_in(&platform, &device).await.is(401);
    assert!(list().await.passkeys.is_empty());
    platform.finish().await;
}

#[tokio::test]
async fn an_answer_is_good_once_and_for_five_minutes() {
    let (platform, acme) = Platform::new().await;
    let (ann, device) = ann(&platform, &acme).await;
    let body = platform.shown_passkey(&device).await;
    let twice = [0, 1].map(|_| show(&platform, body.clone()));
    let mut statuses: Vec<_> =
        futures::future::join_all(twice).await.into_iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
    assert_eq!(show(&platform, body).await.is(400).fields(), ["state"]);
    let late = platform.shown_passkey(&device).await;
    let mut another = Authenticator::new();
    let late_too = platform.new_passkey(&ann, &mut another).await;
    platform.clock.advance(Duration::from_secs(300));
    assert_eq!(show(&platform, late).await.is(400).fields(), ["state"]);
    let refused = platform.door.post(&ann, "/me/passkey", late_too).await;
    assert_eq!(refused.is(400).fields(), ["state"]);
    platform.finish().await;
}

#[tokio::test]
async fn what_is_not_quite_right_signs_nobody_in() {
    let (platform, acme) = Platform::new().await;
    let (ann, mut device) = ann(&platform, &acme).await;
    let right = device.used.load(Ordering::Relaxed);
    // Another site, which passes on what it was asked.
    device.origin = "http://localhost.evil.example".to_owned();
    let refused = sign_in(&platform, &device).await.is(401);
    device.origin = crate::harness::ORIGIN.to_owned();
    // A device that did not ask who holds it.
    device.verifies = false;
    sign_in(&platform, &device).await.is(401);
    device.verifies = true;
    // Somebody else's name beside the right key, and a passkey that nobody has.
    let user = std::mem::replace(&mut device.user, vec![7; 16]);
    sign_in(&platform, &device).await.is(401);
    device.user = user;
    let mut unknown = Authenticator::new();
    platform.new_passkey(&ann, &mut unknown).await;
    let nobody = sign_in(&platform, &unknown).await.is(401);
    assert_eq!(nobody.without_request_id(), refused.without_request_id());
    // Another key under the name of the right one.
    let mut forged = Authenticator::new();
    forged.id.clone_from(&device.id);
    forged.user.clone_from(&device.user);
    forged.used.store(100, Ordering::Relaxed);
    sign_in(&platform, &forged).await.is(401);
    // The answer to another question.
    let (state, _) = platform.asked(&Who::Nobody, "/session/passkey-options").await;
    let mut body = platform.shown_passkey(&device).await;
    body["state"] = json!(state);
    show(&platform, body).await.is(401);
    // The question for a new passkey is none for signing in.
    let (state, options) = platform.asked(&ann, "/me/passkey-options").await;
    let asked = json!({ "rpId": options["rp"]["id"], "challenge": options["challenge"] });
    let body = json!({ "state": state, "credential": device.sign(&asked) });
    assert_eq!(show(&platform, body).await.is(400).fields(), ["state"]);
    let body = json!({ "state": "x", "credential": { "id": 7 } });
    assert_eq!(show(&platform, body).await.is(400).fields(), ["state"]);
    let (state, _) = platform.asked(&Who::Nobody, "/session/passkey-options").await;
    let body = json!({ "state": state, "credential": { "id": 7 } });
    assert_eq!(show(&platform, body).await.is(400).fields(), ["credential"]);
    // A copy of the device falls behind the one that is used.
    device.used.store(right + 20, Ordering::Relaxed);
    sign_in(&platform, &device).await.is(200);
    device.used.store(right + 10, Ordering::Relaxed);
    sign_in(&platform, &device).await.is(401);
    // What was refused of somebody who is known stands in the trail.
    platform.drain().await;
    platform.finish().await;
}

#[tokio::test]
async fn nobody_takes_what_was_asked_of_somebody_else() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let bob = other.sign_in(&platform).await;
    let mut device = Authenticator::new();
    let body = platform.new_passkey(&ann, &mut device).await;
    let refused = platform.door.post(&bob, "/me/passkey", body.clone()).await;
    assert_eq!(refused.is(400).fields(), ["state"]);
    let made: api::Passkey = platform.door.post(&ann, "/me/passkey", body).await.is(200).body();
    // Nor the same credential, under another name.
    let (state, mut options) = platform.asked(&bob, "/me/passkey-options").await;
    options["user"]["id"] = json!("AAAA");
    let body = json!({ "name": "Mine", "state": state, "credential": device.make(&options) });
    assert_eq!(
        platform.door.post(&bob, "/me/passkey", body).await.is(400).fields(),
        ["credential"]
    );
    platform.door.delete(&bob, &format!("/me/passkey/{}", made.id)).await.is(404);
    // A token can't change how its owner signs in.
    let token = acme.token(&platform, &ann).await;
    platform.door.get(&token, "/me/passkey").await.is(200);
    platform.door.get(&token, "/me/passkey-options").await.is(403);
    platform.door.delete(&token, &format!("/me/passkey/{}", made.id)).await.is(403);
    platform.finish().await;
}

#[tokio::test]
async fn there_are_twenty_at_most() {
    let (platform, acme) = Platform::new().await;
    let (ann, _) = ann(&platform, &acme).await;
    for n in 1..=20 {
        let mut device = Authenticator::new();
        let body = platform.new_passkey(&ann, &mut device).await;
        let status = platform.door.post(&ann, "/me/passkey", body).await.status;
        assert_eq!(status, if n < 20 { 200 } else { 409 }, "{n}");
    }
    platform.finish().await;
}

#[tokio::test]
async fn a_passkey_is_both_steps() {
    let (platform, acme) = Platform::new().await;
    let (ann, device) = ann(&platform, &acme).await;
    set_password(&platform, &ann, None, PASSWORD).await.is(200);
    let body = json!({ "second-factor-required": true });
    // Who demands it has it: their session knows a passkey.
    let by_passkey = session(&sign_in(&platform, &device).await.is(200));
    platform.door.put(&by_passkey, "/organization", body).await.is(200);
    platform.door.get(&by_passkey, "/instance").await.is(200);
    // A password alone is one step, and makes itself no second one.
    let password = json!({ "email": acme.email, "password": PASSWORD });
    let alone = platform.door.post(&Who::Nobody, "/session", password).await.is(200);
    let alone = session(&alone);
    platform.door.get(&alone, "/instance").await.is(403);
    let mut another = Authenticator::new();
    let body = platform.new_passkey(&alone, &mut another).await;
    platform.door.post(&alone, "/me/passkey", body).await.is(403);
    platform.door.post(&alone, "/me/second-factor", json!({})).await.is(403);
    // Who has nothing yet makes a passkey, and goes on.
    let (_, ben) = acme.member(&platform, "ben@acme.example", "Owner").await;
    platform.door.get(&ben, "/instance").await.is(403);
    let body = platform.new_passkey(&ben, &mut another).await;
    platform.door.post(&ben, "/me/passkey", body).await.is(200);
    platform.door.get(&ben, "/instance").await.is(200);
    sign_in(&platform, &another).await.is(200);
    platform.finish().await;
}

/// What the list of users says of somebody's second steps.
async fn listed(platform: &Platform, acme: &Tenant, at: &str) -> Vec<(bool, Vec<&'static str>)> {
    let users: api::Users =
        platform.door.get(&acme.owner, &format!("/user{at}")).await.is(200).body();
    let steps = |user: &api::User| user.second_steps.iter().map(|step| step.as_str()).collect();
    users.users.iter().map(|user| (user.two_factor_authentication, steps(user))).collect()
}

#[tokio::test]
async fn who_is_listed_without_a_second_step_is_who_is_refused() {
    let (platform, acme) = Platform::new().await;
    let (ann, device) = ann(&platform, &acme).await;
    let (_, ben) = acme.member(&platform, "ben@acme.example", "Owner").await;
    let tokens = [acme.token(&platform, &ann).await, acme.token(&platform, &ben).await];
    platform.clock.advance(Duration::from_secs(1));
    let then = format!("?at={}", platform.cloud.now());
    platform.clock.advance(Duration::from_secs(1));
    let body = json!({ "second-factor-required": true });
    platform.door.put(&ann, "/organization", body).await.is(200);
    let before = [(true, vec!["passkey"]), (false, vec![])];
    assert_eq!(listed(&platform, &acme, "").await, before);
    for (token, (has, _)) in tokens.iter().zip(&before) {
        let answer = platform.door.get(token, "/instance").await;
        assert_eq!(answer.status, if *has { 200 } else { 403 });
    }
    // What goes on in somebody's name.
    let body = json!({ "list": "instances", "format": "json" });
    let export = platform.door.post(&ann, "/list-export", body).await.operation();
    let ended = platform.outcome(&acme.owner, export.id).await;
    assert_eq!(ended.state.as_str(), "success", "{:?}", ended.message);
    // Both have an app now, and Ann no passkey any more; what was is as it was.
    platform.two_step(&ben).await;
    platform.two_step(&ann).await;
    let after = [(true, vec!["authenticator-app", "passkey"]), (true, vec!["authenticator-app"])];
    assert_eq!(listed(&platform, &acme, "").await, after);
    let all: api::Passkeys = platform.door.get(&ann, "/me/passkey").await.is(200).body();
    let path = format!("/me/passkey/{}", all.passkeys[0].id);
    platform.door.delete(&ann, &path).await.is(200);
    sign_in(&platform, &device).await.is(401);
    assert_eq!(listed(&platform, &acme, "").await[0], after[1]);
    assert_eq!(listed(&platform, &acme, &then).await, before);
    platform.finish().await;
}
