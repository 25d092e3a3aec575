//! What an instance is made of: its type and disk, and what it takes to change them.

use crate::harness::{Platform, ZONES};
use domain::{
    instance::InstanceState,
    operation::{OperationState, Reason},
    quota::QuotaResource,
};
use engine::sim::{CallName, Fault};
use serde_json::json;

#[tokio::test]
async fn it_is_scaled_within_its_families_and_only_while_stopped() {
    let (platform, acme) = Platform::new().await;
    platform.set_quota(&acme, QuotaResource::Gpu, 4).await;
    let id = acme.instance(&platform, "web").await;
    let path = format!("/instance/{id}:scale");
    let to = |name: &str| json!({ "instance-type": { "id": platform.type_id(name) } });
    let ask = |name: &str| platform.door.ask("PUT", &path).by(&acme.owner).json(&to(name)).send();

    assert!(ask("standard.large").await.is(409).message().contains("stopped first"));
    acme.done(&platform, "PUT", &format!("/instance/{id}:stop"), json!({})).await;
    assert!(ask("standard.small").await.is(409).message().contains("already is standard.small"));
    assert_eq!(ask("gpu.small").await.is(400).fields(), ["instance-type.id"]);
    assert_eq!(ask("storage.extra-large").await.is(400).fields(), ["instance-type.id"]);
    acme.done(&platform, "PUT", &path, to("cpu.extra-large")).await;
    acme.done(&platform, "PUT", &path, to("memory.extra-large")).await;
    let instance = acme.get(&platform, id).await;
    assert_eq!(instance.instance_type.name(), "memory.extra-large");
    assert_eq!(instance.state, InstanceState::Stopped);
    acme.done(&platform, "PUT", &format!("/instance/{id}:start"), json!({})).await;
    platform.finish().await;
}

#[tokio::test]
async fn gpus_are_counted_while_the_instance_exists() {
    let (platform, acme) = Platform::new().await;
    let mut body = acme.body(&platform, "render").await;
    body["instance-type"]["id"] = json!(platform.type_id("gpu.small"));
    body["disk-size"] = json!(100);
    let refused = platform.door.post(&acme.owner, "/instance", body.clone()).await.is(409);
    assert!(refused.message().contains("gpu"), "{}", refused.message());
    assert_eq!(platform.door.get(&acme.owner, "/quota/instance").await.json()["usage"], 0);

    platform.set_quota(&acme, QuotaResource::Gpu, 2).await;
    let operation = platform.door.post(&acme.owner, "/instance", body).await.operation();
    platform.succeed(&acme.owner, &operation).await;
    let id = operation.reference.unwrap().id;
    let gpus = async || platform.door.get(&acme.owner, "/quota/gpu").await.json()["usage"].clone();
    assert_eq!(gpus().await, 1);
    acme.done(&platform, "PUT", &format!("/instance/{id}:stop"), json!({})).await;
    let medium = json!({ "instance-type": { "id": platform.type_id("gpu.medium") } });
    acme.done(&platform, "PUT", &format!("/instance/{id}:scale"), medium).await;
    assert_eq!(gpus().await, 2);
    let large = json!({ "instance-type": { "id": platform.type_id("gpu.large") } });
    platform.door.put(&acme.owner, &format!("/instance/{id}:scale"), large).await.is(409);
    // A scale that fails gives back what it took.
    platform.sims[0].inject(CallName::Resize, Fault::Refuses, 1);
    let small = json!({ "instance-type": { "id": platform.type_id("gpu.small") } });
    let scale = platform.door.put(&acme.owner, &format!("/instance/{id}:scale"), small).await;
    let ended = platform.outcome(&acme.owner, scale.operation().id).await;
    assert_eq!((ended.state, ended.reason), (OperationState::Failure, Some(Reason::Incorrect)));
    assert_eq!(gpus().await, 2);
    acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
    assert_eq!(gpus().await, 0);
    platform.finish().await;
}

#[tokio::test]
async fn its_disk_only_grows_and_only_while_stopped() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let path = format!("/instance/{id}:resize-disk");
    let ask = |gib: i64| {
        platform.door.ask("PUT", &path).by(&acme.owner).json(&json!({ "disk-size": gib })).send()
    };
    assert!(ask(20).await.is(409).message().contains("stopped first"));
    acme.done(&platform, "PUT", &format!("/instance/{id}:stop"), json!({})).await;
    for wrong in [9, 10, 401, -1] {
        assert_eq!(ask(wrong).await.is(400).fields(), ["disk-size"], "{wrong}");
    }
    acme.done(&platform, "PUT", &path, json!({ "disk-size": 20 })).await;
    let instance = acme.get(&platform, id).await;
    assert_eq!(instance.disk_size, 20);
    assert_eq!(instance.price.unwrap().nano_per_hour.0, 20 * 140_000, "stopped: its disk only");
    let micro = json!({ "instance-type": { "id": platform.type_id("standard.micro") } });
    acme.done(&platform, "PUT", &path, json!({ "disk-size": 300 })).await;
    let refused =
        platform.door.put(&acme.owner, &format!("/instance/{id}:scale"), micro).await.is(400);
    assert!(refused.message().contains("300 GiB"), "{}", refused.message());
    platform.finish().await;
}

#[tokio::test]
async fn a_reset_replaces_the_disk_and_may_grow_it() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let path = format!("/instance/{id}:reset");
    let other: api::Templates =
        platform.door.get(&acme.owner, "/ch-gva-2/v2/template?family=ubuntu").await.is(200).body();
    let ubuntu = other.templates[0].id;
    acme.done(&platform, "PUT", &path, json!({ "template": { "id": ubuntu }, "disk-size": 15 }))
        .await;
    let instance = acme.get(&platform, id).await;
    assert_eq!((instance.template.id, instance.disk_size), (ubuntu, 15));
    assert_eq!(instance.state, InstanceState::Running);
    let shrink = platform.door.put(&acme.owner, &path, json!({ "disk-size": 12 })).await.is(400);
    assert_eq!(shrink.fields(), ["disk-size"]);
    let foreign = acme.template(&platform, ZONES[1]).await;
    let wrong =
        platform.door.put(&acme.owner, &path, json!({ "template": { "id": foreign } })).await;
    assert_eq!(wrong.is(400).fields(), ["template.id"]);
    platform.finish().await;
}
