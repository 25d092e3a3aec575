//! A seeded simulation: random work on a few instances, random faults, a crash between any two
//! steps, and changes behind our back. `COULOIR_SIM_SEED` runs one seed; a failing one is printed.

use crate::harness::{Kind, On, Pick, World};
use engine::sim::{CallName, Fault};
use serde_json::Value;
use server::{operations::worker, reconcile};
use std::time::Duration;

const SEEDS: std::ops::Range<u64> = 1..7;
const ACTS: usize = 70;
const MOST_POINTS: usize = 12;

const CALLS: [CallName; 8] = [
    CallName::Create,
    CallName::Start,
    CallName::Stop,
    CallName::Delete,
    CallName::Observe,
    CallName::CreateSnapshot,
    CallName::Publish,
    CallName::Resize,
];
const FAULTS: [Fault; 5] =
    [Fault::DropsAnswer, Fault::Unreachable, Fault::Refuses, Fault::NoCapacity, Fault::Slow(3_000)];

async fn ids(world: &World, path: &str, list: &str) -> Vec<String> {
    let all = world.get(path).await;
    all[list].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// Asks for something, possible or not. What is refused changes nothing.
async fn ask(world: &World, pick: &mut Pick) -> Option<Value> {
    let kind = *pick.of(&Kind::ALL);
    let mut instances = ids(world, "/v2/instance", "instances").await;
    instances.extend(ids(world, "/v2/instance?state=destroyed", "instances").await);
    let snapshots = ids(world, "/v2/snapshot", "snapshots").await;
    let mut on = On::default();
    if !instances.is_empty() {
        on.instance = pick.of(&instances).clone();
    }
    if !snapshots.is_empty() {
        on.snapshot = pick.of(&snapshots).clone();
    }
    let kind = if instances.len() < 3 { Kind::Create } else { kind };
    let (method, path, body) = kind.request(world, &on).await;
    let (status, answer) = world.call(method, &path, body).await;
    assert!(status == 200 || (400..500).contains(&status), "{kind:?}: {status} {answer}");
    (status == 200).then_some(answer)
}

/// Cancels something that has not ended. What has begun is refused.
async fn cancel(world: &World, pick: &mut Pick) {
    let pending = ids(world, "/v2/operation?state=pending", "operations").await;
    if !pending.is_empty() {
        let path = format!("/v2/operation/{}:cancel", pick.of(&pending));
        let (status, answer) = world.call("PUT", &path, Value::Null).await;
        assert!(matches!(status, 200 | 409), "{status} {answer}");
    }
}

/// Works a little; perhaps the process ends in the middle.
async fn work(world: World, pick: &mut Pick) -> World {
    if pick.below(3) > 0 {
        world.work().await;
        return world;
    }
    world.gate.hang_at(pick.below(MOST_POINTS));
    let cloud = world.cloud.clone();
    let mut working =
        tokio::spawn(async move { worker::drain(&cloud, Duration::ZERO).await.unwrap() });
    tokio::select! {
        done = &mut working => done.unwrap(),
        () = world.gate.reached.notified() => {
            if pick.below(2) == 0 {
                // Something is asked while a step is at work.
                ask(&world, pick).await;
                cancel(&world, pick).await;
            }
            working.abort();
            let _ = working.await;
            return world.crash().await;
        }
    }
    world.gate.reset();
    world
}

async fn behind_our_back(world: &World, pick: &mut Pick) {
    let instances = ids(world, "/v2/instance", "instances").await;
    if !instances.is_empty() {
        let name = format!("{}{}", engine::NAME_PREFIX, pick.of(&instances));
        let _ = match pick.below(3) {
            0 => world.sim.remove_behind_our_back(&name),
            _ => world.sim.stop_behind_our_back(&name),
        };
    }
    reconcile::all(&world.cloud).await.unwrap();
}

async fn run(seed: u64) {
    println!("seed {seed}: COULOIR_SIM_SEED={seed} cargo test -p server --test sim seeded");
    let mut pick = Pick(seed);
    let mut world = World::new().await;
    let mut accepted = Vec::new();
    for _ in 0..ACTS {
        match pick.below(9) {
            0 => world.sim.inject(*pick.of(&CALLS), *pick.of(&FAULTS), 1 + pick.below(2)),
            1 => behind_our_back(&world, &mut pick).await,
            2 | 3 => world = work(world, &mut pick).await,
            4 => cancel(&world, &mut pick).await,
            5 => world.clock.advance(Duration::from_millis(pick.below(20_000) as u64)),
            _ => accepted.extend(ask(&world, &mut pick).await),
        }
    }
    world.sim.heal();
    world.settle().await;
    for operation in &accepted {
        let end = world.outcome(operation).await;
        assert_ne!(end["state"], "pending", "seed {seed}: {end}");
    }
    reconcile::all(&world.cloud).await.unwrap();
    world.check().await.unwrap_or_else(|e| panic!("seed {seed}: {e}"));
    world.finish().await;
}

#[tokio::test]
async fn random_work_with_crashes_and_faults_leaves_everything_whole() {
    if let Ok(seed) = std::env::var("COULOIR_SIM_SEED") {
        return run(seed.parse().unwrap()).await;
    }
    for seed in SEEDS {
        run(seed).await;
    }
}
