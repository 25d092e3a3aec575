//! What reaches the inside of an instance: passwords, user data, keys and addresses.

use crate::harness::Platform;
use domain::instance::InstanceState;
use serde_json::json;

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
