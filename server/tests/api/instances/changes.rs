//! Changing what people call an instance, and who was faster.

use crate::harness::Platform;
use serde_json::{Value, json};

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
