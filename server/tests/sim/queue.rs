//! F11: a long queue at the start is worked off steadily, 32 engine calls at once at most; and what
//! is accepted by a running process does not wait for anybody. `COULOIR_TEST_QUEUE` is its length.

use crate::harness::World;
use serde_json::Value;
use server::operations::worker;
use std::time::{Duration, Instant};
use tokio::sync::watch;

const WAIT_MOST: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_queue_is_worked_off_steadily() {
    let length =
        std::env::var("COULOIR_TEST_QUEUE").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let world = World::new().await;
    let body = world.create_body(true).await;
    for _ in 0..length {
        world.accept("POST", "/v2/instance", body.clone()).await;
    }
    assert_eq!(world.pending().await, length);
    world.gate.linger(Duration::from_millis(3));
    let (stop, stopped) = watch::channel(false);
    let began = Instant::now();
    let working = tokio::spawn(worker::run(world.cloud.clone(), stopped));
    let mut slowest = Duration::ZERO;
    while world.pending().await > 0 {
        let asked = Instant::now();
        world.get("/v2/quota").await;
        slowest = slowest.max(asked.elapsed());
        assert!(
            began.elapsed() < WAIT_MOST + Duration::from_millis(60 * length as u64),
            "{}",
            world.pending().await
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    println!(
        "{length} in {:?}, answers meanwhile in {slowest:?} at worst, {} engine calls at once",
        began.elapsed(),
        world.gate.most_at_once()
    );
    assert!((2..=worker_limit()).contains(&world.gate.most_at_once()));
    // What comes now is handed over: no polling. One of them meets no other work on this machine.
    let mut fastest = WAIT_MOST;
    for _ in 0..5 {
        fastest = fastest.min(time_of_a_create(&world, &body).await);
    }
    println!("a create took {fastest:?}");
    assert!(fastest < Duration::from_millis(1_500), "it waited for the next look at the queue");
    stop.send(true).unwrap();
    working.await.unwrap();
    world.finish().await;
}

async fn time_of_a_create(world: &World, body: &Value) -> Duration {
    let operation = world.accept("POST", "/v2/instance", body.clone()).await;
    let id = operation["id"].as_str().unwrap().to_owned();
    let asked = Instant::now();
    while world.get(&format!("/v2/operation/{id}")).await["state"] == "pending" {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    asked.elapsed()
}

fn worker_limit() -> usize {
    server::operations::crew::AT_ONCE
}

#[tokio::test]
async fn a_worker_that_ends_leaves_no_lease_behind() {
    let world = World::new().await;
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(worker::run(world.cloud.clone(), stopped));
    while !world.cloud.crew.is_open() {
        tokio::task::yield_now().await;
    }
    world.gate.hang_at(1);
    let body = world.create_body(true).await;
    let operation = world.accept("POST", "/v2/instance", body).await;
    world.gate.reached.notified().await;
    stop.send(true).unwrap();
    world.gate.resume.notify_one();
    working.await.unwrap();
    let leased = "SELECT 1 FROM operations WHERE lease_until_us > 0";
    assert!(sqlx::query(leased).fetch_optional(world.cloud.db.reader()).await.unwrap().is_none());
    assert_eq!(
        world.get(&format!("/v2/operation/{}", operation["id"].as_str().unwrap())).await["state"],
        "pending"
    );
    world.succeed(&operation).await;
    world.finish().await;
}
