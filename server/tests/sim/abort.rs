//! F4: the process aborts at every named point of every kind of operation (before and after every
//! step, commit and engine call), another process goes on, and nothing is lost or done twice.
//!
//! The child is this test binary again: it runs [`child`] with the folder and the point in its
//! environment. The database is always a file, which is copied for each point; on PostgreSQL
//! processes are killed in [`crate::kills`].

use crate::harness::{Database, Kind, World};
use engine::sim::CallName;
use serde::{Deserialize, Serialize};
use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

const TOLD: &str = "COULOIR_TEST_ABORT";
/// Points of the server itself; those of the engine are the gate's.
const OWN: [&str; 4] = ["before-step", "after-step", "before-commit", "after-commit"];

#[derive(Serialize, Deserialize)]
struct Told {
    folder: PathBuf,
    kind: usize,
    on: (String, String, String),
    /// `None`: only write down which points are passed.
    abort_at: Option<usize>,
}

/// What the child's folder is prepared with, and what happens there when nothing goes wrong.
struct Survey {
    points: Vec<String>,
    /// Calls of the engine before it began.
    from: usize,
    effects: Vec<CallName>,
}

fn run(told: &Told) -> std::process::Output {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "abort::child", "--nocapture"]);
    child.env(TOLD, serde_json::to_string(told).unwrap()).env("RUST_BACKTRACE", "0");
    child.output().unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Does nothing unless it was started by the tests below.
#[tokio::test]
async fn child() {
    let Ok(told) = std::env::var(TOLD) else { return };
    let told: Told = serde_json::from_str(&told).unwrap();
    let world = World::at(told.folder.clone()).await;
    for point in OWN {
        let gate = Arc::clone(&world.gate);
        fail::cfg_callback(point, move || {
            gate.pass_at_once(point);
        })
        .unwrap();
    }
    world.gate.reset();
    if let Some(at) = told.abort_at {
        world.gate.abort_at(at);
    }
    let (instance, snapshot, template) = told.on;
    let on = crate::harness::On { instance, snapshot, template };
    let operation = Kind::ALL[told.kind].begin(&world, &on).await;
    world.settle().await;
    let points = serde_json::to_string(&world.gate.passed()).unwrap();
    std::fs::write(told.folder.join("points.json"), points).unwrap();
    std::fs::write(told.folder.join("operation.json"), operation.to_string()).unwrap();
    world.cloud.db.close().await;
}

async fn prepare(folder: &Path, kind: Kind) -> (String, String, String) {
    let world = World::at(folder.to_owned()).await;
    let on = kind.prepare(&world).await;
    world.cloud.db.close().await;
    (on.instance, on.snapshot, on.template)
}

async fn survey(base: &Path, folder: &Path, mut told: Told) -> (Told, Survey) {
    copy(base, folder);
    let from = World::at(folder.to_owned()).await.sim.calls().len();
    told.folder = folder.to_owned();
    let output = run(&told);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let points = std::fs::read_to_string(folder.join("points.json")).unwrap();
    let world = World::at(folder.to_owned()).await;
    let points = serde_json::from_str(&points).unwrap();
    (told, Survey { points, from, effects: world.effects(from) })
}

/// Goes on where the child was ended.
async fn go_on(context: &str, told: &Told, survey: &Survey) {
    let world = World::at(told.folder.clone()).await;
    server::operations::lease::store::release_all(&world.cloud.db, None).await.unwrap();
    world.settle().await;
    world.check().await.unwrap_or_else(|e| panic!("{context}: {e}"));
    let operations = world.get("/v2/operation").await;
    for operation in operations["operations"].as_array().unwrap() {
        assert_eq!(operation["state"], "success", "{context}: {operation}");
    }
    let effects = world.effects(survey.from);
    // Before the first commit it was never accepted: then nothing of it may have happened.
    let accepted = !effects.is_empty() || survey.effects.is_empty();
    if accepted {
        assert_eq!(effects, survey.effects, "{context}");
    } else {
        let index = told.abort_at.unwrap();
        let first = survey.points.iter().position(|p| p == "before-commit").unwrap();
        assert!(index <= first, "{context}: an accepted operation had no effect");
    }
    world.finish().await;
}

async fn every_point(kinds: &[Kind]) {
    if Database::is_on_a_server() {
        println!("not run: the database is a file, which another run is for");
        return;
    }
    let mut aborted = 0;
    for kind in kinds {
        let index = Kind::ALL.iter().position(|k| k == kind).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().join("base");
        std::fs::create_dir_all(&base).unwrap();
        let on = prepare(&base, *kind).await;
        let told = Told { folder: base.clone(), kind: index, on, abort_at: None };
        let (told, survey) = survey(&base, &folder.path().join("survey"), told).await;
        for at in 0..survey.points.len() {
            let context = format!("{kind:?}, aborted at {at}, {}", survey.points[at]);
            let told = Told {
                folder: folder.path().join(at.to_string()),
                on: told.on.clone(),
                abort_at: Some(at),
                ..told
            };
            copy(&base, &told.folder);
            let output = run(&told);
            assert!(!output.status.success(), "{context}: the child was to abort");
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(!said.contains("panicked"), "{context}: {said}");
            go_on(&context, &told, &survey).await;
            std::fs::remove_dir_all(&told.folder).unwrap();
            aborted += 1;
        }
    }
    println!("{aborted} points");
}

#[tokio::test]
async fn aborted_at_every_point_of_instances() {
    every_point(&Kind::ALL[..6]).await;
}

#[tokio::test]
async fn aborted_at_every_point_of_changes() {
    every_point(&Kind::ALL[6..11]).await;
}

#[tokio::test]
async fn aborted_at_every_point_of_snapshots_and_templates() {
    every_point(&Kind::ALL[11..]).await;
}
