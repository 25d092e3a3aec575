//! Operations that are taken back before anybody has begun them, and those that are not.

use crate::harness::{Answer, Platform, Tenant, Who};
use api::Operation;
use domain::{
    InstanceId, OperationId,
    operation::{OperationState, Reason},
    quota::QuotaResource,
};
use engine::sim::{CallName, Fault};
use serde_json::json;

/// Asks for something and lets it wait.
async fn ask(platform: &Platform, acme: &Tenant, method: &str, path: &str) -> Operation {
    platform.door.ask(method, path).by(&acme.owner).json(&json!({})).send().await.operation()
}

async fn cancel(platform: &Platform, who: &Who, id: OperationId) -> Answer {
    platform.door.put(who, &format!("/operation/{id}:cancel"), json!({})).await
}

async fn refused(platform: &Platform, acme: &Tenant, id: OperationId, why: &str) {
    let answer = cancel(platform, &acme.owner, id).await.is(409);
    assert!(answer.message().contains(why), "{}", answer.message());
}

async fn get(platform: &Platform, acme: &Tenant, id: OperationId) -> Operation {
    platform.door.get(&acme.owner, &format!("/operation/{id}")).await.is(200).body()
}

/// Whether the list offers it.
async fn is_offered(platform: &Platform, acme: &Tenant, id: OperationId) -> bool {
    let list = platform.door.get(&acme.owner, &format!("/operation?q={id}")).await.is(200);
    let found = &list.body::<api::Operations>().operations[0];
    let is_begun = found.step.is_some() || found.progress > 0;
    assert!(!(found.can_cancel && is_begun), "{found:?}");
    found.can_cancel
}

async fn used(platform: &Platform, acme: &Tenant, resource: QuotaResource) -> i64 {
    let quota = platform.door.get(&acme.owner, &format!("/quota/{resource}")).await.is(200);
    quota.body::<api::Quota>().usage
}

async fn state(platform: &Platform, acme: &Tenant, id: InstanceId) -> String {
    acme.get(platform, id).await.state.to_string()
}

#[tokio::test]
async fn what_nobody_has_begun_is_taken_back_and_says_by_whom() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let session = acme.sign_in(&platform).await;
    let stop = ask(&platform, &acme, "PUT", &format!("/instance/{id}:stop")).await;
    assert_eq!(state(&platform, &acme, id).await, "stopping");
    assert!(is_offered(&platform, &acme, stop.id).await);
    let done = cancel(&platform, &session, stop.id).await.operation();
    assert_eq!((done.state, done.reference), (OperationState::Success, stop.reference));
    let ended = get(&platform, &acme, stop.id).await;
    assert_eq!((ended.state, ended.reason), (OperationState::Failure, Some(Reason::Interrupted)));
    assert_eq!(
        ended.message.as_deref(),
        Some("Cancelled by ann@acme.example before it began: the instance is running, as it was.")
    );
    let calls = platform.sims[0].calls().len();
    platform.drain().await;
    assert_eq!(platform.sims[0].calls().len(), calls, "the engine was asked nothing");
    assert_eq!(state(&platform, &acme, id).await, "running");
    let events: Vec<api::Event> =
        platform.door.get(&acme.owner, &format!("/event?subject-id={id}")).await.is(200).body();
    let of = (&*events[0].handler, &*events[0].uri, events[0].status);
    assert_eq!(of, ("cancel-operation", &*format!("/v2/operation/{}:cancel", stop.id), 200));

    assert!(!is_offered(&platform, &acme, stop.id).await);
    refused(&platform, &acme, stop.id, "has ended already").await;
    refused(&platform, &acme, done.id, "has succeeded").await;
    // It failed, so the same can be asked for again.
    let retry = format!("/operation/{}:retry", stop.id);
    let again = platform.door.put(&acme.owner, &retry, json!({})).await.operation();
    platform.succeed(&acme.owner, &again).await;
    assert_eq!(state(&platform, &acme, id).await, "stopped");
    platform.finish().await;
}

#[tokio::test]
async fn what_has_begun_is_not_stopped_half_way() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    // The engine hangs up, and the worker waits for another try.
    platform.sims[0].inject(CallName::Stop, Fault::Unreachable, 1);
    let stop = ask(&platform, &acme, "PUT", &format!("/instance/{id}:stop")).await;
    platform.work().await;
    assert_eq!(get(&platform, &acme, stop.id).await.state, OperationState::Pending);
    assert!(!is_offered(&platform, &acme, stop.id).await);
    refused(&platform, &acme, stop.id, "has begun").await;
    platform.succeed(&acme.owner, &stop).await;
    assert_eq!(state(&platform, &acme, id).await, "stopped");
    platform.finish().await;
}

#[tokio::test]
async fn what_was_to_be_made_is_not_made_and_not_counted() {
    let (platform, acme) = Platform::new().await;
    let (id, create) = acme.begin(&platform, "web").await;
    let dry = format!("/operation/{}:cancel?dry-run=true", create.id);
    let preview: api::Preview =
        platform.door.put(&acme.owner, &dry, json!({})).await.is(200).body();
    let told: Vec<_> = preview.quotas.iter().map(|q| (q.resource, q.after - q.used)).collect();
    assert_eq!(told, [(QuotaResource::Instance, -1)]);
    assert_eq!(get(&platform, &acme, create.id).await.state, OperationState::Pending, "dry");
    cancel(&platform, &acme.owner, create.id).await.is(200);
    platform.door.get(&acme.owner, &format!("/instance/{id}")).await.is(404);
    assert_eq!(used(&platform, &acme, QuotaResource::Instance).await, 0);
    let retry = format!("/operation/{}:retry", create.id);
    let gone = platform.door.put(&acme.owner, &retry, json!({})).await.is(409);
    assert!(gone.message().contains("no longer there"), "{}", gone.message());

    let id = acme.instance(&platform, "web").await;
    let snapshot = acme.snapshot(&platform, id).await;
    let take = ask(&platform, &acme, "POST", &format!("/instance/{id}:create-snapshot")).await;
    let body = json!({ "name": "golden" });
    let promote = format!("/snapshot/{snapshot}:promote");
    let promote = platform.door.post(&acme.owner, &promote, body).await.operation();
    assert_eq!(used(&platform, &acme, QuotaResource::Snapshot).await, 2);
    cancel(&platform, &acme.owner, take.id).await.is(200);
    cancel(&platform, &acme.owner, promote.id).await.is(200);
    assert_eq!(used(&platform, &acme, QuotaResource::Snapshot).await, 1);
    assert_eq!(used(&platform, &acme, QuotaResource::Template).await, 0);
    // How the template was to be is remembered.
    let retry = format!("/operation/{}:retry", promote.id);
    let again = platform.door.put(&acme.owner, &retry, json!({})).await.operation();
    platform.succeed(&acme.owner, &again).await;
    assert_eq!(used(&platform, &acme, QuotaResource::Template).await, 1);
    platform.finish().await;
}

#[tokio::test]
async fn a_delete_is_taken_back_unless_it_took_over() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let snapshot = acme.snapshot(&platform, id).await;
    let path = format!("/instance/{id}");
    let delete = ask(&platform, &acme, "DELETE", &path).await;
    cancel(&platform, &acme.owner, delete.id).await.is(200);
    assert_eq!(state(&platform, &acme, id).await, "running");
    let kept: api::Snapshot =
        platform.door.get(&acme.owner, &format!("/snapshot/{snapshot}")).await.is(200).body();
    assert_eq!(kept.state.as_str(), "ready");

    let stop = ask(&platform, &acme, "PUT", &format!("/instance/{id}:stop")).await;
    let delete = ask(&platform, &acme, "DELETE", &path).await;
    assert!(!is_offered(&platform, &acme, delete.id).await);
    refused(&platform, &acme, delete.id, "took over").await;
    refused(&platform, &acme, stop.id, "has ended already").await;
    platform.succeed(&acme.owner, &delete).await;
    platform.finish().await;
}

#[tokio::test]
async fn what_waits_behind_it_goes_on() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let take = format!("/instance/{id}:create-snapshot");
    let first = ask(&platform, &acme, "POST", &take).await;
    let stop = ask(&platform, &acme, "PUT", &format!("/instance/{id}:stop")).await;
    cancel(&platform, &acme.owner, first.id).await.is(200);
    platform.succeed(&acme.owner, &stop).await;
    assert_eq!(state(&platform, &acme, id).await, "stopped");
    platform.finish().await;
}

#[tokio::test]
async fn lists_and_bulk_actions_and_what_is_somebody_elses() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let body = json!({ "list": "instances", "format": "csv" });
    let export = platform.door.post(&acme.owner, "/list-export", body).await.operation();
    cancel(&platform, &acme.owner, export.id).await.is(200);
    let path = format!("/list-export/{}", export.reference.unwrap().id);
    let export: api::ListExport = platform.door.get(&acme.owner, &path).await.is(200).body();
    assert_eq!((export.reason.as_deref(), export.rows), (Some("It was cancelled."), None));

    let body = json!({ "action": "stop-instance", "ids": [id] });
    let bulk = platform.door.post(&acme.owner, "/bulk-action", body).await.operation();
    assert!(!is_offered(&platform, &acme, bulk.id).await);
    refused(&platform, &acme, bulk.id, "cancel-bulk-action").await;
    platform.succeed(&acme.owner, &bulk).await;

    let start = ask(&platform, &acme, "PUT", &format!("/instance/{id}:start")).await;
    let other = platform.tenant("Other", "bob@other.example").await;
    cancel(&platform, &other.owner, start.id).await.is(404);
    let billing = acme.key(&platform, "Billing").await;
    cancel(&platform, &billing, start.id).await.is(403);
    let event = &platform.door.get(&acme.owner, "/event").await.is(200).json()[0];
    assert_eq!((&event["handler"], &event["status"]), (&json!("cancel-operation"), &json!(403)));
    platform.succeed(&acme.owner, &start).await;
    platform.finish().await;
}
