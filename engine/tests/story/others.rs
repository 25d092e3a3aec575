//! We are not alone: what is not ours is neither listed nor touched, and what others do to ours
//! is told.

use super::{Side, Step, seen, spec};
use engine::{EngineError, InstanceSpec, Power};
use std::collections::BTreeSet;
use std::time::Duration;

pub async fn tell(side: &dyn Side) {
    let engine = side.engine();
    let [image, _] = side.images();
    let step = Step::begin("list, complete and only ours");
    let ids = ["one", "two", "three"];
    for id in ids {
        engine.create(&spec(id, &image, id)).await.unwrap();
    }
    let foreign = "somebody-else";
    let has_foreign = side.make_foreign(foreign);
    let listed: BTreeSet<_> =
        engine.list().await.unwrap().into_iter().map(|one| one.name).collect();
    let expected: BTreeSet<_> = ids.into_iter().map(|id| format!("couloir-{id}")).collect();
    assert_eq!(listed, expected);
    step.end();

    let named = InstanceSpec { name: foreign.into(), ..spec("x", &image, "x") };
    let created = engine.create(&named).await;
    assert!(matches!(created, Err(EngineError::Refused(_))), "{created:?}");
    if has_foreign {
        assert!(engine.delete(foreign).await.is_err());
        assert!(engine.stop(foreign, 0).await.is_err());
        assert!(side.exists(foreign), "it is not ours to delete");
    }

    let step = Step::begin("hear of what others do");
    let mut changes = engine.changes();
    // The stream of a real engine takes a moment to open.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let name = "couloir-one";
    engine.start(name).await.unwrap();
    side.stop_behind_our_back(name);
    let heard = tokio::time::timeout(Duration::from_secs(60), changes.recv()).await;
    assert_eq!(heard.unwrap().unwrap(), name);
    assert_eq!(seen(side, name).await.power, Power::Stopped);
    step.end();
    for id in ids {
        engine.delete(&format!("couloir-{id}")).await.unwrap();
    }
}
