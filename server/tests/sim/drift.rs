//! The reconciler: what changes behind our back is shown and metered; what is unknown is left alone.

use crate::harness::{Kind, World};
use domain::Timestamp;
use engine::{
    Engine, NAME_PREFIX,
    sim::{CallName, Fault},
};
use serde_json::{Value, json};
use server::reconcile;
use std::time::Duration;

async fn an_instance(world: &World) -> (String, String) {
    let id = Kind::Stop.prepare(world).await.instance;
    let name = format!("{NAME_PREFIX}{id}");
    (id, name)
}

async fn state(world: &World, id: &str) -> Value {
    world.get(&format!("/v2/instance/{id}")).await["state"].clone()
}

async fn look(world: &World) {
    reconcile::all(&world.cloud).await.unwrap();
    world.check().await.unwrap();
}

#[tokio::test]
async fn what_was_switched_off_shows_it_and_can_be_started() {
    let world = World::new().await;
    let (id, name) = an_instance(&world).await;
    world.sim.stop_behind_our_back(&name).unwrap();
    assert!(world.check().await.unwrap_err().contains(&name), "the check says it first");
    look(&world).await;
    assert_eq!(state(&world, &id).await, "stopped");
    let start = world.accept("PUT", &format!("/v2/instance/{id}:start"), json!({})).await;
    world.succeed(&start).await;
    world.finish().await;
}

#[tokio::test]
async fn what_vanished_is_in_error_and_metered_no_more_and_a_reset_brings_it_back() {
    let world = World::new().await;
    let (id, name) = an_instance(&world).await;
    world.sim.remove_behind_our_back(&name).unwrap();
    look(&world).await;
    let instance = world.get(&format!("/v2/instance/{id}")).await;
    assert_eq!(instance["state"], "error", "{instance}");
    let open = "SELECT 1 FROM usage_intervals WHERE ended_us IS NULL";
    assert!(sqlx::query(open).fetch_optional(world.cloud.db.reader()).await.unwrap().is_none());
    let reset = world.accept("PUT", &format!("/v2/instance/{id}:reset"), json!({})).await;
    world.succeed(&reset).await;
    assert_eq!(state(&world, &id).await, "running");
    world.finish().await;
}

#[tokio::test]
async fn an_engine_that_lied_about_what_it_has_is_believed_again_later() {
    let world = World::new().await;
    let (id, _) = an_instance(&world).await;
    world.sim.inject(CallName::List, Fault::Lies, 1);
    look(&world).await;
    assert_eq!(state(&world, &id).await, "running", "an empty list alone is no proof");
    world.sim.inject(CallName::List, Fault::Lies, 1);
    world.sim.inject(CallName::Observe, Fault::Lies, 1);
    look(&world).await;
    assert_eq!(state(&world, &id).await, "error");
    look(&world).await;
    assert_eq!(state(&world, &id).await, "running");
    world.sim.inject(CallName::List, Fault::Unreachable, 1);
    look(&world).await;
    world.finish().await;
}

#[tokio::test]
async fn what_is_unknown_is_reported_after_three_listings_in_five_minutes_and_never_deleted() {
    let world = World::new().await;
    let (_, name) = an_instance(&world).await;
    let known = world.sim.observe(&name).await.unwrap().unwrap();
    let stray = format!("{NAME_PREFIX}somebody-elses");
    let spec = engine::InstanceSpec {
        name: stray.clone(),
        display_name: "x".into(),
        host_name: "x".into(),
        image: world.sim.own_templates()[0].image.clone(),
        size: known.size,
        ssh_keys: Vec::new(),
        default_user: "x".into(),
        password: None,
        user_data: None,
        public_ipv4: false,
        public_ipv6: false,
    };
    world.sim.create(&spec).await.unwrap();
    let noted = async |world: &World| {
        let sql = "SELECT listings, last_seen_us - first_seen_us AS for_us FROM strays";
        let row = sqlx::query(sql).fetch_optional(world.cloud.db.reader()).await.unwrap();
        row.map(|row| {
            (sqlx::Row::get::<i64, _>(&row, "listings"), Timestamp(sqlx::Row::get(&row, "for_us")))
        })
    };
    for listing in 1..=4 {
        reconcile::all(&world.cloud).await.unwrap();
        let for_us = Timestamp(100_000_000 * (listing - 1));
        assert_eq!(noted(&world).await, Some((listing, for_us)));
        world.clock.advance(Duration::from_secs(100));
    }
    assert!(world.sim.observe(&stray).await.unwrap().is_some(), "it may be somebody's");
    assert!(world.check().await.unwrap_err().contains(&stray));
    world.sim.remove_behind_our_back(&stray).unwrap();
    look(&world).await;
    assert_eq!(noted(&world).await, None, "forgotten");
    world.finish().await;
}

#[tokio::test]
async fn what_an_engine_still_has_of_a_deleted_instance_is_deleted_again() {
    let world = World::new().await;
    let (id, name) = an_instance(&world).await;
    world.sim.inject(CallName::Delete, Fault::Lies, 1);
    world.sim.inject(CallName::Observe, Fault::Lies, 1);
    world.succeed(&world.accept("DELETE", &format!("/v2/instance/{id}"), Value::Null).await).await;
    assert!(world.sim.observe(&name).await.unwrap().is_some());
    assert!(world.check().await.unwrap_err().contains(&name));
    look(&world).await;
    world.finish().await;
}

#[tokio::test]
async fn an_event_of_the_engine_is_looked_at_when_it_comes() {
    let world = World::new().await;
    let (id, name) = an_instance(&world).await;
    let watching = tokio::spawn(reconcile::watch(world.cloud.clone()));
    tokio::task::yield_now().await;
    let mut changes = world.cloud.changes.subscribe();
    world.sim.stop_behind_our_back(&name).unwrap();
    tokio::time::timeout(Duration::from_secs(60), changes.recv()).await.unwrap().unwrap();
    assert_eq!(state(&world, &id).await, "stopped");
    watching.abort();
    world.finish().await;
}
