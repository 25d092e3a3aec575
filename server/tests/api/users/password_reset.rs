//! Forgotten passwords: once, within an hour, and nobody learns who has an account.

use crate::harness::{Answer, PASSWORD, Platform, Who};
use serde_json::json;
use std::time::Duration;

const NEW: &str = "quite another long password";

async fn ask(platform: &Platform, email: &str) -> Answer {
    platform.door.post(&Who::Nobody, "/password-reset", json!({ "email": email })).await
}

async fn redeem(platform: &Platform, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "password": password });
    platform.door.post(&Who::Nobody, "/password-reset:redeem", body).await
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_once_and_all_sessions_end() {
    let (platform, acme) = Platform::new().await;
    let first = acme.sign_in(&platform).await;
    platform.door.put(&first, "/me/password", json!({ "password": PASSWORD })).await.is(200);
    ask(&platform, " Ann@Acme.example").await.is(200);
    let token = platform.token_for(&acme.email, 0).await;
    // It signs nobody in by itself, and a weak password does not use it up.
    let link = json!({ "token": token });
    platform.door.post(&Who::Nobody, "/sign-in-link:redeem", link).await.is(401);
    assert_eq!(redeem(&platform, &token, "short").await.is(400).fields(), ["password"]);
    let fresh = redeem(&platform, &token, NEW).await.is(200);
    platform.door.get(&first, "/me").await.is(401);
    platform.door.get(&Who::Session(fresh.cookie().unwrap()), "/me").await.is(200);
    redeem(&platform, &token, NEW).await.is(404);
    for (password, status) in [(PASSWORD, 401), (NEW, 200)] {
        let body = json!({ "email": acme.email, "password": password });
        platform.door.post(&Who::Nobody, "/session", body).await.is(status);
    }
    platform.finish().await;
}

#[tokio::test]
async fn a_link_ends_after_an_hour_and_with_the_next_change() {
    let (platform, acme) = Platform::new().await;
    let session = acme.sign_in(&platform).await;
    platform.door.put(&session, "/me/password", json!({ "password": PASSWORD })).await.is(200);
    ask(&platform, &acme.email).await.is(200);
    let old = platform.token_for(&acme.email, 0).await;
    platform.clock.advance(Duration::from_secs(3_600));
    redeem(&platform, &old, NEW).await.is(404);
    ask(&platform, &acme.email).await.is(200);
    let token = platform.token_for(&acme.email, 1).await;
    let change = json!({ "current": PASSWORD, "password": NEW });
    platform.door.put(&session, "/me/password", change).await.is(200);
    redeem(&platform, &token, NEW).await.is(404);
    platform.finish().await;
}

#[tokio::test]
async fn nobody_learns_by_it_who_has_an_account() {
    let (platform, acme) = Platform::new().await;
    let known = ask(&platform, &acme.email).await.is(200);
    let unknown = ask(&platform, "nobody@acme.example").await.is(200);
    assert_eq!(known.without_request_id(), unknown.without_request_id());
    assert_eq!(known.bytes.len(), unknown.bytes.len());
    for round in 1..11 {
        for email in [&acme.email, "nobody@acme.example"] {
            let status = ask(&platform, email).await.status;
            assert_eq!(status, if round < 10 { 200 } else { 429 }, "round {round}");
        }
    }
    platform.token_for(&acme.email, 0).await;
    let mails = platform.mails().await;
    assert!(mails.len() <= 5, "a mailbox is not filled: {}", mails.len());
    assert!(mails.iter().all(|mail| !mail.contains("nobody@")));
    platform.finish().await;
}
