//! The life of an instance: what can be asked of it, in which state, and what it answers.

mod changes;
mod inside;
mod missing;
mod shape;

use crate::harness::{Platform, ZONES};
use domain::{
    instance::InstanceState,
    operation::{OperationState, Reason},
};
use engine::sim::CallName;
use serde_json::json;

#[tokio::test]
async fn an_instance_is_created_comes_up_and_is_deleted() {
    let (platform, acme) = Platform::new().await;
    let (id, operation) = acme.begin(&platform, "web-1").await;
    assert_eq!(acme.get(&platform, id).await.state, InstanceState::Starting);
    platform.succeed(&acme.owner, &operation).await;

    let instance = acme.get(&platform, id).await;
    assert_eq!((instance.state, instance.name.as_str()), (InstanceState::Running, "web-1"));
    assert_eq!(instance.zone.as_deref(), Some(ZONES[0]));
    assert!(instance.public_ip.is_some() && instance.operation.is_none());
    assert_eq!(instance.engine.as_deref(), Some("sim"));
    assert_eq!(instance.price.unwrap().nano_per_hour.0, 23_330_000 + 10 * 140_000);

    acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
    platform.door.get(&acme.owner, &format!("/instance/{id}")).await.is(404);
    let quota = platform.door.get(&acme.owner, "/quota/instance").await.is(200).json();
    assert_eq!(quota["usage"], 0);
    platform.finish().await;
}

#[tokio::test]
async fn it_stops_starts_and_reboots_and_says_when_it_can_not() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let put =
        |verb: &str| platform.door.ask("PUT", &format!("/instance/{id}:{verb}")).by(&acme.owner);

    let refused = put("start").send().await.is(409);
    assert!(refused.message().contains("already running"), "{}", refused.message());
    let stop = put("stop").send().await.operation();
    let busy = put("start").send().await.is(409);
    assert!(busy.message().contains(&stop.id.to_string()), "{}", busy.message());
    let ended = platform.outcome(&acme.owner, stop.id).await;
    assert!(ended.message.unwrap().contains("shut down when asked"));
    assert_eq!(acme.get(&platform, id).await.state, InstanceState::Stopped);

    assert!(put("stop").send().await.is(409).message().contains("already stopped"));
    assert!(put("reboot").send().await.is(409).message().contains("must be running"));
    assert!(put("reset-password").send().await.is(409).message().contains("must be running"));
    acme.done(&platform, "PUT", &format!("/instance/{id}:start"), json!({})).await;
    acme.done(&platform, "PUT", &format!("/instance/{id}:reboot"), json!({})).await;
    assert_eq!(acme.get(&platform, id).await.state, InstanceState::Running);
    let rescue = put("start").json(&json!({ "rescue-profile": "netboot" })).send().await.is(400);
    assert_eq!(rescue.fields(), ["rescue-profile"]);
    platform.finish().await;
}

#[tokio::test]
async fn a_stop_that_is_ignored_is_forced_and_says_so() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "sim-ignores-stop").await;
    let stop = platform.door.put(&acme.owner, &format!("/instance/{id}:stop"), json!({})).await;
    let ended = platform.outcome(&acme.owner, stop.operation().id).await;
    assert_eq!(ended.state, OperationState::Success);
    assert!(ended.message.unwrap().contains("switched off"));
    platform.finish().await;
}

#[tokio::test]
async fn a_protected_instance_is_not_deleted() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let path = format!("/instance/{id}");
    acme.done(&platform, "PUT", &format!("{path}:add-protection"), json!({})).await;
    let refused = platform.door.delete(&acme.owner, &path).await.is(409);
    assert!(refused.message().contains("protected"), "{}", refused.message());
    assert_eq!(acme.get(&platform, id).await.protected, Some(true));
    acme.done(&platform, "PUT", &format!("{path}:remove-protection"), json!({})).await;
    acme.done(&platform, "DELETE", &path, json!({})).await;
    platform.finish().await;
}

#[tokio::test]
async fn deleting_takes_over_from_a_creation_that_waits() {
    let (platform, acme) = Platform::new().await;
    let (id, create) = acme.begin(&platform, "web").await;
    let delete = platform.door.delete(&acme.owner, &format!("/instance/{id}")).await.operation();
    assert!(
        platform
            .door
            .delete(&acme.owner, &format!("/instance/{id}"))
            .await
            .is(409)
            .message()
            .contains("being deleted")
    );
    platform.succeed(&acme.owner, &delete).await;
    let taken: api::Operation =
        platform.door.get(&acme.owner, &format!("/operation/{}", create.id)).await.is(200).body();
    assert_eq!((taken.state, taken.reason), (OperationState::Failure, Some(Reason::Interrupted)));
    assert!(platform.sims[0].calls().iter().all(|c| c.name != CallName::Create), "never made");
    platform.finish().await;
}

#[tokio::test]
async fn a_zones_address_shows_that_zone_only() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let zones: api::Zones =
        platform.door.get(&crate::harness::Who::Nobody, "/zone").await.is(200).body();
    let addresses: Vec<_> = zones.zones.iter().map(|z| z.api_endpoint.as_str()).collect();
    assert_eq!(
        addresses,
        ["http://localhost:8080/ch-gva-2/v2", "http://localhost:8080/de-fra-1/v2"]
    );
    platform.door.get(&acme.owner, &format!("/ch-gva-2/v2/instance/{id}")).await.is(200);
    platform.door.get(&acme.owner, &format!("/de-fra-1/v2/instance/{id}")).await.is(404);
    platform
        .door
        .put(&acme.owner, &format!("/de-fra-1/v2/instance/{id}:stop"), json!({}))
        .await
        .is(404);
    let list: api::Instances =
        platform.door.get(&acme.owner, "/de-fra-1/v2/instance").await.is(200).body();
    assert!(list.instances.is_empty());
    platform.door.get(&acme.owner, "/nowhere/v2/instance").await.is(404);
    platform.finish().await;
}
