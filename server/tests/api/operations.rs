//! Operations: found again by kind and by what they work on, and tried again when they failed.

use crate::harness::{Platform, Tenant};
use domain::{OperationId, operation::OperationState};
use engine::sim::{CallName, Fault};
use serde_json::{Value, json};
use std::time::Duration;

/// Asks for something that the engine refuses; the operation that failed.
async fn failing(
    platform: &Platform,
    acme: &Tenant,
    call: CallName,
    (method, path, body): (&str, String, Value),
) -> OperationId {
    platform.sims[0].inject(call, Fault::Refuses, 1);
    let ask = platform.door.ask(method, &path).by(&acme.owner).json(&body);
    let operation = ask.send().await.operation();
    let ended = platform.outcome(&acme.owner, operation.id).await;
    assert_eq!(ended.state, OperationState::Failure, "{path}");
    operation.id
}

/// Tries it again, and expects that it goes well; its kind.
async fn again(platform: &Platform, acme: &Tenant, failed: OperationId) -> String {
    let path = format!("/operation/{failed}:retry");
    platform.clock.advance(Duration::from_secs(1));
    let before = platform.dump().await;
    let dry = platform.door.put(&acme.owner, &format!("{path}?dry-run=true"), json!({})).await;
    assert_eq!(dry.is(200).json()["operation"], "retry-operation");
    assert_eq!(platform.dump().await["operations"], before["operations"], "dry");
    let operation = platform.door.put(&acme.owner, &path, json!({})).await.operation();
    platform.succeed(&acme.owner, &operation).await;
    let list = format!("/operation?q={}", operation.id);
    let list: api::Operations = platform.door.get(&acme.owner, &list).await.is(200).body();
    assert_eq!(list.total, 1);
    list.operations[0].operation.clone()
}

#[tokio::test]
async fn what_failed_on_an_instance_is_tried_again() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let verb = |verb: &str| format!("/instance/{id}:{verb}");
    let large = json!({ "instance-type": { "id": platform.type_id("standard.large") } });
    for (kind, call, path, body) in [
        ("reboot-instance", CallName::Stop, verb("reboot"), json!({})),
        ("reset-instance-password", CallName::SetPassword, verb("reset-password"), json!({})),
        ("stop-instance", CallName::Stop, verb("stop"), json!({})),
        ("scale-instance", CallName::Resize, verb("scale"), large),
        ("resize-instance-disk", CallName::Resize, verb("resize-disk"), json!({ "disk-size": 20 })),
        ("start-instance", CallName::Start, verb("start"), json!({})),
        ("reset-instance", CallName::Rebuild, verb("reset"), json!({ "disk-size": 30 })),
    ] {
        let failed = failing(&platform, &acme, call, ("PUT", path, body)).await;
        assert_eq!(again(&platform, &acme, failed).await, kind);
    }
    let now = acme.get(&platform, id).await;
    assert_eq!((now.state.as_str(), now.disk_size), ("running", 30));
    assert_eq!(now.instance_type.name(), "standard.large");

    let snapshot = acme.snapshot(&platform, id).await;
    let revert = ("POST", verb("revert-snapshot"), json!({ "id": snapshot }));
    let failed = failing(&platform, &acme, CallName::Revert, revert).await;
    assert_eq!(again(&platform, &acme, failed).await, "revert-instance-to-snapshot");
    assert_eq!(acme.get(&platform, id).await.state.as_str(), "running", "as it was");
    let delete = ("DELETE", format!("/instance/{id}"), json!({}));
    let failed = failing(&platform, &acme, CallName::Delete, delete).await;
    assert_eq!(again(&platform, &acme, failed).await, "delete-instance");
    platform.finish().await;
}

#[tokio::test]
async fn an_instance_that_could_not_be_made_is_made_anew_as_it_was_to_be() {
    let (platform, acme) = Platform::new().await;
    for (start, state) in [(true, "running"), (false, "stopped")] {
        let mut body = acme.body(&platform, "web").await;
        body["auto-start"] = json!(start);
        let create = ("POST", "/instance".to_owned(), body);
        let failed = failing(&platform, &acme, CallName::Create, create).await;
        assert_eq!(again(&platform, &acme, failed).await, "reset-instance");
        let list: api::Instances =
            platform.door.get(&acme.owner, &format!("/instance?state={state}")).await.body();
        assert_eq!(list.instances.len(), 1);
        let path = format!("/operation/{failed}:retry");
        let refused = platform.door.put(&acme.owner, &path, json!({})).await.is(409);
        assert!(refused.message().contains("nothing to try again"), "{}", refused.message());
    }
    assert_eq!(platform.door.get(&acme.owner, "/quota/instance").await.json()["usage"], 2);
    platform.finish().await;
}

#[tokio::test]
async fn what_failed_on_snapshots_and_templates_is_tried_again() {
    let (platform, acme) = Platform::new().await;
    let instance = acme.instance(&platform, "web").await;
    let take = ("POST", format!("/instance/{instance}:create-snapshot"), json!({}));
    let failed = failing(&platform, &acme, CallName::CreateSnapshot, take).await;
    assert_eq!(again(&platform, &acme, failed).await, "create-snapshot");
    let list: api::Snapshots = platform.door.get(&acme.owner, "/snapshot").await.is(200).body();
    assert_eq!(list.snapshots.len(), 1, "the same one");
    let snapshot = list.snapshots[0].id;

    let failed = acme.failed_export(&platform, snapshot).await;
    assert_eq!(again(&platform, &acme, failed).await, "export-snapshot");
    let body = json!({ "name": "golden", "description": "patched", "default-user": "admin" });
    let promote = ("POST", format!("/snapshot/{snapshot}:promote"), body);
    let failed = failing(&platform, &acme, CallName::Publish, promote).await;
    assert_eq!(again(&platform, &acme, failed).await, "promote-snapshot-to-template");
    let list: api::Templates =
        platform.door.get(&acme.owner, "/template?visibility=private").await.is(200).body();
    let [template] = list.templates.as_slice() else { panic!("{list:?}") };
    assert_eq!(
        (template.name.as_str(), template.description.as_deref(), template.default_user.as_deref()),
        ("golden", Some("patched"), Some("admin"))
    );
    // The same again would be a second template of the same name.
    let path = format!("/operation/{failed}:retry");
    let refused = platform.door.put(&acme.owner, &path, json!({})).await.is(409);
    assert!(refused.message().contains("was asked for again"), "{}", refused.message());

    let delete = ("DELETE", format!("/template/{}", template.id), json!({}));
    let failed = failing(&platform, &acme, CallName::DeleteImage, delete).await;
    assert_eq!(again(&platform, &acme, failed).await, "delete-template");
    let delete = ("DELETE", format!("/snapshot/{snapshot}"), json!({}));
    let failed = failing(&platform, &acme, CallName::DeleteSnapshot, delete).await;
    assert_eq!(again(&platform, &acme, failed).await, "delete-snapshot");
    platform.finish().await;
}

#[tokio::test]
async fn only_what_failed_is_tried_again_and_by_who_may() {
    let (platform, acme) = Platform::new().await;
    let (id, create) = acme.begin(&platform, "web").await;
    let retry = |of: OperationId| format!("/operation/{of}:retry");
    let refused = platform.door.put(&acme.owner, &retry(create.id), json!({})).await.is(409);
    assert!(refused.message().contains("still going on"), "{}", refused.message());
    platform.drain().await;
    let refused = platform.door.put(&acme.owner, &retry(create.id), json!({})).await.is(409);
    assert!(refused.message().contains("has succeeded"), "{}", refused.message());

    let stop = ("PUT", format!("/instance/{id}:stop"), json!({}));
    let failed = failing(&platform, &acme, CallName::Stop, stop).await;
    let billing = acme.key(&platform, "Billing").await;
    platform.door.put(&billing, &retry(failed), json!({})).await.is(403);
    let event = &platform.door.get(&acme.owner, "/event").await.is(200).json()[0];
    assert_eq!((&event["handler"], &event["status"]), (&json!("retry-operation"), &json!(403)));
    // What it would do is not possible any more.
    acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
    platform.door.put(&acme.owner, &retry(failed), json!({})).await.is(409);
    platform.finish().await;
}

#[tokio::test]
async fn operations_are_filtered() {
    let (platform, acme) = Platform::new().await;
    let (web, db) = (acme.instance(&platform, "Web").await, acme.instance(&platform, "db").await);
    acme.done(&platform, "PUT", &format!("/instance/{web}:stop"), json!({})).await;
    acme.snapshot(&platform, db).await;
    let count = async |query: &str| {
        let path = format!("/operation?{query}");
        let list: api::Operations = platform.door.get(&acme.owner, &path).await.is(200).body();
        assert_eq!(list.total, list.operations.len() as i64);
        list.total
    };
    assert_eq!(count("operation=create-instance").await, 2);
    assert_eq!(count("operation=stop-instance&state=success").await, 1);
    assert_eq!(count("operation=stop-instance&state=failure").await, 0);
    assert_eq!(count("q=WEB").await, 2);
    assert_eq!(count(&format!("q={web}")).await, 2);
    assert_eq!(count("q=%25").await, 0, "wildcards stand for themselves");
    assert_eq!(count(&format!("subject-id={db}")).await, 2);
    for wrong in ["operation=list-instances", "operation=x", "state=lost", "subject-id=x"] {
        let answer = platform.door.get(&acme.owner, &format!("/operation?{wrong}")).await.is(400);
        assert_eq!(answer.fields(), [wrong.split('=').next().unwrap()]);
    }
    platform.finish().await;
}
