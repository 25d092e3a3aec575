//! F2 and crashes: the worker dies at every point of every kind of operation, the step runs again;
//! and at every point the instance is deleted, by a worker that lives on and by one that died.

use crate::harness::{Kind, World};
use serde_json::Value;
use server::operations::worker;
use std::time::Duration;

/// How many points the work of a kind passes, and its effects.
async fn survey(world: &World, kind: Kind) -> (usize, Vec<engine::sim::CallName>) {
    let on = kind.prepare(world).await;
    world.gate.reset();
    let from = world.sim.calls().len();
    world.succeed(&kind.begin(world, &on).await).await;
    (world.gate.passed().len(), world.effects(from))
}

/// Works until the gate's point is reached, and hangs there.
async fn work_until_reached(world: &World) -> tokio::task::JoinHandle<()> {
    let cloud = world.cloud.clone();
    let working = tokio::spawn(async move { worker::drain(&cloud, Duration::ZERO).await.unwrap() });
    world.gate.reached.notified().await;
    working
}

#[tokio::test]
async fn a_step_that_was_cut_off_runs_again_and_has_each_effect_once() {
    let mut world = World::new().await;
    for kind in Kind::ALL {
        let (points, without) = survey(&world, kind).await;
        for at in 0..points {
            let on = kind.prepare(&world).await;
            let from = world.sim.calls().len();
            let operation = kind.begin(&world, &on).await;
            world.gate.hang_at(at);
            let working = work_until_reached(&world).await;
            working.abort();
            let _ = working.await;
            world = world.crash().await;
            let end = world.outcome(&operation).await;
            assert_eq!(end["state"], "success", "{kind:?}, point {at}: {end}");
            assert_eq!(world.effects(from), without, "{kind:?}, point {at}");
            world.check().await.unwrap_or_else(|e| panic!("{kind:?}, point {at}: {e}"));
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn delete_takes_over_at_every_point() {
    let mut world = World::new().await;
    for kind in Kind::ALL.into_iter().filter(|k| !matches!(k, Kind::Delete | Kind::TemplateDelete))
    {
        let (points, _) = survey(&world, kind).await;
        for (at, dies) in (0..points).flat_map(|at| [(at, false), (at, true)]) {
            let context = format!("{kind:?}, point {at}, worker dies: {dies}");
            let on = kind.prepare(&world).await;
            let operation = kind.begin(&world, &on).await;
            let instance = match kind {
                Kind::Create | Kind::CreateStopped => {
                    operation["reference"]["id"].as_str().unwrap()
                }
                _ => on.instance.as_str(),
            };
            world.gate.hang_at(at);
            let working = work_until_reached(&world).await;
            let delete =
                world.accept("DELETE", &format!("/v2/instance/{instance}"), Value::Null).await;
            if dies {
                working.abort();
                let _ = working.await;
                world = world.crash().await;
            } else {
                world.gate.resume.notify_one();
                working.await.unwrap();
            }
            let end = world.outcome(&delete).await;
            assert_eq!(end["state"], "success", "{context}: {end}");
            let first = world.outcome(&operation).await;
            // Making a template goes first, or fails with its snapshot.
            let interrupted = first["state"] == "failure" && first["reason"] == "interrupted";
            assert!(interrupted || kind == Kind::Promote, "{context}: {first}");
            assert_eq!(
                world.call("GET", &format!("/v2/instance/{instance}"), Value::Null).await.0,
                404
            );
            world.check().await.unwrap_or_else(|e| panic!("{context}: {e}"));
        }
    }
    world.finish().await;
}
