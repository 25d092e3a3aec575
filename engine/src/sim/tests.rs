//! What the simulation promises beyond the engine's contract.

#![allow(clippy::unwrap_used)]

use super::{CallName, Fault, Pace, Sim, SimOptions, own_templates};
use crate::{Engine, EngineError, InstanceSpec, Power, Size, Stopped};
use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;

fn open(journal: Option<PathBuf>) -> Sim {
    Sim::open(SimOptions { seed: 7, journal, pace: Pace::Instant }).unwrap()
}

fn spec(name: &str, display_name: &str) -> InstanceSpec {
    InstanceSpec {
        name: format!("couloir-{name}"),
        display_name: display_name.into(),
        host_name: name.into(),
        image: own_templates()[0].image.clone(),
        size: Size { cpus: 1, memory_mib: 512, disk_gib: 10 },
        ssh_keys: vec!["ssh-ed25519 AAAA someone".into()],
        default_user: "ubuntu".into(),
        password: Some("correct horse".into()),
        user_data: Some(b"#cloud-config\n\xff".to_vec()),
        public_ipv4: true,
        public_ipv6: true,
    }
}

fn names(sim: &Sim) -> Vec<CallName> {
    sim.calls().into_iter().map(|call| call.name).collect()
}

#[tokio::test]
async fn the_world_outlives_a_killed_process_and_a_torn_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("zone").join("journal");
    let sim = open(Some(path.clone()));
    let spec = spec("a", "web");
    sim.create(&spec).await.unwrap();
    sim.start(&spec.name).await.unwrap();
    sim.create_snapshot(&spec.name, "one").await.unwrap();
    let (world, calls) = (sim.list().await.unwrap(), sim.calls());
    drop(sim);

    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("correct horse"), "no password may be written");
    let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b"{\"change\":{\"at_ms\":9,\xc3").unwrap();
    let sim = open(Some(path.clone()));
    assert_eq!(sim.list().await.unwrap(), world);
    assert_eq!(sim.calls(), calls);
    assert_eq!(sim.user_data(&spec.name), spec.user_data);
    sim.delete(&spec.name).await.unwrap();
    drop(sim);
    assert!(open(Some(path)).list().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_long_journal_is_rewritten_and_tells_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let sim = open(Some(path.clone()));
    let spec = spec("a", "web");
    sim.create(&spec).await.unwrap();
    for _ in 0..25_001 {
        sim.start(&spec.name).await.unwrap();
        sim.stop(&spec.name, 1).await.unwrap();
    }
    let world = sim.list().await.unwrap();
    drop(sim);
    assert!(std::fs::read_to_string(&path).unwrap().lines().count() < 10);
    assert_eq!(open(Some(path)).list().await.unwrap(), world);
}

#[tokio::test]
async fn a_corrupt_journal_is_said_and_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    std::fs::write(&path, "nonsense\n").unwrap();
    let options = SimOptions { seed: 7, journal: Some(path.clone()), pace: Pace::Instant };
    let error = Sim::open(options).err().unwrap();
    assert!(error.to_string().contains("line 1"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), b"nonsense\n");
}

#[tokio::test]
async fn injected_faults_happen_as_often_as_asked() {
    let sim = open(None);
    let spec = spec("a", "web");
    for (fault, expected) in [
        (Fault::Refuses, "refused"),
        (Fault::Unreachable, "does not answer"),
        (Fault::NoCapacity, "no room"),
    ] {
        sim.inject(CallName::Create, fault, 2);
        for _ in 0..2 {
            let error = sim.create(&spec).await.unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        }
        assert_eq!(sim.observe(&spec.name).await.unwrap(), None);
    }
    sim.inject(CallName::Create, Fault::Lies, 1);
    sim.create(&spec).await.unwrap();
    assert_eq!(sim.observe(&spec.name).await.unwrap(), None);
    sim.inject(CallName::Create, Fault::DropsAnswer, 1);
    let error = sim.create(&spec).await.unwrap_err();
    assert!(matches!(error, EngineError::Unreachable(_)));
    sim.create(&spec).await.unwrap();
    assert_eq!(names(&sim), [CallName::Create], "the second creation had no effect");
    let before = sim.now_ms();
    sim.inject(CallName::Start, Fault::Slow(60_000), 1);
    sim.start(&spec.name).await.unwrap();
    assert!(sim.now_ms() > before + 60_000);
    sim.inject(CallName::Start, Fault::Refuses, 1);
    sim.heal();
    sim.start(&spec.name).await.unwrap();
}

#[tokio::test]
async fn sentinel_words_ask_for_failures() {
    let sim = open(None);
    for _ in 0..2 {
        let refused = sim.create(&spec("refuses", "a sim-refuses b")).await;
        assert!(matches!(refused, Err(EngineError::Refused(_))));
        let full = sim.create(&spec("full", "sim-no-capacity")).await;
        assert!(matches!(full, Err(EngineError::NoCapacity(_))));
    }
    let liar = spec("liar", "sim-lies");
    sim.create(&liar).await.unwrap();
    assert_eq!(sim.observe(&liar.name).await.unwrap(), None);
    sim.create(&liar).await.unwrap();
    assert!(sim.observe(&liar.name).await.unwrap().is_some());

    let dropper = spec("dropper", "sim-drops-answer");
    assert!(sim.create(&dropper).await.unwrap_err().is_worth_retrying());
    sim.create(&dropper).await.unwrap();
    assert!(sim.start(&dropper.name).await.unwrap_err().is_worth_retrying());
    sim.start(&dropper.name).await.unwrap();
    assert!(sim.delete(&dropper.name).await.unwrap_err().is_worth_retrying());
    sim.delete(&dropper.name).await.unwrap();

    let stubborn = spec("stubborn", "sim-ignores-stop");
    sim.create(&stubborn).await.unwrap();
    assert_eq!(sim.stop(&stubborn.name, 30).await.unwrap(), Stopped::Politely);
    sim.start(&stubborn.name).await.unwrap();
    assert_eq!(sim.stop(&stubborn.name, 30).await.unwrap(), Stopped::Forced);
}

#[tokio::test]
async fn what_others_change_is_seen_and_told() {
    let sim = open(None);
    let spec = spec("a", "web");
    let mut changes = sim.changes();
    sim.create(&spec).await.unwrap();
    sim.start(&spec.name).await.unwrap();
    sim.stop_behind_our_back(&spec.name).unwrap();
    assert_eq!(changes.recv().await.unwrap(), spec.name);
    let seen = sim.observe(&spec.name).await.unwrap().unwrap();
    assert_eq!(seen.power, Power::Stopped);
    sim.remove_behind_our_back(&spec.name).unwrap();
    assert_eq!(sim.observe(&spec.name).await.unwrap(), None);
    assert!(sim.remove_behind_our_back(&spec.name).is_err());
}

#[tokio::test]
async fn ten_thousand_instances_have_addresses_of_their_own() {
    let sim = open(None);
    for number in 0..10_000 {
        let spec = spec(&number.to_string(), "many");
        sim.create(&spec).await.unwrap();
        sim.start(&spec.name).await.unwrap();
    }
    let all = sim.list().await.unwrap();
    assert_eq!(all.len(), 10_000);
    assert_eq!(all.iter().filter_map(|one| one.ipv4).collect::<HashSet<_>>().len(), 10_000);
    assert_eq!(all.iter().filter_map(|one| one.ipv6).collect::<HashSet<_>>().len(), 10_000);
    assert_eq!(all.iter().filter_map(|one| one.mac.clone()).collect::<HashSet<_>>().len(), 10_000);
}

#[tokio::test]
async fn the_same_story_gives_the_same_world() {
    let mut worlds = Vec::new();
    for _ in 0..2 {
        let sim = open(None);
        sim.create(&spec("a", "web")).await.unwrap();
        sim.start("couloir-a").await.unwrap();
        worlds.push((sim.list().await.unwrap(), sim.calls()));
    }
    assert_eq!(worlds[0], worlds[1]);
}

#[tokio::test(start_paused = true)]
async fn at_real_pace_a_call_takes_its_time() {
    let sim = Sim::open(SimOptions { seed: 7, journal: None, pace: Pace::Real }).unwrap();
    let before = tokio::time::Instant::now();
    sim.create(&spec("a", "web")).await.unwrap();
    assert_eq!(before.elapsed().as_millis() as u64, sim.now_ms());
    assert!(sim.now_ms() >= 400);
}
