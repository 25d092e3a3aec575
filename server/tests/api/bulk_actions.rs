//! The same asked of many instances.

use crate::harness::{Database, Platform, Tenant, Who};
use api::{BulkAction, BulkCounts, BulkItems, Operation};
use domain::{
    InstanceId,
    bulk::BulkItemState,
    operation::{OperationState, Reason},
};
use serde_json::{Value, json};

/// Running instances of these names.
async fn running(platform: &Platform, acme: &Tenant, names: &[&str]) -> Vec<InstanceId> {
    let mut ids = Vec::new();
    for name in names {
        ids.push(acme.begin(platform, name).await.0);
    }
    platform.drain().await;
    ids
}

async fn begin(platform: &Platform, who: &Who, body: Value) -> (String, Operation) {
    let operation = platform.door.post(who, "/bulk-action", body).await.operation();
    (operation.reference.clone().unwrap().id.to_string(), operation)
}

async fn counts(platform: &Platform, who: &Who, id: &str) -> BulkCounts {
    let bulk: BulkAction =
        platform.door.get(who, &format!("/bulk-action/{id}")).await.is(200).body();
    bulk.counts
}

async fn items(platform: &Platform, who: &Who, id: &str, query: &str) -> BulkItems {
    platform.door.get(who, &format!("/bulk-action/{id}/item{query}")).await.is(200).body()
}

async fn state(platform: &Platform, acme: &Tenant, id: InstanceId) -> String {
    acme.get(platform, id).await.state.to_string()
}

#[tokio::test]
async fn one_that_fails_stops_no_other_and_can_be_asked_again() {
    let (platform, acme) = Platform::new().await;
    let ids = running(&platform, &acme, &["a", "b", "c"]).await;
    acme.done(&platform, "PUT", &format!("/instance/{}:stop", ids[1]), json!({})).await;
    let body = json!({ "action": "reboot-instance", "ids": ids });
    let (bulk, operation) = begin(&platform, &acme.owner, body).await;
    let before = counts(&platform, &acme.owner, &bulk).await;
    assert_eq!(before, BulkCounts { total: 3, queued: 3, ..Default::default() });
    let ended = platform.outcome(&acme.owner, operation.id).await;
    assert_eq!((ended.state, ended.reason), (OperationState::Failure, Some(Reason::Partial)));
    assert_eq!(ended.message.as_deref(), Some("1 of 3 failed."));
    let after = counts(&platform, &acme.owner, &bulk).await;
    assert_eq!(after, BulkCounts { total: 3, done: 2, failed: 1, ..Default::default() });
    let failed = items(&platform, &acme.owner, &bulk, "?state=failed").await.items;
    assert_eq!((failed.len(), failed[0].id, failed[0].name.as_str()), (1, ids[1], "b"));
    assert!(failed[0].message.as_deref().unwrap().contains("must be running"), "{failed:?}");

    acme.done(&platform, "PUT", &format!("/instance/{}:start", ids[1]), json!({})).await;
    let retry = format!("/bulk-action/{bulk}:retry");
    let by_operation = format!("/operation/{}:retry?dry-run=true", operation.id);
    platform.door.put(&acme.owner, &by_operation, json!({})).await.is(200);
    let again = platform.door.put(&acme.owner, &retry, json!({})).await.operation();
    platform.succeed(&acme.owner, &again).await;
    let last = counts(&platform, &acme.owner, &bulk).await;
    assert_eq!(last, BulkCounts { total: 3, done: 3, ..Default::default() });
    let refused = platform.door.put(&acme.owner, &retry, json!({})).await.is(409);
    assert!(refused.text().contains("Nothing of it has failed"));
    platform.finish().await;
}

#[tokio::test]
async fn all_that_match_are_taken_and_nobody_elses() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let theirs = running(&platform, &other, &["web-9"]).await;
    let ids = running(&platform, &acme, &["web-1", "web-2", "db"]).await;
    let filter = json!({ "q": "web" });
    let few = json!({ "action": "stop-instance", "filter": filter, "expected": 1 });
    let refused = platform.door.post(&acme.owner, "/bulk-action", few).await.is(409);
    assert!(refused.text().contains("2 instances match by now, and 1 did"), "{}", refused.text());
    let body = json!({ "action": "stop-instance", "filter": filter, "expected": 2 });
    let (bulk, operation) = begin(&platform, &acme.owner, body).await;
    platform.succeed(&acme.owner, &operation).await;
    let names = items(&platform, &acme.owner, &bulk, "").await.items;
    assert_eq!(names.iter().map(|i| i.name.as_str()).collect::<Vec<_>>(), ["web-1", "web-2"]);
    for (id, expected) in [(ids[0], "stopped"), (ids[1], "stopped"), (ids[2], "running")] {
        assert_eq!(state(&platform, &acme, id).await, expected);
    }
    // None is all of one's own.
    let body = json!({ "action": "delete-instance", "filter": {} });
    let (_, operation) = begin(&platform, &acme.owner, body).await;
    platform.succeed(&acme.owner, &operation).await;
    let left: api::Instances = platform.door.get(&acme.owner, "/instance").await.body();
    assert_eq!(left.instances.len(), 0);
    assert_eq!(state(&platform, &other, theirs[0]).await, "running");
    let again = json!({ "action": "delete-instance", "filter": {} });
    platform.door.post(&acme.owner, "/bulk-action", again).await.is(409);
    platform.finish().await;
}

#[tokio::test]
async fn more_than_there_is_room_for_are_asked_a_number_at_a_time() {
    let (platform, acme) = Platform::new().await;
    let names: Vec<String> = (0..80).map(|n| format!("web-{n:02}")).collect();
    platform.set_quota(&acme, domain::quota::QuotaResource::Instance, 100).await;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    running(&platform, &acme, &names).await;
    let body = json!({ "action": "stop-instance", "filter": {} });
    let (bulk, operation) = begin(&platform, &acme.owner, body).await;
    platform.work().await;
    let now = counts(&platform, &acme.owner, &bulk).await;
    assert!(now.queued > 0 && now.queued < 80, "{now:?}");
    platform.succeed(&acme.owner, &operation).await;
    assert_eq!(counts(&platform, &acme.owner, &bulk).await.done, 80);
    // By pages, in their order, each once.
    let (mut seen, mut path) = (Vec::new(), format!("/bulk-action/{bulk}/item?limit=30"));
    loop {
        let answer = platform.door.get(&acme.owner, &path).await.is(200);
        let page: BulkItems = answer.body();
        seen.extend(page.items.into_iter().map(|item| item.name));
        let Some(link) = answer.header("link").strip_suffix(">; rel=\"next\"") else { break };
        path = link.trim_start_matches('<').to_owned();
    }
    assert_eq!(seen, names);
    platform.finish().await;
}

#[tokio::test]
async fn what_was_not_asked_yet_can_be_taken_back() {
    let (platform, acme) = Platform::new().await;
    let ids = running(&platform, &acme, &["a", "b"]).await;
    let body = json!({ "action": "delete-instance", "ids": ids });
    let (bulk, operation) = begin(&platform, &acme.owner, body).await;
    let cancel = format!("/bulk-action/{bulk}:cancel");
    platform.door.put(&acme.owner, &cancel, json!({})).await.is(200);
    platform.succeed(&acme.owner, &operation).await;
    let after = counts(&platform, &acme.owner, &bulk).await;
    assert_eq!(after, BulkCounts { total: 2, cancelled: 2, ..Default::default() });
    assert_eq!(state(&platform, &acme, ids[0]).await, "running");
    platform.finish().await;
}

#[tokio::test]
async fn it_goes_on_after_the_session_but_not_after_the_right_is_gone() {
    let (platform, acme) = Platform::new().await;
    let ids = running(&platform, &acme, &["a", "b"]).await;
    let session = acme.sign_in(&platform).await;
    let body = json!({ "action": "stop-instance", "ids": [ids[0]] });
    let (bulk, operation) = begin(&platform, &session, body).await;
    platform.door.ask("DELETE", "/session/current").by(&session).send().await.is(200);
    platform.succeed(&acme.owner, &operation).await;
    assert_eq!(counts(&platform, &acme.owner, &bulk).await.done, 1);
    let path = format!("/event?subject-id={}", ids[0]);
    let trail = platform.door.get(&acme.owner, &path).await.is(200).text();
    assert!(trail.contains("stop-instance") && trail.contains("ann@acme.example"), "{trail}");

    let key = acme.key(&platform, "Owner").await;
    let body = json!({ "action": "stop-instance", "ids": [ids[1]] });
    let (bulk, operation) = begin(&platform, &key, body).await;
    let Who::Key { key, .. } = &key else { unreachable!() };
    acme.done(&platform, "DELETE", &format!("/api-key/{key}"), json!({})).await;
    let ended = platform.outcome(&acme.owner, operation.id).await;
    assert_eq!(ended.state, OperationState::Failure);
    let failed = items(&platform, &acme.owner, &bulk, "").await.items;
    assert_eq!(failed[0].state, BulkItemState::Failed);
    assert!(failed[0].message.as_deref().unwrap().contains("revoked"), "{failed:?}");
    assert_eq!(state(&platform, &acme, ids[1]).await, "running");
    platform.finish().await;
}

#[tokio::test]
async fn a_crash_between_asking_and_noting_it_asks_nobody_twice() {
    let (platform, acme) = Platform::new().await;
    let ids = running(&platform, &acme, &["a"]).await;
    let body = json!({ "action": "reboot-instance", "ids": ids });
    let (bulk, _) = begin(&platform, &acme.owner, body).await;
    platform.work().await;
    assert_eq!(counts(&platform, &acme.owner, &bulk).await.queued, 0);
    // As if what was noted had been lost: only the answer under its key is left.
    let lost = "UPDATE bulk_items SET state = 'queued', operation_id = NULL";
    Database::run(platform.storage().0, lost).await;
    platform.drain().await;
    assert_eq!(counts(&platform, &acme.owner, &bulk).await.done, 1);
    let path = format!("/operation?subject-id={}", ids[0]);
    let all: api::Operations = platform.door.get(&acme.owner, &path).await.body();
    let reboots = all.operations.iter().filter(|o| o.operation == "reboot-instance").count();
    assert_eq!(reboots, 1);
    platform.finish().await;
}

#[tokio::test]
async fn what_is_asked_badly_is_refused_as_a_whole() {
    let (platform, acme) = Platform::new().await;
    let ids = running(&platform, &acme, &["a"]).await;
    let many: Vec<String> =
        (0..1_001).map(|n| format!("00000000-0000-0000-0000-{n:012}")).collect();
    for (body, expected) in [
        (json!({ "action": "stop-instance" }), "either their ids or a filter"),
        (json!({ "action": "stop-instance", "ids": ids, "filter": {} }), "and not both"),
        (json!({ "action": "explode-instance", "ids": ids }), "action"),
        (json!({ "action": "stop-instance", "ids": [] }), "1 to 1000"),
        (json!({ "action": "stop-instance", "ids": many }), "send a filter"),
        (json!({ "action": "stop-instance", "ids": [ids[0], many[0]] }), "no such instance"),
        (json!({ "action": "stop-instance", "filter": { "zone": "mars" } }), "zone"),
        (json!({ "action": "stop-instance", "filter": { "colour": "red" } }), "colour"),
    ] {
        let answer = platform.door.post(&acme.owner, "/bulk-action", body.clone()).await.is(400);
        assert!(answer.text().contains(expected), "{body}: {}", answer.text());
    }
    let none: api::BulkActions = platform.door.get(&acme.owner, "/bulk-action").await.body();
    assert_eq!(none.bulk_actions, []);
    // Named twice is asked once.
    let body = json!({ "action": "stop-instance", "ids": [ids[0], ids[0]] });
    let (bulk, _) = begin(&platform, &acme.owner, body).await;
    assert_eq!(counts(&platform, &acme.owner, &bulk).await.total, 1);
    platform.finish().await;
}
