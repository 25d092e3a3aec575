//! Passkeys: their whole life, and every answer that is not quite right.

use super::{PASSWORD, session, set_password};
use crate::harness::{Answer, Authenticator, Platform, Tenant, Who};
use domain::assurance::CONFIRMED_FOR;
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

async fn prove(platform: &Platform, who: &Who, body: Value) -> Answer {
    platform.door.put(who, "/session:confirm", body).await
}

/// Something sensitive.
async fn make_token(platform: &Platform, who: &Who) -> u16 {
    platform.door.post(who, "/access-token", json!({ "name": "laptop" })).await.status
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

#[tokio::test]
async fn a_passkey_proves_who_is_in_the_session_once() {
    let (platform, acme) = Platform::new().await;
    let (ann, device) = ann(&platform, &acme).await;
    platform.clock.advance(CONFIRMED_FOR);
    assert_eq!(make_token(&platform, &ann).await, 403);
    let (_, options) = platform.asked(&ann, "/session/confirmation-options").await;
    assert_eq!(options["allowCredentials"].as_array().unwrap().len(), 1, "one's own only");
    let body = platform.proving_passkey(&ann, &device).await;
    // A rehearsal proves nothing, and uses nothing up.
    let path = "/session:confirm?dry-run=true";
    platform.door.put(&ann, path, body.clone()).await.is(200);
    assert_eq!(make_token(&platform, &ann).await, 403);
    let answer = prove(&platform, &ann, body.clone()).await.is(200);
    let proven = session(&answer);
    platform.door.get(&ann, "/me").await.is(401);
    assert_eq!(make_token(&platform, &proven).await, 200);
    // The same answer again, later too.
    assert_eq!(prove(&platform, &proven, body.clone()).await.is(400).fields(), ["state"]);
    let late = platform.proving_passkey(&proven, &device).await;
    platform.clock.advance(CONFIRMED_FOR);
    for old in [body, late] {
        assert_eq!(prove(&platform, &proven, old).await.is(400).fields(), ["state"]);
    }
    assert_eq!(make_token(&platform, &proven).await, 403);
    // A device that is asked by name need not say whose it is.
    let mut unnamed = platform.proving_passkey(&proven, &device).await;
    unnamed["credential"]["response"].as_object_mut().unwrap().remove("userHandle");
    prove(&platform, &proven, unnamed).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn an_answer_to_another_question_proves_nothing() {
    let (platform, acme) = Platform::new().await;
    let (ann, device) = ann(&platform, &acme).await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let bob = other.sign_in(&platform).await;
    let mut foreign = Authenticator::new();
    let body = platform.new_passkey(&bob, &mut foreign).await;
    platform.door.post(&bob, "/me/passkey", body).await.is(200);
    let second = session(&sign_in(&platform, &device).await.is(200));
    platform.clock.advance(CONFIRMED_FOR);
    // Somebody else's passkey, under their name and under Ann's.
    let body = platform.proving_passkey(&ann, &foreign).await;
    let refused = prove(&platform, &ann, body).await.is(403);
    foreign.user.clone_from(&device.user);
    let body = platform.proving_passkey(&ann, &foreign).await;
    let again = prove(&platform, &ann, body).await.is(403);
    assert_eq!(again.without_request_id(), refused.without_request_id());
    // What was asked of Bob, of another session of Ann's, to sign in, and for a new passkey.
    let of_bob = platform.proving_passkey(&bob, &device).await;
    let of_second = platform.proving_passkey(&second, &device).await;
    let to_sign_in = platform.shown_passkey(&device).await;
    let (state, options) = platform.asked(&second, "/me/passkey-options").await;
    let asked = json!({ "rpId": options["rp"]["id"], "challenge": options["challenge"] });
    let for_new = json!({ "state": state, "credential": device.sign(&asked) });
    for body in [of_bob, of_second, to_sign_in, for_new] {
        assert_eq!(prove(&platform, &ann, body).await.is(400).fields(), ["state"]);
    }
    // Nor does a proof sign in.
    let proof = platform.proving_passkey(&ann, &device).await;
    assert_eq!(show(&platform, proof).await.is(400).fields(), ["state"]);
    // A device that did not ask who holds it, another site, and a copy that falls behind.
    let mut device = device;
    device.verifies = false;
    let body = platform.proving_passkey(&ann, &device).await;
    prove(&platform, &ann, body).await.is(403);
    device.verifies = true;
    device.origin = "http://localhost.evil.example".to_owned();
    let body = platform.proving_passkey(&ann, &device).await;
    prove(&platform, &ann, body).await.is(403);
    device.origin = crate::harness::ORIGIN.to_owned();
    device.used.store(0, Ordering::Relaxed);
    let body = platform.proving_passkey(&ann, &device).await;
    prove(&platform, &ann, body).await.is(403);
    assert_eq!(make_token(&platform, &ann).await, 403);
    platform.finish().await;
}

#[tokio::test]
async fn where_two_steps_are_demanded_a_password_proves_nothing_of_who_has_a_passkey() {
    let (platform, acme) = Platform::new().await;
    let (ann, device) = ann(&platform, &acme).await;
    set_password(&platform, &ann, None, PASSWORD).await.is(200);
    let password = json!({ "email": acme.email, "password": PASSWORD });
    let alone = platform.door.post(&Who::Nobody, "/session", password).await.is(200);
    let alone = session(&alone);
    platform.clock.advance(CONFIRMED_FOR);
    let proof = json!({ "password": PASSWORD });
    let ann = session(&prove(&platform, &ann, proof.clone()).await.is(200));
    let body = json!({ "second-factor-required": true });
    platform.door.put(&ann, "/organization", body).await.is(200);
    prove(&platform, &ann, proof.clone()).await.is(403);
    // A session that a password began is shut, and opens with the passkey.
    platform.door.get(&alone, "/instance").await.is(403);
    prove(&platform, &alone, proof).await.is(403);
    let body = platform.proving_passkey(&alone, &device).await;
    let opened = session(&prove(&platform, &alone, body).await.is(200));
    platform.door.get(&opened, "/instance").await.is(200);
    // Who has none is told so.
    let (_, ben) = acme.member(&platform, "ben@acme.example", "Owner").await;
    platform.door.get(&ben, "/session/confirmation-options").await.is(409);
    let token = acme.token(&platform, &ann).await;
    platform.door.get(&token, "/session/confirmation-options").await.is(403);
    platform.finish().await;
}

#[tokio::test]
async fn other_sessions_end_when_a_passkey_or_an_app_comes_or_goes() {
    let (platform, acme) = Platform::new().await;
    let here = acme.sign_in(&platform).await;
    set_password(&platform, &here, None, PASSWORD).await.is(200);
    let password = json!({ "email": acme.email, "password": PASSWORD });
    let other = platform.door.post(&Who::Nobody, "/session", password).await.is(200);
    let ended = async |other: &Answer| {
        platform.door.get(&here, "/me").await.is(200);
        platform.door.get(&session(other), "/me").await.is(401);
    };
    let mut device = Authenticator::new();
    let body = platform.new_passkey(&here, &mut device).await;
    let made: api::Passkey = platform.door.post(&here, "/me/passkey", body).await.is(200).body();
    ended(&other).await;
    let other = sign_in(&platform, &device).await.is(200);
    let (secret, _) = platform.two_step(&here).await;
    ended(&other).await;
    let other = sign_in(&platform, &device).await.is(200);
    platform.clock.advance(Duration::from_secs(60));
    let body = json!({ "code": platform.code(&secret) });
    platform.door.put(&here, "/me/second-factor:remove", body).await.is(200);
    ended(&other).await;
    let other = sign_in(&platform, &device).await.is(200);
    platform.door.delete(&here, &format!("/me/passkey/{}", made.id)).await.is(200);
    ended(&other).await;
    platform.finish().await;
}
