//! Soft delete: what is deleted is kept for a while, can be had back, and is gone in the end.

use crate::harness::{Platform, Tenant};
use domain::{
    InstanceId,
    instance::InstanceState,
    operation::{OperationState, Reason},
    quota::QuotaResource,
};
use engine::{
    Engine, Power,
    sim::{CallName, Fault},
};
use serde_json::{Value, json};
use server::housekeeping;
use std::time::Duration;

const A_DAY: Duration = Duration::from_secs(24 * 3600);

async fn put(platform: &Platform, acme: &Tenant, id: InstanceId, verb: &str, body: Value) {
    acme.done(platform, "PUT", &format!("/instance/{id}:{verb}"), body).await;
}

async fn soft_deleted(platform: &Platform, acme: &Tenant) -> InstanceId {
    let id = acme.instance(platform, "web").await;
    put(platform, acme, id, "soft-delete", json!({})).await;
    id
}

async fn names(platform: &Platform, acme: &Tenant, query: &str) -> Vec<String> {
    let list = platform.door.get(&acme.owner, &format!("/instance{query}")).await.is(200);
    let list: api::Instances = list.body();
    list.instances.into_iter().map(|instance| instance.name).collect()
}

async fn used(platform: &Platform, acme: &Tenant) -> i64 {
    platform.door.get(&acme.owner, "/quota/instance").await.is(200).json()["usage"]
        .as_i64()
        .unwrap()
}

#[tokio::test]
async fn what_was_deleted_leaves_the_list_and_comes_back_as_it_was() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let snapshot = acme.snapshot(&platform, id).await;
    let running = acme.get(&platform, id).await.price.unwrap();
    put(&platform, &acme, id, "soft-delete", json!({})).await;

    let kept = acme.get(&platform, id).await;
    assert_eq!(kept.state, InstanceState::Destroyed);
    assert_eq!(kept.recover_until, Some(platform.cloud.now().plus(A_DAY)));
    assert_eq!(kept.price.unwrap().nano_per_hour.0, 10 * 140_000, "its disk is still there");
    assert_eq!(names(&platform, &acme, "").await, [""; 0]);
    assert_eq!(names(&platform, &acme, "?state=destroyed").await, ["web"]);
    assert_eq!(used(&platform, &acme).await, 0);
    let summary = platform.door.get(&acme.owner, "/summary").await.is(200).json();
    assert_eq!((&summary["instances"], &summary["recoverable"]), (&json!(0), &json!(1)));
    for verb in ["start", "reboot", "create-snapshot", "soft-delete", "add-protection"] {
        let method = if verb == "create-snapshot" { "POST" } else { "PUT" };
        let path = format!("/instance/{id}:{verb}");
        let no = platform.door.ask(method, &path).by(&acme.owner).json(&json!({})).send().await;
        let message = no.is(409).message();
        assert!(message.contains("recover it first"), "{verb}: {message}");
    }

    put(&platform, &acme, id, "recover", json!({ "start": true })).await;
    let back = acme.get(&platform, id).await;
    assert_eq!((back.state, back.recover_until), (InstanceState::Running, None));
    assert_eq!(back.price, Some(running));
    assert_eq!(back.snapshots.unwrap()[0].id, snapshot);
    assert_eq!((names(&platform, &acme, "").await.len(), used(&platform, &acme).await), (1, 1));
    let again = format!("/instance/{id}:recover");
    let no = platform.door.put(&acme.owner, &again, json!({})).await.is(409).message();
    assert!(no.contains("was not deleted"), "{no}");
    platform.finish().await;
}

#[tokio::test]
async fn what_is_kept_holds_on_to_its_template_and_is_found_by_it() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let snapshot = acme.snapshot(&platform, id).await;
    let template = acme.own_template(&platform, snapshot).await;
    let mut body = acme.body(&platform, "clone").await;
    body["template"] = json!({ "id": template });
    let made = platform.door.post(&acme.owner, "/instance", body).await.operation();
    platform.succeed(&acme.owner, &made).await;
    let clone = made.reference.unwrap().id;
    let soft_delete = format!("/instance/{clone}:soft-delete");
    acme.done(&platform, "PUT", &soft_delete, json!({})).await;
    let path = format!("/template/{template}");
    platform.door.delete(&acme.owner, &path).await.is(409);
    assert_eq!(names(&platform, &acme, &format!("?template-id={template}")).await, ["clone"]);
    assert_eq!(names(&platform, &acme, "").await, ["web"]);
    platform.finish().await;
}

#[tokio::test]
async fn it_comes_back_stopped_unless_it_is_to_be_started() {
    let (platform, acme) = Platform::new().await;
    let id = soft_deleted(&platform, &acme).await;
    put(&platform, &acme, id, "recover", json!({})).await;
    assert_eq!(acme.get(&platform, id).await.state, InstanceState::Stopped);
    platform.finish().await;
}

#[tokio::test]
async fn after_its_time_it_is_gone_for_good_and_not_a_second_before() {
    let (platform, acme) = Platform::new().await;
    let id = soft_deleted(&platform, &acme).await;
    platform.clock.advance(A_DAY - Duration::from_secs(1));
    housekeeping::once(&platform.cloud).await.unwrap();
    platform.drain().await;
    assert_eq!(acme.get(&platform, id).await.state, InstanceState::Destroyed);

    platform.clock.advance(Duration::from_secs(1));
    housekeeping::once(&platform.cloud).await.unwrap();
    platform.drain().await;
    platform.door.get(&acme.owner, &format!("/instance/{id}")).await.is(404);
    assert_eq!(platform.sims[0].list().await.unwrap().len(), 0);
    assert_eq!(used(&platform, &acme).await, 0);
    let events = platform.door.get(&acme.owner, &format!("/event?subject-id={id}")).await.json();
    let mut said =
        events.as_array().unwrap().iter().map(|event| event["handler"].as_str().unwrap());
    assert!(said.any(|handler| handler == "delete-instance"), "{events}");
    platform.finish().await;
}

#[tokio::test]
async fn what_can_not_be_deleted_for_good_is_kept_and_tried_again() {
    let (platform, acme) = Platform::new().await;
    let id = soft_deleted(&platform, &acme).await;
    platform.clock.advance(A_DAY);
    platform.sims[0].inject(CallName::Delete, Fault::Unreachable, 10_000);
    housekeeping::once(&platform.cloud).await.unwrap();
    platform.drain().await;
    let kept = acme.get(&platform, id).await;
    assert_eq!(kept.state, InstanceState::Destroyed);
    assert!(kept.recover_until.unwrap() > platform.cloud.now());

    platform.sims[0].heal();
    put(&platform, &acme, id, "recover", json!({})).await;
    assert_eq!(acme.get(&platform, id).await.state, InstanceState::Stopped);
    platform.finish().await;
}

#[tokio::test]
async fn who_does_not_want_to_wait_deletes_for_good_and_programs_always_do() {
    let (platform, acme) = Platform::new().await;
    let id = soft_deleted(&platform, &acme).await;
    acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
    platform.door.get(&acme.owner, &format!("/instance/{id}")).await.is(404);
    assert_eq!(used(&platform, &acme).await, 0);
    platform.finish().await;
}

#[tokio::test]
async fn an_organization_says_for_how_long_or_that_it_does_not_want_it() {
    let (platform, acme) = Platform::new().await;
    let set = |hours: i64| {
        let body = json!({ "instance-recovery-hours": hours });
        platform.door.ask("PUT", "/organization").by(&acme.owner).json(&body)
    };
    for wrong in [-1, 721] {
        assert_eq!(set(wrong).send().await.is(400).fields(), ["instance-recovery-hours"]);
    }
    assert_eq!(set(0).send().await.is(200).json()["instance-recovery-hours"], 0);
    let id = acme.instance(&platform, "web").await;
    let path = format!("/instance/{id}:soft-delete");
    let no = platform.door.put(&acme.owner, &path, json!({})).await.is(409).message();
    assert!(no.contains("turned off") && no.contains("update-organization"), "{no}");

    let seen = platform.door.get(&acme.owner, "/organization").await.is(200);
    set(72).send().await.is(200);
    set(1).header("if-match", seen.header("etag")).send().await.is(412);
    acme.done(&platform, "PUT", &format!("/instance/{id}:soft-delete"), json!({})).await;
    let until = acme.get(&platform, id).await.recover_until;
    assert_eq!(until, Some(platform.cloud.now().plus(A_DAY * 3)));
    platform.finish().await;
}

#[tokio::test]
async fn there_must_be_room_for_what_comes_back() {
    let (platform, acme) = Platform::new().await;
    let id = soft_deleted(&platform, &acme).await;
    platform.set_quota(&acme, QuotaResource::Instance, 0).await;
    let path = format!("/instance/{id}:recover");
    platform.door.put(&acme.owner, &path, json!({})).await.is(409);
    assert_eq!(acme.get(&platform, id).await.state, InstanceState::Destroyed);
    platform.set_quota(&acme, QuotaResource::Instance, 1).await;
    put(&platform, &acme, id, "recover", json!({})).await;
    platform.finish().await;
}

#[tokio::test]
async fn what_is_kept_and_runs_behind_our_back_is_stopped_and_what_vanished_says_so() {
    let (platform, acme) = Platform::new().await;
    let id = soft_deleted(&platform, &acme).await;
    let sim = platform.sims[0].clone();
    let name = sim.list().await.unwrap()[0].name.clone();
    sim.start(&name).await.unwrap();
    housekeeping::once(&platform.cloud).await.unwrap();
    assert_eq!(sim.observe(&name).await.unwrap().unwrap().power, Power::Stopped);

    sim.remove_behind_our_back(&name).unwrap();
    let recover = format!("/instance/{id}:recover");
    let asked = platform.door.put(&acme.owner, &recover, json!({})).await.operation();
    let ended = platform.outcome(&acme.owner, asked.id).await;
    assert_eq!((ended.state, ended.reason.is_some()), (OperationState::Failure, true));
    assert_ne!(ended.reason, Some(Reason::Fault));
    assert_eq!(acme.get(&platform, id).await.state, InstanceState::Error);
    assert_eq!(used(&platform, &acme).await, 1);
    acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
    assert_eq!(used(&platform, &acme).await, 0);
    platform.finish().await;
}

#[tokio::test]
async fn many_are_deleted_softly_and_had_back_together() {
    let (platform, acme) = Platform::new().await;
    for name in ["a", "b", "c"] {
        acme.instance(&platform, name).await;
    }
    for (action, filter, left) in [
        ("soft-delete-instance", json!({}), 0),
        ("recover-instance", json!({ "state": "destroyed" }), 3),
    ] {
        let body = json!({ "action": action, "filter": filter });
        acme.done(&platform, "POST", "/bulk-action", body).await;
        assert_eq!(names(&platform, &acme, "").await.len(), left, "{action}");
    }
    platform.finish().await;
}

#[tokio::test]
async fn what_all_cost_is_the_same_with_a_filter_that_all_match() {
    let (platform, acme) = Platform::new().await;
    soft_deleted(&platform, &acme).await;
    let id = acme.instance(&platform, "db").await;
    acme.snapshot(&platform, id).await;
    let price = async |filter: &str| {
        let path = format!("/instance?limit=10&totals=true{filter}");
        let list: api::Instances = platform.door.get(&acme.owner, &path).await.is(200).body();
        (list.total, list.running, list.price.unwrap().nano_per_hour.0)
    };
    // One is summed along an index, the other from the rows that match.
    assert_eq!(price("").await, (Some(1), Some(1), 23_330_000 + 10 * 140_000));
    assert_eq!(price("&instance-type=standard.small").await, price("").await);
    assert_eq!(price("&state=destroyed").await, (Some(1), Some(0), 10 * 140_000));
    platform.finish().await;
}
