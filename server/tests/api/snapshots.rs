//! Snapshots: taken, exported, promoted, reverted to, and dying with their instance.

use crate::harness::{Platform, Who};
use domain::{
    operation::{OperationState, Reason},
    snapshot::SnapshotState,
};
use engine::sim::{CallName, Fault};
use md5::{Digest, Md5};
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn a_snapshot_is_taken_listed_and_deleted() {
    let (platform, acme) = Platform::new().await;
    let instance = acme.instance(&platform, "web").await;
    let id = acme.snapshot(&platform, instance).await;
    let shown: api::Snapshot =
        platform.door.get(&acme.owner, &format!("/snapshot/{id}")).await.is(200).body();
    assert_eq!((shown.state, shown.size), (SnapshotState::Ready, 10));
    assert_eq!(shown.instance.unwrap().id, instance);
    let of = acme.get(&platform, instance).await.snapshots.unwrap();
    assert_eq!(of.len(), 1);
    let list: api::Snapshots = platform.door.get(&acme.owner, "/snapshot").await.is(200).body();
    assert_eq!(list.snapshots.len(), 1);
    acme.done(&platform, "DELETE", &format!("/snapshot/{id}"), json!({})).await;
    platform.door.get(&acme.owner, &format!("/snapshot/{id}")).await.is(404);
    assert_eq!(platform.door.get(&acme.owner, "/quota/snapshot").await.json()["usage"], 0);
    platform.finish().await;
}

#[tokio::test]
async fn an_exported_snapshot_is_downloaded_for_an_hour() {
    let (platform, acme) = Platform::new().await;
    let instance = acme.instance(&platform, "web").await;
    let id = acme.snapshot(&platform, instance).await;
    acme.done(&platform, "POST", &format!("/snapshot/{id}:export"), json!({})).await;
    let read = || platform.door.ask("GET", &format!("/snapshot/{id}")).by(&acme.owner).send();
    let shown: api::Snapshot = read().await.is(200).body();
    assert_eq!(shown.state, SnapshotState::Exported);
    let export = shown.export.unwrap();
    let address = export.presigned_url.unwrap();
    let path = address.strip_prefix(crate::harness::ORIGIN).unwrap().to_owned();

    let fetch = |path: &str| platform.door.ask("GET", path).by(&Who::Nobody).send();
    let file = fetch(&path).await.is(200);
    let md5: String = Md5::digest(&file.bytes).iter().map(|b| format!("{b:02x}")).collect();
    assert!(!file.bytes.is_empty());
    assert_eq!(Some(md5), export.md5sum);
    assert!(file.header("content-disposition").starts_with("attachment"));

    let other = domain::Uuid::from_u128(7);
    for tampered in [
        path.replace("expires=1", "expires=2"),
        path.replace(&id.to_string(), &other.to_string()),
        path.replace(&id.to_string(), "..%2f..%2fkey"),
        path.replace(&id.to_string(), "x"),
        path[..path.len() - 1].to_owned(),
        path.split('&').next().unwrap().to_owned(),
        path.split('?').next().unwrap().to_owned(),
    ] {
        fetch(&tampered).await.is(404);
    }

    // An address that is read later does not live longer than the file.
    platform.clock.advance(Duration::from_secs(3_500));
    let later: api::Snapshot = read().await.is(200).body();
    let later = later.export.unwrap().presigned_url.unwrap();
    let later = later.strip_prefix(crate::harness::ORIGIN).unwrap().to_owned();
    fetch(&later).await.is(200);
    platform.clock.advance(Duration::from_secs(101));
    fetch(&path).await.is(404);
    fetch(&later).await.is(404);
    let over: api::Snapshot = read().await.is(200).body();
    assert_eq!(over.export.unwrap().presigned_url, None);

    // The file itself goes too.
    let exports = platform.storage().1.join("exports");
    assert_eq!(std::fs::read_dir(&exports).unwrap().count(), 1);
    server::housekeeping::once(&platform.cloud).await.unwrap();
    assert_eq!(std::fs::read_dir(&exports).unwrap().count(), 0);
    // And it can be exported again.
    acme.done(&platform, "POST", &format!("/snapshot/{id}:export"), json!({})).await;
    acme.done(&platform, "DELETE", &format!("/instance/{instance}"), json!({})).await;
    assert_eq!(std::fs::read_dir(&exports).unwrap().count(), 0);
    platform.finish().await;
}

#[tokio::test]
async fn an_instance_is_taken_back_to_its_own_snapshot_only() {
    let (platform, acme) = Platform::new().await;
    let (one, two) = (acme.instance(&platform, "one").await, acme.instance(&platform, "two").await);
    let snapshot = acme.snapshot(&platform, one).await;
    let revert = |of: domain::InstanceId| format!("/instance/{of}:revert-snapshot");
    platform.door.post(&acme.owner, &revert(two), json!({ "id": snapshot })).await.is(404);
    acme.done(&platform, "POST", &revert(one), json!({ "id": snapshot })).await;
    assert_eq!(acme.get(&platform, one).await.state.as_str(), "running");
    acme.done(&platform, "PUT", &format!("/instance/{one}:stop"), json!({})).await;
    acme.done(&platform, "POST", &revert(one), json!({ "id": snapshot })).await;
    assert_eq!(acme.get(&platform, one).await.state.as_str(), "stopped");
    platform.finish().await;
}

#[tokio::test]
async fn snapshots_die_with_their_instance() {
    let (platform, acme) = Platform::new().await;
    let instance = acme.instance(&platform, "web").await;
    let first = acme.snapshot(&platform, instance).await;
    // One more waits, and one that exists is being exported, when the instance is deleted.
    let path = format!("/instance/{instance}:create-snapshot");
    let waiting = platform.door.post(&acme.owner, &path, json!({})).await.operation();
    platform.door.post(&acme.owner, &format!("/snapshot/{first}:export"), json!({})).await.is(200);
    acme.done(&platform, "DELETE", &format!("/instance/{instance}"), json!({})).await;
    let ended = platform.outcome(&acme.owner, waiting.id).await;
    assert_eq!((ended.state, ended.reason), (OperationState::Failure, Some(Reason::Interrupted)));
    let list: api::Snapshots = platform.door.get(&acme.owner, "/snapshot").await.is(200).body();
    assert!(list.snapshots.is_empty());
    assert_eq!(platform.door.get(&acme.owner, "/quota/snapshot").await.json()["usage"], 0);
    platform.finish().await;
}

#[tokio::test]
async fn a_snapshot_that_could_not_be_taken_says_why_and_can_be_deleted() {
    let (platform, acme) = Platform::new().await;
    let instance = acme.instance(&platform, "web").await;
    platform.sims[0].inject(CallName::CreateSnapshot, Fault::Refuses, 1);
    let path = format!("/instance/{instance}:create-snapshot");
    let operation = platform.door.post(&acme.owner, &path, json!({})).await.operation();
    let ended = platform.outcome(&acme.owner, operation.id).await;
    assert_eq!(ended.state, OperationState::Failure);
    let id = operation.reference.unwrap().id;
    let shown: api::Snapshot =
        platform.door.get(&acme.owner, &format!("/snapshot/{id}")).await.is(200).body();
    assert_eq!(shown.state, SnapshotState::Error);
    assert!(shown.reason.is_some());
    for verb in ["export", "promote"] {
        let body = json!({ "name": "x" });
        platform.door.post(&acme.owner, &format!("/snapshot/{id}:{verb}"), body).await.is(409);
    }
    let revert = format!("/instance/{instance}:revert-snapshot");
    platform.door.post(&acme.owner, &revert, json!({ "id": id })).await.is(409);
    acme.done(&platform, "DELETE", &format!("/snapshot/{id}"), json!({})).await;
    platform.finish().await;
}

#[tokio::test]
async fn snapshots_are_filtered() {
    let (platform, acme) = Platform::new().await;
    let (web, db) = (acme.instance(&platform, "web").await, acme.instance(&platform, "db").await);
    let of_web = acme.snapshot(&platform, web).await;
    platform.clock.advance(Duration::from_secs(1));
    let of_db = acme.snapshot(&platform, db).await;
    acme.done(&platform, "POST", &format!("/snapshot/{of_db}:export"), json!({})).await;
    let of = async |query: &str| {
        let path = format!("/snapshot?{query}");
        let list: api::Snapshots = platform.door.get(&acme.owner, &path).await.is(200).body();
        list.snapshots.into_iter().map(|snapshot| snapshot.id).collect::<Vec<_>>()
    };
    assert_eq!(of("").await, [of_db, of_web], "the newest first");
    assert_eq!(of("zone=ch-gva-2").await.len(), 2);
    assert_eq!(of("zone=de-fra-1").await, []);
    assert_eq!(of("state=exported").await, [of_db]);
    assert_eq!(of(&format!("instance-id={web}")).await, [of_web]);
    assert_eq!(of("q=WEB").await, [of_web]);
    assert_eq!(of(&format!("q={of_db}")).await, [of_db]);
    assert_eq!(of("q=%25").await, [], "wildcards stand for themselves");
    for wrong in ["zone=mars", "state=lost", "instance-id=x"] {
        let answer = platform.door.get(&acme.owner, &format!("/snapshot?{wrong}")).await.is(400);
        assert_eq!(answer.fields(), [wrong.split('=').next().unwrap()]);
    }
    platform.finish().await;
}
