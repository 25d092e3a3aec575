//! F1: every fault at every engine call of every kind of operation.

use crate::harness::{Kind, World};
use engine::sim::{CallName, Fault};

const FAULTS: [Fault; 6] = [
    Fault::Slow(5_000),
    Fault::DropsAnswer,
    Fault::Unreachable,
    Fault::Lies,
    Fault::Refuses,
    Fault::NoCapacity,
];

fn call_name(point: &str) -> Option<CallName> {
    let name = point.strip_suffix(".before")?;
    serde_json::from_value(name.into()).ok()
}

async fn every_fault(kinds: &[Kind]) {
    for kind in kinds {
        let world = World::new().await;
        let on = kind.prepare(&world).await;
        world.gate.reset();
        let from = world.sim.calls().len();
        world.succeed(&kind.begin(&world, &on).await).await;
        let (points, without) = (world.gate.passed(), world.effects(from));
        assert!(!points.is_empty(), "{kind:?} asks the engine nothing");
        for (at, point) in points.iter().enumerate() {
            let Some(call) = call_name(point) else { continue };
            for fault in FAULTS {
                let context = format!("{kind:?}: {fault:?} at call {at}, {point}");
                let on = kind.prepare(&world).await;
                let from = world.sim.calls().len();
                world.gate.inject_at(at, &world.sim, call, fault);
                let end = world.outcome(&kind.begin(&world, &on).await).await;
                world.gate.reset();
                world.sim.heal();
                world.check().await.unwrap_or_else(|e| panic!("{context}: {e}"));
                let effects = world.effects(from);
                let name = point.trim_end_matches(".before");
                match fault {
                    Fault::Refuses | Fault::NoCapacity => {
                        assert_eq!(end["state"], "failure", "{context}: {end}");
                        assert!(
                            end["message"].as_str().is_some_and(|m| !m.is_empty()),
                            "{context}"
                        );
                    }
                    Fault::Lies if !Kind::is_seen(name) => {
                        assert_eq!(end["state"], "success", "{context}: {end}")
                    }
                    _ => {
                        assert_eq!(end["state"], "success", "{context}: {end}");
                        assert_eq!(effects, without, "{context}: every effect once");
                    }
                }
            }
        }
        world.finish().await;
    }
}

#[tokio::test]
async fn every_fault_at_every_call_of_instances() {
    every_fault(&Kind::ALL[..6]).await;
}

#[tokio::test]
async fn every_fault_at_every_call_of_changes() {
    every_fault(&Kind::ALL[6..11]).await;
}

#[tokio::test]
async fn every_fault_at_every_call_of_snapshots_and_templates() {
    every_fault(&Kind::ALL[11..]).await;
}
