//! What happens to disks: snapshots, images made of them, files, rebuilding.

use super::{Side, Step, check_boots, seen, spec};
use engine::{EngineError, Size, Stopped};

pub async fn tell(side: &dyn Side) {
    let engine = side.engine();
    let [image, _] = side.images();
    let origin = spec("origin", &image, "origin");
    let name = origin.name.as_str();
    engine.create(&origin).await.unwrap();
    engine.start(name).await.unwrap();
    check_boots(side, name, 1).await;

    let step = Step::begin("snapshot what runs, twice");
    engine.create_snapshot(name, "first").await.unwrap();
    engine.create_snapshot(name, "first").await.unwrap();
    step.end();
    assert_eq!(seen(side, name).await.snapshots, ["first"]);
    let running = engine.revert(name, "first").await;
    assert!(matches!(running, Err(EngineError::Refused(_))), "{running:?}");
    assert_eq!(engine.stop(name, 60).await.unwrap(), Stopped::Politely);
    engine.start(name).await.unwrap();
    check_boots(side, name, 2).await;
    assert_eq!(engine.stop(name, 60).await.unwrap(), Stopped::Politely);

    let step = Step::begin("revert, twice, keeping the size of now");
    let grown = Size { memory_mib: 96, disk_gib: 2, ..origin.size };
    engine.resize(name, &grown).await.unwrap();
    engine.revert(name, "first").await.unwrap();
    engine.revert(name, "first").await.unwrap();
    step.end();
    assert_eq!(side.written(name).size, grown);
    let missing = engine.revert(name, "never").await;
    assert!(matches!(missing, Err(EngineError::NotFound(_))), "{missing:?}");
    engine.start(name).await.unwrap();
    // Once before the snapshot, and once now.
    check_boots(side, name, 2).await;

    images(side, name).await;

    let step = Step::begin("rebuild");
    let running = engine.rebuild(&origin).await;
    assert!(matches!(running, Err(EngineError::Refused(_))), "{running:?}");
    engine.stop(name, 60).await.unwrap();
    let rebuilt = engine::InstanceSpec { size: grown.clone(), user_data: None, ..origin.clone() };
    engine.rebuild(&rebuilt).await.unwrap();
    engine.rebuild(&rebuilt).await.unwrap();
    step.end();
    assert_eq!(seen(side, name).await.snapshots, ["first"], "snapshots outlive a rebuild");
    let written = side.written(name);
    assert_eq!((written.size, written.user_data.unwrap_or_default()), (grown, vec![]));
    engine.start(name).await.unwrap();
    check_boots(side, name, 1).await;

    let step = Step::begin("revert to before the rebuild, and drop the snapshot, twice");
    engine.stop(name, 60).await.unwrap();
    engine.revert(name, "first").await.unwrap();
    engine.start(name).await.unwrap();
    check_boots(side, name, 2).await;
    engine.delete_snapshot(name, "first").await.unwrap();
    engine.delete_snapshot(name, "first").await.unwrap();
    assert_eq!(seen(side, name).await.snapshots, [""; 0]);
    step.end();
    engine.delete(name).await.unwrap();
}

async fn images(side: &dyn Side, name: &str) {
    let engine = side.engine();
    let [published, imported] = ["couloir-test-published", "couloir-test-imported"];

    let step = Step::begin("publish, twice");
    let info = engine.publish(name, "first", published).await.unwrap();
    assert!(info.size_bytes > 0);
    assert_eq!(engine.publish(name, "first", published).await.unwrap(), info);
    step.end();
    let missing = engine.publish(name, "never", "couloir-test-never").await;
    assert!(matches!(missing, Err(EngineError::NotFound(_))), "{missing:?}");

    let step = Step::begin("export, twice, and import, twice");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("disk");
    engine.export(name, "first", &file).await.unwrap();
    let length = std::fs::metadata(&file).unwrap().len();
    assert!(length > 0);
    engine.export(name, "first", &file).await.unwrap();
    let info = engine.import_image(imported, &file).await.unwrap();
    assert_eq!(engine.import_image(imported, &file).await.unwrap(), info);
    step.end();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no leftovers");
    let unreadable = engine.import_image("couloir-test-never", &folder.path().join("no")).await;
    assert!(matches!(unreadable, Err(EngineError::Refused(_))), "{unreadable:?}");

    let step = Step::begin("create from both images");
    for (id, image) in [("second", published), ("third", imported)] {
        let copy = spec(id, image, id);
        engine.create(&copy).await.unwrap();
        engine.start(&copy.name).await.unwrap();
        // Once before the snapshot was taken, and once now.
        check_boots(side, &copy.name, 2).await;
        engine.delete(&copy.name).await.unwrap();
    }
    step.end();

    let step = Step::begin("delete images, twice");
    for image in [published, imported] {
        engine.delete_image(image).await.unwrap();
        engine.delete_image(image).await.unwrap();
    }
    step.end();
    let without = engine.create(&spec("fourth", published, "fourth")).await;
    assert!(matches!(without, Err(EngineError::NotFound(_))), "{without:?}");
    assert!(!side.exists("couloir-fourth"));
}
