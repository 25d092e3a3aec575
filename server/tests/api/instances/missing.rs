//! Instances that the engine has nothing of, or that are in error: the ways out, and what they cost.

use crate::harness::Platform;
use domain::{instance::InstanceState, operation::OperationState};
use engine::sim::{CallName, Fault};
use serde_json::json;

#[tokio::test]
async fn an_instance_that_was_never_made_can_be_reset_or_deleted() {
    let (platform, acme) = Platform::new().await;
    let scale = json!({ "instance-type": { "id": platform.type_id("standard.medium") } });
    for verb in ["reset", "other", "delete"] {
        platform.sims[0].inject(CallName::Create, Fault::NoCapacity, 1);
        let (id, operation) = acme.begin(&platform, "web").await;
        let ended = platform.outcome(&acme.owner, operation.id).await;
        assert_eq!(ended.state, OperationState::Failure);
        assert!(ended.message.unwrap().contains("no room"));
        let broken = acme.get(&platform, id).await;
        assert_eq!(broken.state, InstanceState::Error);
        assert!(broken.reason.is_some(), "it says why");
        match verb {
            "delete" => {
                acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
            }
            "reset" => {
                acme.done(&platform, "PUT", &format!("/instance/{id}:reset"), json!({})).await;
                assert_eq!(acme.get(&platform, id).await.state, InstanceState::Running);
            }
            // What the engine never made can only be made or forgotten, and says so at once.
            _ => {
                assert_eq!(broken.missing, Some(true));
                for (method, verb, body) in [
                    ("PUT", "start", json!({})),
                    ("PUT", "stop", json!({})),
                    ("PUT", "reboot", json!({})),
                    ("PUT", "reset-password", json!({})),
                    ("PUT", "resize-disk", json!({ "disk-size": 20 })),
                    ("PUT", "scale", scale.clone()),
                    ("POST", "create-snapshot", json!({})),
                ] {
                    let ask = platform.door.ask(method, &format!("/instance/{id}:{verb}"));
                    let said = ask.by(&acme.owner).json(&body).send().await.is(409).message();
                    assert!(said.contains("reset it") && said.contains("delete it"), "{said}");
                }
                let path = format!("/instance/{id}");
                acme.done(&platform, "PUT", &path, json!({ "name": "web-2" })).await;
                assert_eq!(acme.get(&platform, id).await.state, InstanceState::Error);
            }
        }
    }
    platform.finish().await;
}

#[tokio::test]
async fn what_is_there_and_in_error_can_be_started() {
    let (platform, acme) = Platform::new().await;
    let id = acme.stopped_instance(&platform, "web").await;
    let path = format!("/instance/{id}:start");
    platform.sims[0].inject(CallName::Start, Fault::Refuses, 1);
    platform.sims[0].inject(CallName::Observe, Fault::Refuses, 1);
    let start = platform.door.put(&acme.owner, &path, json!({})).await.operation();
    assert_eq!(platform.outcome(&acme.owner, start.id).await.state, OperationState::Failure);
    let broken = acme.get(&platform, id).await;
    assert_eq!((broken.state, broken.missing), (InstanceState::Error, Some(false)));
    assert_eq!(broken.price.unwrap().nano_per_hour.0, 10 * 140_000, "its disk is there");
    acme.done(&platform, "PUT", &path, json!({})).await;
    platform.finish().await;
}

#[tokio::test]
async fn what_was_never_made_costs_nothing_until_a_reset_makes_it() {
    let (platform, acme) = Platform::new().await;
    acme.instance(&platform, "whole").await;
    platform.sims[0].inject(CallName::Create, Fault::NoCapacity, 1);
    let (id, create) = acme.begin(&platform, "broken").await;
    platform.outcome(&acme.owner, create.id).await;
    let prices = async || {
        let list: api::Instances =
            platform.door.get(&acme.owner, "/instance?limit=10&totals=true").await.is(200).body();
        let of = |i: &api::Instance| i.price.unwrap().nano_per_hour.0;
        let one = list.instances.iter().find(|i| i.id == id).map(of).unwrap();
        let all: i64 = list.instances.iter().map(of).sum();
        let summary: api::Summary = platform.door.get(&acme.owner, "/summary").await.body();
        assert_eq!(list.price.unwrap().nano_per_hour.0, all, "the total is that of the rows");
        assert_eq!(summary.nano_per_hour.0, all, "and what is metered");
        one
    };
    assert_eq!(prices().await, 0);
    // A reset that makes it, and can't start it.
    platform.sims[0].inject(CallName::Start, Fault::Refuses, 1);
    let path = format!("/instance/{id}:reset");
    let reset = platform.door.put(&acme.owner, &path, json!({})).await.operation();
    assert_eq!(platform.outcome(&acme.owner, reset.id).await.state, OperationState::Failure);
    assert_eq!(acme.get(&platform, id).await.state, InstanceState::Stopped);
    assert_eq!(prices().await, 10 * 140_000);
    acme.done(&platform, "PUT", &format!("/instance/{id}:start"), json!({})).await;
    assert_eq!(prices().await, 23_330_000 + 10 * 140_000);
    platform.finish().await;
}
