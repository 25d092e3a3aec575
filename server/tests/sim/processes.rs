//! F10: two processes on one PostgreSQL. What one works on the other leaves alone; what one leaves
//! lying the other takes, and what the first then writes is refused.

use crate::harness::{Database, Folder, Kind, World};
use server::operations::{lease::store::release_all, worker};
use std::{collections::BTreeSet, time::Duration};
use tokio::sync::watch;

const OPERATIONS: usize = 40;

/// `None` where no server was named: SQLite has one process.
async fn postgres() -> Option<World> {
    let Some(database) = Database::postgres().await else {
        println!("not run: COULOIR_TEST_POSTGRES names no server");
        return None;
    };
    let folder = Folder::Own(tempfile::tempdir().unwrap());
    Some(World::on(database, folder, None).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_share_the_work_and_do_nothing_twice() {
    let Some(first) = postgres().await else { return };
    let second = first.beside().await;
    let (stop, stopped) = watch::channel(false);
    let workers =
        [&first, &second].map(|w| tokio::spawn(worker::run(w.cloud.clone(), stopped.clone())));
    let mut instances = Vec::new();
    for n in 0..OPERATIONS {
        let world = if n % 2 == 0 { &first } else { &second };
        let body = world.create_body(true).await;
        let operation = world.accept("POST", "/v2/instance", body).await;
        instances.push(operation["reference"]["id"].as_str().unwrap().to_owned());
    }
    while first.pending().await > 0 {
        first.clock.advance(Duration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Several operations on the same instance at once: one after the other, whoever does them.
    for instance in &instances[..8] {
        let on = crate::harness::On { instance: instance.clone(), ..Default::default() };
        for world in [&first, &second, &first] {
            Kind::SnapshotCreate.begin(world, &on).await;
        }
    }
    while second.pending().await > 0 {
        first.clock.advance(Duration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.send(true).unwrap();
    for worker in workers {
        worker.await.unwrap();
    }
    let mut once = BTreeSet::new();
    for call in first.sim.calls() {
        assert!(once.insert((call.name, call.object.clone())), "{call:?} happened twice");
    }
    second.cloud.db.close().await;
    first.finish().await;
}

#[tokio::test]
async fn a_process_that_was_away_too_long_writes_nothing_any_more() {
    let Some(first) = postgres().await else { return };
    let second = first.beside().await;
    let body = first.create_body(true).await;
    let operation = first.accept("POST", "/v2/instance", body).await;
    first.gate.hang_at(1);
    let cloud = first.cloud.clone();
    let zombie = tokio::spawn(async move { worker::drain(&cloud, Duration::ZERO).await.unwrap() });
    first.gate.reached.notified().await;
    // Its lease runs out while it stands still; the other one does the work.
    first.clock.advance(Duration::from_secs(31));
    assert_eq!(second.outcome(&operation).await["state"], "success");
    let without = second.effects(0);
    first.gate.resume.notify_one();
    zombie.await.unwrap();
    assert_eq!(second.effects(0), without, "the zombie did nothing that was not done");
    release_all(&second.cloud.db, None).await.unwrap();
    second.cloud.db.close().await;
    first.finish().await;
}
