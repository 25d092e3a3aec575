//! `cancel-operation`: either nothing of an operation ever happens, or it happens as if nobody had
//! asked to cancel it; at every kind, also when the process dies, and when both race.

use crate::harness::{Kind, On, World};
use serde_json::{Value, json};
use server::operations::worker;
use sqlx::Row;
use std::time::Duration;

const RACES: usize = 30;

async fn cancel(world: &World, operation: &Value) -> (u16, Value) {
    let path = format!("/v2/operation/{}:cancel", operation["id"].as_str().unwrap());
    world.call("PUT", &path, Value::Null).await
}

/// What a kind needs, and something more that it takes with it.
async fn prepare(world: &World, kind: Kind) -> On {
    let on = kind.prepare(world).await;
    if kind == Kind::Delete {
        world.succeed(&Kind::SnapshotCreate.begin(world, &on).await).await;
    }
    on
}

/// Everything that a customer has, is counted and pays.
async fn everything(world: &World) -> Vec<Value> {
    let mut all = Vec::new();
    for path in [
        "/v2/instance",
        "/v2/instance?state=destroyed",
        "/v2/snapshot",
        "/v2/template?visibility=private",
        "/v2/quota",
    ] {
        all.push(world.get(path).await);
    }
    let sql = "SELECT id, COALESCE(ended_us, 0) AS ended_us FROM usage_intervals ORDER BY id";
    for row in sqlx::query(sql).fetch_all(world.cloud.db.reader()).await.unwrap() {
        all.push(json!([row.get::<String, _>("id"), row.get::<i64, _>("ended_us")]));
    }
    all
}

#[tokio::test]
async fn everything_is_again_what_it_was() {
    let mut world = World::new().await;
    for kind in Kind::ALL {
        let on = prepare(&world, kind).await;
        let (before, from) = (everything(&world).await, world.sim.calls().len());
        let operation = kind.begin(&world, &on).await;
        assert_ne!(everything(&world).await, before, "{kind:?} shows that it was accepted");
        let (status, answer) = cancel(&world, &operation).await;
        assert_eq!(status, 200, "{kind:?}: {answer}");
        world = world.crash().await;
        let end = world.outcome(&operation).await;
        assert_eq!((&end["state"], &end["reason"]), (&json!("failure"), &json!("interrupted")));
        assert_eq!(everything(&world).await, before, "{kind:?}");
        assert_eq!(world.sim.calls().len(), from, "{kind:?}: the engine was asked something");
        world.check().await.unwrap_or_else(|e| panic!("{kind:?}: {e}"));
        // And it is really what it was: the same can be asked for, and goes well.
        world.succeed(&kind.begin(&world, &on).await).await;
        world.check().await.unwrap_or_else(|e| panic!("{kind:?}, again: {e}"));
    }
    world.finish().await;
}

#[tokio::test]
async fn what_a_worker_holds_or_held_is_refused() {
    let mut world = World::new().await;
    for kind in Kind::ALL {
        let on = prepare(&world, kind).await;
        let operation = kind.begin(&world, &on).await;
        // Before the first word to the engine.
        world.gate.hang_at(0);
        let cloud = world.cloud.clone();
        let working =
            tokio::spawn(async move { worker::drain(&cloud, Duration::ZERO).await.unwrap() });
        world.gate.reached.notified().await;
        let (status, answer) = cancel(&world, &operation).await;
        assert_eq!(status, 409, "{kind:?}, at work: {answer}");
        working.abort();
        let _ = working.await;
        world = world.crash().await;
        // Nobody is at work on it; what was done is not known.
        let (status, answer) = cancel(&world, &operation).await;
        assert_eq!(status, 409, "{kind:?}, left lying: {answer}");
        world.succeed(&operation).await;
        world.check().await.unwrap_or_else(|e| panic!("{kind:?}: {e}"));
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn either_the_worker_or_who_cancels_wins() {
    let world = World::new().await;
    let on = Kind::Stop.prepare(&world).await;
    let (mut won, mut lost) = (0, 0);
    for race in 0..RACES {
        let from = world.sim.calls().len();
        let operation = Kind::Stop.begin(&world, &on).await;
        let cloud = world.cloud.clone();
        let working = tokio::spawn(async move {
            for _ in 0..race * 4 {
                tokio::task::yield_now().await;
            }
            worker::drain(&cloud, Duration::ZERO).await.unwrap();
        });
        let (status, answer) = cancel(&world, &operation).await;
        working.await.unwrap();
        let end = world.outcome(&operation).await;
        let path = format!("/v2/instance/{}", on.instance);
        let state = world.get(&path).await["state"].clone();
        if status == 200 {
            won += 1;
            assert_eq!((&end["state"], &state), (&json!("failure"), &json!("running")), "{end}");
            assert!(world.effects(from).is_empty(), "nothing was done");
        } else {
            lost += 1;
            assert_eq!((status, &end["state"]), (409, &json!("success")), "{answer} {end}");
            assert_eq!(state, "stopped");
            world.succeed(&Kind::Start.begin(&world, &on).await).await;
        }
        world.check().await.unwrap();
    }
    println!("{won} cancelled, {lost} too late");
    world.finish().await;
}
