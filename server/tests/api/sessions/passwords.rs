//! Changing passwords: nobody waits for it, and it happens once.

use super::{PASSWORD, set_password};
use crate::harness::Platform;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_waits_for_somebody_elses_password() {
    let (platform, acme) = Platform::new().await;
    let mut asks = Vec::new();
    for n in 0..16 {
        let of = platform.tenant("Other", &format!("{n}@other.example")).await;
        let ask = platform.door.ask("PUT", "/me/password").by(&of.sign_in(&platform).await);
        asks.push(ask.json(&json!({ "password": PASSWORD })));
    }
    let changes: Vec<_> = asks.into_iter().map(|ask| tokio::spawn(ask.send())).collect();
    // The first finds all of them waiting or at work; who stands in line behind them comes last.
    for name in ["first", "second", "third"] {
        acme.ssh_key(&platform, name).await;
    }
    assert!(changes.iter().any(|change| !change.is_finished()), "the keys were registered first");
    for change in changes {
        change.await.unwrap().is(200);
    }
    platform.finish().await;
}

#[tokio::test]
async fn a_password_is_changed_once_however_often_the_request_comes() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    set_password(&platform, &ann, None, PASSWORD).await.is(200);
    let body = json!({ "current": PASSWORD, "password": "another long password" });
    let change = platform.door.ask("PUT", "/me/password").by(&ann).json(&body);
    let change = change.header("idempotency-key", "once");
    change.clone().send().await.is(200);
    change.clone().send().await.is(200);
    change.header("idempotency-key", "").send().await.is(200);
    set_password(&platform, &ann, Some(PASSWORD), PASSWORD).await.is(400);
    platform.finish().await;
}
