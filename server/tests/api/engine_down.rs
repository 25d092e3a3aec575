//! An engine that is away, full or lying: reads go on, work waits, and everything ends.

use crate::harness::{Platform, Tenant};
use domain::operation::{OperationState, Reason};
use engine::sim::{CallName, Fault};
use serde_json::json;
use std::time::Duration;

const CHANGING: [CallName; 10] = [
    CallName::Create,
    CallName::Start,
    CallName::Stop,
    CallName::Delete,
    CallName::Resize,
    CallName::CreateSnapshot,
    CallName::DeleteSnapshot,
    CallName::Publish,
    CallName::Export,
    CallName::Observe,
];

fn away(platform: &Platform) {
    for call in CHANGING {
        platform.sims[0].inject(call, Fault::Unreachable, 10_000);
    }
}

/// One operation of each kind, accepted and not yet done.
async fn some_work(platform: &Platform, acme: &Tenant) -> Vec<api::Operation> {
    let (a, b) = (acme.instance(platform, "a").await, acme.stopped_instance(platform, "b").await);
    let snapshot = acme.snapshot(platform, a).await;
    away(platform);
    let mut all = Vec::new();
    for (method, path, body) in [
        ("PUT", format!("/instance/{b}:start"), json!({})),
        ("POST", format!("/snapshot/{snapshot}:export"), json!({})),
        ("PUT", format!("/instance/{a}:stop"), json!({})),
        ("POST", "/instance".to_owned(), acme.body(platform, "new").await),
    ] {
        let ask = platform.door.ask(method, &path).by(&acme.owner).json(&body);
        all.push(ask.send().await.operation());
    }
    all
}

#[tokio::test]
async fn work_waits_until_the_engine_is_back() {
    let (platform, acme) = Platform::new().await;
    let all = some_work(&platform, &acme).await;
    for _ in 0..5 {
        platform.work().await;
        platform.clock.advance(Duration::from_secs(30));
        assert_eq!(platform.pending().await, 4);
        // Reads go on, and say what is tried.
        let list: api::Operations =
            platform.door.get(&acme.owner, "/operation?state=pending").await.is(200).body();
        assert_eq!(list.total, 4);
        platform.door.get(&acme.owner, "/instance").await.is(200);
        platform.door.get(&acme.owner, "/summary").await.is(200);
    }
    let list: api::Operations =
        platform.door.get(&acme.owner, "/operation?state=pending").await.is(200).body();
    // Two work on the same instance: the second waits for its turn.
    let tried: Vec<_> = list.operations.iter().filter(|o| o.attempt > 0).collect();
    assert_eq!(tried.len(), 3);
    assert!(
        tried.iter().all(|o| o.message.as_ref().is_some_and(|m| m.contains("does not answer")))
    );
    platform.sims[0].heal();
    for operation in &all {
        platform.succeed(&acme.owner, operation).await;
    }
    platform.finish().await;
}

#[tokio::test]
async fn work_that_waits_too_long_fails_with_its_reason() {
    let (platform, acme) = Platform::new().await;
    let all = some_work(&platform, &acme).await;
    platform.clock.advance(Duration::from_secs(901));
    platform.drain().await;
    for operation in &all {
        let ended = platform.outcome(&acme.owner, operation.id).await;
        assert_eq!(ended.state, OperationState::Failure);
        assert_eq!(ended.reason, Some(Reason::Unavailable));
        assert!(ended.message.unwrap().contains("does not answer"));
    }
    platform.sims[0].heal();
    // Everything that failed can be deleted, and then nothing is left anywhere.
    let list: api::Instances = platform.door.get(&acme.owner, "/instance").await.is(200).body();
    for instance in list.instances {
        acme.done(&platform, "DELETE", &format!("/instance/{}", instance.id), json!({})).await;
    }
    for resource in ["instance", "snapshot"] {
        assert_eq!(
            platform.door.get(&acme.owner, &format!("/quota/{resource}")).await.json()["usage"],
            0
        );
    }
    platform.finish().await;
}

#[tokio::test]
async fn a_zone_that_does_not_answer_is_listed_as_such() {
    let (platform, acme) = Platform::new().await;
    let listed = async || platform.door.get(&acme.owner, "/zone").await.is(200).json();
    assert_eq!(listed().await["zones"][0]["available"], true);
    platform.sims[0].inject(CallName::Health, Fault::Unreachable, 2);
    let since = platform.cloud.now();
    for _ in 0..2 {
        server::housekeeping::once(&platform.cloud).await.unwrap();
        platform.clock.advance(Duration::from_secs(30));
        let zone = &listed().await["zones"][0];
        assert_eq!(zone["available"], false);
        assert_eq!(zone["unavailable-since"], since.to_string(), "the first time counts");
    }
    server::housekeeping::once(&platform.cloud).await.unwrap();
    let zone = &listed().await["zones"][0];
    assert_eq!((&zone["available"], zone.get("unavailable-since")), (&json!(true), None));
    platform.finish().await;
}

#[tokio::test]
async fn lost_answers_and_lies_are_seen_through() {
    for fault in [Fault::DropsAnswer, Fault::Lies, Fault::Unreachable] {
        let (platform, acme) = Platform::new().await;
        for call in [CallName::Create, CallName::Start] {
            platform.sims[0].inject(call, fault, 1);
        }
        let id = acme.instance(&platform, "web").await;
        assert_eq!(acme.get(&platform, id).await.state.as_str(), "running");
        for (call, method, verb) in [
            (CallName::Stop, "PUT", ":stop"),
            (CallName::Start, "PUT", ":start"),
            (CallName::CreateSnapshot, "POST", ":create-snapshot"),
            (CallName::Delete, "DELETE", ""),
        ] {
            platform.sims[0].inject(call, fault, 2);
            acme.done(&platform, method, &format!("/instance/{id}{verb}"), json!({})).await;
        }
        let calls = platform.sims[0].calls();
        let made = calls.iter().filter(|c| c.name == CallName::Create).count();
        assert_eq!(made, 1, "made once");
        platform.finish().await;
    }
}

#[tokio::test]
async fn a_full_engine_refuses_and_says_so() {
    let (platform, acme) = Platform::new().await;
    let (id, operation) = acme.begin(&platform, "sim-no-capacity").await;
    let ended = platform.outcome(&acme.owner, operation.id).await;
    assert_eq!((ended.state, ended.reason), (OperationState::Failure, Some(Reason::Unavailable)));
    assert_eq!(acme.get(&platform, id).await.state.as_str(), "error");
    acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
    platform.finish().await;
}

#[tokio::test]
async fn a_zone_that_is_away_does_not_hold_up_another() {
    let (platform, acme) = Platform::new().await;
    away(&platform);
    acme.begin(&platform, "waits").await;
    let mut body = acme.body(&platform, "goes on").await;
    body["zone"] = json!(crate::harness::ZONES[1]);
    body["template"]["id"] = json!(acme.template(&platform, crate::harness::ZONES[1]).await);
    let operation = platform.door.post(&acme.owner, "/instance", body).await.operation();
    platform.work().await;
    let now: api::Operation = platform
        .door
        .get(&acme.owner, &format!("/operation/{}", operation.id))
        .await
        .is(200)
        .body();
    assert_eq!(now.state, OperationState::Success);
    platform.sims[0].heal();
    platform.finish().await;
}
