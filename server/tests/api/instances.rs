//! The life of an instance: what can be asked of it, in which state, and what it answers.

use crate::harness::{Platform, ZONES};
use domain::{
    instance::InstanceState,
    operation::{OperationState, Reason},
    quota::QuotaResource,
};
use engine::sim::{CallName, Fault};
use serde_json::{Value, json};

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
async fn an_update_tells_who_was_faster() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let path = format!("/instance/{id}");
    let tag = platform.door.get(&acme.owner, &path).await.header("etag").to_owned();
    let update = |tag: &str, body: Value| {
        platform.door.ask("PUT", &path).by(&acme.owner).header("if-match", tag).json(&body).send()
    };
    let first = update(&tag, json!({ "name": "web-2", "labels": { "env": "prod" } })).await.is(200);
    assert_ne!(first.header("etag"), tag);
    let second = update(&tag, json!({ "name": "web-3" })).await.is(412);
    let message = second.message();
    for part in ["update-instance", "web-2", "EXO", "env"] {
        assert!(message.contains(part), "{part} in {message}");
    }
    assert_eq!(acme.get(&platform, id).await.name, "web-2");
    update("*", json!({ "name": "web-4" })).await.is(200);
    update("nonsense", json!({ "name": "web-5" })).await.is(400);
    // Every other change of it looks at the version too.
    for verb in ["stop", "reboot", "reset", "create-snapshot", "add-protection"] {
        let method = if verb == "create-snapshot" { "POST" } else { "PUT" };
        let ask = platform.door.ask(method, &format!("{path}:{verb}")).by(&acme.owner);
        ask.header("if-match", &tag).send().await.is(412);
    }
    platform
        .door
        .ask("DELETE", &path)
        .by(&acme.owner)
        .header("if-match", &tag)
        .send()
        .await
        .is(412);
    platform.finish().await;
}

#[tokio::test]
async fn who_was_faster_is_named_also_when_their_work_has_ended() {
    let (platform, acme) = Platform::new().await;
    let session = acme.sign_in(&platform).await;
    let id = acme.instance(&platform, "web").await;
    let path = format!("/instance/{id}");
    let tag = platform.door.get(&acme.owner, &path).await.header("etag").to_owned();
    platform.door.put(&session, &format!("{path}:stop"), json!({})).await.is(200);
    platform.drain().await;
    let late = platform.door.ask("PUT", &format!("{path}:reboot")).by(&acme.owner);
    let message = late.header("if-match", &tag).send().await.is(412).message();
    assert!(message.contains(&acme.email) && message.contains("stop-instance"), "{message}");
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
async fn labels_are_changed_and_emptied() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let path = format!("/instance/{id}");
    acme.done(&platform, "PUT", &path, json!({ "labels": { "a": "1", "b": "2" } })).await;
    assert_eq!(acme.get(&platform, id).await.labels.len(), 2);
    acme.done(&platform, "DELETE", &format!("{path}/labels"), json!({})).await;
    assert!(acme.get(&platform, id).await.labels.is_empty());
    assert_eq!(
        platform.door.delete(&acme.owner, &format!("{path}/name")).await.is(400).fields(),
        ["field"]
    );
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

#[tokio::test]
async fn passwords_are_revealed_reset_and_die_with_the_instance() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let reveal =
        || platform.door.ask("GET", &format!("/instance/{id}:password")).by(&acme.owner).send();
    let first = reveal().await.is(200).json()["password"].as_str().unwrap().to_owned();
    assert!(first.len() >= 16);
    acme.done(&platform, "PUT", &format!("/instance/{id}:reset-password"), json!({})).await;
    let second = reveal().await.is(200).json()["password"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
    reveal().await.is(404);
    platform.finish().await;
}

#[tokio::test]
async fn user_data_arrives_byte_for_byte_up_to_its_limit() {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let (platform, acme) = Platform::new().await;
    let hostile = b"#!/bin/sh\n'; rm -rf /; $(id)\0\xf0\x9f\x98\x80 &a [*a,*a]".to_vec();
    let longest = vec![b'x'; 24_576];
    assert_eq!(STANDARD.encode(&longest).len(), 32_768);
    for data in [hostile, longest] {
        let mut body = acme.body(&platform, "web").await;
        body["user-data"] = json!(STANDARD.encode(&data));
        let operation = platform.door.post(&acme.owner, "/instance", body).await.operation();
        platform.succeed(&acme.owner, &operation).await;
        let id = operation.reference.unwrap().id;
        assert_eq!(platform.sims[0].user_data(&format!("couloir-{id}")), Some(data.clone()));
        let shown: api::Instance =
            platform.door.get(&acme.owner, &format!("/instance/{id}")).await.is(200).body();
        assert_eq!(shown.user_data.as_deref(), Some(STANDARD.encode(&data).as_str()));
    }
    let mut body = acme.body(&platform, "web").await;
    body["user-data"] = json!("A".repeat(32_772));
    let long = platform.door.post(&acme.owner, "/instance", body).await.is(400);
    assert_eq!(long.fields(), ["user-data"]);
    assert!(long.message().contains("32768"), "{}", long.message());
    platform.finish().await;
}

#[tokio::test]
async fn user_data_is_replaced_and_removed_and_counts_from_the_next_reset() {
    let (platform, acme) = Platform::new().await;
    let mut body = acme.body(&platform, "web").await;
    body["user-data"] = json!("IyEvYmluL3NoCg==");
    let create = platform.door.post(&acme.owner, "/instance", body).await.operation();
    platform.succeed(&acme.owner, &create).await;
    let id = domain::InstanceId(create.reference.unwrap().id);
    let path = format!("/instance/{id}");
    let in_engine = || platform.sims[0].user_data(&format!("couloir-{id}"));

    acme.done(&platform, "PUT", &path, json!({ "name": "web-2", "user-data": null })).await;
    assert_eq!(acme.get(&platform, id).await.user_data.as_deref(), Some("IyEvYmluL3NoCg=="));
    acme.done(&platform, "PUT", &path, json!({ "user-data": "IyE=" })).await;
    assert_eq!(acme.get(&platform, id).await.user_data.as_deref(), Some("IyE="));
    acme.done(&platform, "PUT", &path, json!({ "user-data": "" })).await;
    assert_eq!(acme.get(&platform, id).await.user_data, None);
    assert_eq!(in_engine(), Some(b"#!/bin/sh\n".to_vec()));
    acme.done(&platform, "PUT", &format!("{path}:reset"), json!({})).await;
    assert_eq!(in_engine(), None);
    platform.finish().await;
}

#[tokio::test]
async fn it_gets_the_keys_addresses_and_state_that_were_asked_for() {
    let (platform, acme) = Platform::new().await;
    acme.ssh_key(&platform, "laptop").await;
    acme.ssh_key(&platform, "desktop").await;
    let mut body = acme.body(&platform, "quiet").await;
    body["ssh-key"] = json!({ "name": "laptop" });
    body["ssh-keys"] = json!([{ "name": "desktop" }, { "name": "laptop" }]);
    body["auto-start"] = json!(false);
    body["public-ip-assignment"] = json!("none");
    // What real clients send besides is ignored.
    body["deploy-target"] = json!(null);
    body["instance-type"]["family"] = json!("standard");
    let operation = platform.door.post(&acme.owner, "/instance", body).await.operation();
    platform.succeed(&acme.owner, &operation).await;
    let id = domain::InstanceId(operation.reference.unwrap().id);
    let instance = acme.get(&platform, id).await;
    assert_eq!(instance.state, InstanceState::Stopped);
    let names: Vec<_> = instance.ssh_keys.iter().map(|k| k.name.as_str()).collect();
    assert_eq!(names, ["laptop", "desktop"]);
    acme.done(&platform, "PUT", &format!("/instance/{id}:start"), json!({})).await;
    assert_eq!(acme.get(&platform, id).await.public_ip, None);

    let mut body = acme.body(&platform, "dual").await;
    body["ipv6-enabled"] = json!(true);
    let operation = platform.door.post(&acme.owner, "/instance", body).await.operation();
    platform.succeed(&acme.owner, &operation).await;
    let id = domain::InstanceId(operation.reference.unwrap().id);
    assert!(acme.get(&platform, id).await.ipv6_address.is_some());
    // A key that is forgotten stays on the instances that have it.
    platform.door.delete(&acme.owner, "/ssh-key/laptop").await.is(200);
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
        ["http://127.0.0.1:8080/ch-gva-2/v2", "http://127.0.0.1:8080/de-fra-1/v2"]
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
