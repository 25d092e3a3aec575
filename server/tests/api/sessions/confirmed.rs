//! Sensitive acts ask a browser's session for a fresh proof: which, of whom, and what proves it.

use super::{PASSWORD, session, set_password, sign_in};
use crate::harness::{Answer, Platform, Tenant, Who, requests};
use api::{ErrorBody, ErrorCode, Kind};
use domain::assurance::{CONFIRMED_FOR, is_sensitive};
use serde_json::{Value, json};
use std::time::Duration;

async fn confirm(platform: &Platform, who: &Who, body: Value) -> Answer {
    platform.door.put(who, "/session:confirm", body).await
}

/// Something sensitive.
async fn make_token(platform: &Platform, who: &Who) -> Answer {
    platform.door.post(who, "/access-token", json!({ "name": "laptop" })).await
}

fn code(answer: &Answer) -> ErrorCode {
    answer.body::<ErrorBody>().code
}

async fn refused(platform: &Platform, who: &Who) {
    assert_eq!(code(&make_token(platform, who).await.is(403)), ErrorCode::StepUpRequired);
}

/// Somebody with a password who signed in ten minutes ago.
async fn ann(platform: &Platform, acme: &Tenant) -> Who {
    let ann = acme.sign_in(platform).await;
    set_password(platform, &ann, None, PASSWORD).await.is(200);
    platform.clock.advance(CONFIRMED_FOR);
    ann
}

#[tokio::test]
async fn what_is_sensitive_waits_for_a_proof_and_nothing_else_does() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    platform.clock.advance(CONFIRMED_FOR);
    for endpoint in api::ENDPOINTS {
        if endpoint.access == api::Access::Public || endpoint.kind == Kind::Stream {
            continue;
        }
        let sensitive = is_sensitive(endpoint.operation);
        let mut ask = requests::ready(&platform, &acme, &with, endpoint).await.by(&with.session);
        if endpoint.is_mutation() && !sensitive {
            ask.path.push_str("?dry-run=true");
        }
        let answer = ask.send().await;
        let asked = answer.status == 403 && code(&answer) == ErrorCode::StepUpRequired;
        assert_eq!(asked, sensitive, "{}: {}", endpoint.operation, answer.text());
    }
    platform.finish().await;
}

#[tokio::test]
async fn a_rehearsal_and_programs_are_not_asked() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let token = acme.token(&platform, &ann).await;
    platform.clock.advance(CONFIRMED_FOR);
    refused(&platform, &ann).await;
    let body = json!({ "name": "rehearsed" });
    platform.door.post(&ann, "/access-token?dry-run=true", body).await.is(200);
    make_token(&platform, &token).await.is(200);
    let role = acme.role(&platform, "Billing").await;
    let body = json!({ "name": "by a key", "role-id": role });
    platform.door.post(&acme.owner, "/api-key", body).await.is(200);
    // Which can't confirm anything either.
    confirm(&platform, &token, json!({ "password": PASSWORD })).await.is(403);
    confirm(&platform, &acme.owner, json!({ "password": PASSWORD })).await.is(403);
    platform.finish().await;
}

#[tokio::test]
async fn a_proof_counts_for_ten_minutes_under_a_new_cookie() {
    let (platform, acme) = Platform::new().await;
    let old = ann(&platform, &acme).await;
    refused(&platform, &old).await;
    let answer = confirm(&platform, &old, json!({ "password": PASSWORD })).await.is(200);
    let until = answer.body::<api::Session>().confirmed_until;
    assert_eq!(until, platform.cloud.now().plus(CONFIRMED_FOR));
    let new = session(&answer);
    // Whoever had the old cookie has nothing any more.
    platform.door.get(&old, "/me").await.is(401);
    make_token(&platform, &new).await.is(200);
    platform.clock.advance(CONFIRMED_FOR - Duration::from_secs(1));
    make_token(&platform, &new).await.is(200);
    let list: api::Sessions = platform.door.get(&new, "/session").await.is(200).body();
    assert_eq!(list.sessions[0].confirmed_until, until);
    platform.clock.advance(Duration::from_secs(1));
    refused(&platform, &new).await;
    // A rehearsed proof is none.
    let path = "/session:confirm?dry-run=true";
    let rehearsed = platform.door.put(&new, path, json!({ "password": PASSWORD })).await.is(200);
    assert!(rehearsed.cookie().is_none());
    refused(&platform, &new).await;
    platform.finish().await;
}

#[tokio::test]
async fn the_answer_is_the_same_whatever_was_wrong_and_guesses_are_counted() {
    let (platform, acme) = Platform::new().await;
    let ann = ann(&platform, &acme).await;
    let first = confirm(&platform, &ann, json!({})).await.is(403);
    assert_eq!(code(&first), ErrorCode::Forbidden);
    for body in [
        json!({ "password": "wrong wrong wrong" }),
        json!({ "password": "" }),
        json!({ "code": "000000" }),
        json!({ "code": PASSWORD }),
    ] {
        let answer = confirm(&platform, &ann, body).await.is(403);
        assert_eq!(answer.without_request_id(), first.without_request_id());
        assert!(answer.cookie().is_none());
    }
    refused(&platform, &ann).await;
    // Five so far; a rehearsal is a guess too, and signing in shares the count.
    for _ in 0..4 {
        let path = "/session:confirm?dry-run=true";
        platform.door.put(&ann, path, json!({ "password": "wrong" })).await.is(403);
    }
    sign_in(&platform, &acme.email, "wrong wrong wrong").await.is(401);
    let limited = confirm(&platform, &ann, json!({ "password": PASSWORD })).await.is(429);
    assert!(limited.header("retry-after").parse::<u64>().unwrap() > 0);
    platform.clock.advance(CONFIRMED_FOR);
    let again = confirm(&platform, &ann, json!({ "password": PASSWORD })).await.is(200);
    make_token(&platform, &session(&again)).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn who_has_a_second_step_proves_with_it() {
    let (platform, acme) = Platform::new().await;
    let first = acme.sign_in(&platform).await;
    set_password(&platform, &first, None, PASSWORD).await.is(200);
    let (secret, codes) = platform.two_step(&first).await;
    platform.clock.advance(CONFIRMED_FOR);
    refused(&platform, &first).await;
    confirm(&platform, &first, json!({ "password": PASSWORD })).await.is(403);
    let code = json!({ "code": platform.code(&secret) });
    let second = session(&confirm(&platform, &first, code.clone()).await.is(200));
    make_token(&platform, &second).await.is(200);
    // Good once, like a recovery code.
    confirm(&platform, &second, code).await.is(403);
    let recovery = json!({ "code": codes[0] });
    let third = session(&confirm(&platform, &second, recovery.clone()).await.is(200));
    confirm(&platform, &third, recovery).await.is(403);
    platform.finish().await;
}

#[tokio::test]
async fn a_stolen_session_chooses_no_password_and_no_app() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    platform.clock.advance(CONFIRMED_FOR);
    let refused = set_password(&platform, &ann, None, PASSWORD).await.is(403);
    assert_eq!(code(&refused), ErrorCode::StepUpRequired);
    let refused = platform.door.post(&ann, "/me/second-factor", json!({})).await.is(403);
    assert_eq!(code(&refused), ErrorCode::StepUpRequired);
    // Nor is there anything to prove it with, but for a link in a mail.
    confirm(&platform, &ann, json!({ "password": PASSWORD })).await.is(403);
    let body = json!({ "email": acme.email });
    platform.door.post(&Who::Nobody, "/password-reset", body).await.is(200);
    let token = platform.token_for(&acme.email, 0).await;
    let body = json!({ "token": token, "password": PASSWORD });
    let fresh = platform.door.post(&Who::Nobody, "/password-reset:redeem", body).await.is(200);
    platform.door.post(&session(&fresh), "/me/second-factor", json!({})).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn nobody_proves_anything_for_what_they_may_not_do() {
    let (platform, acme) = Platform::new().await;
    let (_, ben) = acme.member(&platform, "ben@acme.example", "Billing").await;
    platform.clock.advance(CONFIRMED_FOR);
    let body = json!({ "name": "mine", "role-id": acme.role(&platform, "Billing").await });
    let refused = platform.door.post(&ben, "/api-key", body).await.is(403);
    assert_eq!(code(&refused), ErrorCode::Forbidden);
    platform.finish().await;
}

#[tokio::test]
async fn an_answer_that_was_given_before_is_not_given_again_without_a_proof() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let again = platform.door.ask("POST", "/access-token").by(&ann);
    let again = again.json(&json!({ "name": "laptop" })).header("idempotency-key", "one");
    let first = again.clone().send().await.is(200).text();
    assert_eq!(again.clone().send().await.is(200).text(), first);
    platform.clock.advance(CONFIRMED_FOR);
    assert_eq!(code(&again.send().await.is(403)), ErrorCode::StepUpRequired);
    platform.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_windows_one_confirms() {
    let (platform, acme) = Platform::new().await;
    let ann = ann(&platform, &acme).await;
    let body = json!({ "password": PASSWORD });
    let ask = platform.door.ask("PUT", "/session:confirm").by(&ann).json(&body);
    let all = futures::future::join_all((0..4).map(|_| tokio::spawn(ask.clone().send()))).await;
    let answers: Vec<Answer> = all.into_iter().map(Result::unwrap).collect();
    let confirmed: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(confirmed.len(), 1);
    for other in answers.iter().filter(|answer| answer.status != 200) {
        // Too late for the old cookie, or for the session as it was.
        assert!([401, 409].contains(&other.status), "{}", other.text());
        assert!(other.cookie().is_none());
    }
    make_token(&platform, &session(confirmed[0])).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn it_goes_along_to_another_organization_and_stands_in_the_trail() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", &acme.email).await;
    let first = ann(&platform, &acme).await;
    refused(&platform, &first).await;
    confirm(&platform, &first, json!({ "password": "wrong wrong wrong" })).await.is(403);
    let proof = json!({ "password": PASSWORD });
    let second = session(&confirm(&platform, &first, proof).await.is(200));
    let there = json!({ "organization": other.org });
    let third = platform.door.put(&second, "/me:switch-organization", there).await.is(200);
    make_token(&platform, &session(&third)).await.is(200);
    let events: Vec<Value> = platform.door.get(&acme.owner, "/event").await.is(200).body();
    let of = |operation: &str| -> Vec<i64> {
        let all = events.iter().filter(|event| event["handler"] == operation);
        all.filter_map(|event| event["status"].as_i64()).collect()
    };
    assert_eq!(of("confirm-session"), [200, 403]);
    assert_eq!(of("create-access-token"), [403]);
    let text = serde_json::to_string(&events).unwrap();
    assert!(!text.contains(PASSWORD) && !text.contains("wrong wrong wrong"), "no proof is kept");
    platform.finish().await;
}
