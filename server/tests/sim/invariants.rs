//! `couloir admin check`: each invariant is broken on purpose, and the check names it.

use crate::harness::{Kind, World};

/// Part of the name, what breaks it, what mends it.
const BREAKS: &[(&str, &str, &str)] = &[
    (
        "there is (instance)",
        "UPDATE quotas SET used = used + 1 WHERE resource = 'instance'",
        "UPDATE quotas SET used = used - 1 WHERE resource = 'instance'",
    ),
    (
        "there is (snapshot)",
        "UPDATE quotas SET used = used + 1 WHERE resource = 'snapshot'",
        "UPDATE quotas SET used = used - 1 WHERE resource = 'snapshot'",
    ),
    (
        "there is (template)",
        "UPDATE quotas SET used = used + 1 WHERE resource = 'template'",
        "UPDATE quotas SET used = used - 1 WHERE resource = 'template'",
    ),
    (
        "there is (iam-key)",
        "UPDATE quotas SET used = used + 1 WHERE resource = 'iam-key'",
        "UPDATE quotas SET used = used - 1 WHERE resource = 'iam-key'",
    ),
    (
        "there is (gpu)",
        "UPDATE quotas SET used = used + 1 WHERE resource = 'gpu'",
        "UPDATE quotas SET used = used - 1 WHERE resource = 'gpu'",
    ),
    (
        "running instance is metered",
        "UPDATE usage_intervals SET product = 'x' || product WHERE product LIKE 'instance.%'",
        "UPDATE usage_intervals SET product = SUBSTR(product, 2) WHERE product LIKE 'xinstance.%'",
    ),
    (
        "metered as running",
        "UPDATE instances SET state = 'stopped'",
        "UPDATE instances SET state = 'running'",
    ),
    (
        "disk of every instance",
        "UPDATE usage_intervals SET quantity = 11 WHERE product = 'disk'",
        "UPDATE usage_intervals SET quantity = 10 WHERE product = 'disk'",
    ),
    (
        "every snapshot is metered",
        "UPDATE usage_intervals SET resource_kind = 'x' WHERE product = 'snapshot'",
        "UPDATE usage_intervals SET resource_kind = 'snapshot' WHERE product = 'snapshot'",
    ),
    (
        "every template of an organization",
        "UPDATE usage_intervals SET resource_kind = 'x' WHERE product = 'template'",
        "UPDATE usage_intervals SET resource_kind = 'template' WHERE product = 'template'",
    ),
    (
        "do not overlap",
        "INSERT INTO usage_intervals SELECT 'again', org_id, project_id, zone, resource_kind, resource_id, product, quantity, nano_per_hour, started_us, started_us + 1, opened_by, 'x' FROM usage_intervals WHERE product = 'disk'",
        "DELETE FROM usage_intervals WHERE id = 'again'",
    ),
    (
        "end once",
        "UPDATE usage_intervals SET closed_by = 'x' WHERE ended_us IS NULL",
        "UPDATE usage_intervals SET closed_by = NULL WHERE ended_us IS NULL",
    ),
    (
        "a busy instance",
        "UPDATE instances SET operation_id = 'x'",
        "UPDATE instances SET operation_id = NULL",
    ),
    (
        "on its way is busy",
        "UPDATE instances SET state = 'starting'",
        "UPDATE instances SET state = 'running'",
    ),
    (
        "one that the instance knows",
        "UPDATE operations SET state = 'pending', finished_us = NULL WHERE kind = 'create-instance'",
        "UPDATE operations SET state = 'success', finished_us = created_us WHERE kind = 'create-instance'",
    ),
    (
        "a snapshot that is on its way",
        "UPDATE snapshots SET state = 'deleting'",
        "UPDATE snapshots SET state = 'ready'",
    ),
    (
        "has an end exactly",
        "UPDATE operations SET finished_us = NULL WHERE kind = 'create-instance'",
        "UPDATE operations SET finished_us = created_us WHERE kind = 'create-instance'",
    ),
    (
        "nobody is both",
        "INSERT INTO organizations (id, name, currency, policy, created_us, realm) \
         SELECT '00000000-0000-7000-8000-000000000001', name, currency, policy, created_us, 'operator' FROM organizations; \
         INSERT INTO memberships (id, org_id, project_id, user_id, role_id, created_us) \
         SELECT 'x', '00000000-0000-7000-8000-000000000001', project_id, user_id, role_id, created_us FROM memberships",
        "DELETE FROM memberships WHERE id = 'x'; DELETE FROM organizations WHERE realm = 'operator'",
    ),
    (
        "one audit event that accepted it",
        "UPDATE operations SET id = 'x' WHERE kind = 'create-instance'",
        "",
    ),
];

#[tokio::test]
async fn each_invariant_is_named_when_it_is_broken() {
    let world = World::new().await;
    let on = Kind::TemplateDelete.prepare(&world).await;
    assert!(!on.template.is_empty());
    world.check().await.unwrap();
    for (name, breaks, mends) in BREAKS {
        world.run(breaks).await;
        let said = world.check().await.expect_err(name);
        assert!(said.contains(name), "{name}: {said}");
        if mends.is_empty() {
            world.run("UPDATE operations SET id = SUBSTR(subject_id, 1, 0) || (SELECT operation_id FROM audit_events WHERE operation = 'create-instance') WHERE id = 'x'").await;
        } else {
            world.run(mends).await;
        }
        world.check().await.unwrap_or_else(|e| panic!("{name} was mended: {e}"));
    }
    world.finish().await;
}

#[tokio::test]
async fn a_changed_audit_trail_is_named() {
    let world = World::new().await;
    Kind::Stop.prepare(&world).await;
    if world.database.url.starts_with("sqlite") {
        world.run("DROP TRIGGER audit_events_no_update").await;
    } else {
        world.run("DROP TRIGGER audit_events_no_change ON audit_events").await;
    }
    world
        .run("UPDATE audit_events SET data = REPLACE(data, 'create-instance', 'delete-instance')")
        .await;
    assert!(world.check().await.unwrap_err().contains("is broken at event"));
    world.leave().await;
}

#[tokio::test]
async fn what_the_engine_lacks_or_has_too_much_of_is_named() {
    let world = World::new().await;
    let on = Kind::SnapshotDelete.prepare(&world).await;
    let name = format!("{}{}", engine::NAME_PREFIX, on.instance);
    use engine::Engine as _;
    world.sim.create_snapshot(&name, "stray").await.unwrap();
    assert!(world.check().await.unwrap_err().contains("stray"));
    world.sim.delete_snapshot(&name, "stray").await.unwrap();
    world.sim.delete_snapshot(&name, &format!("snapshot-{}", on.snapshot)).await.unwrap();
    assert!(world.check().await.unwrap_err().contains(&on.snapshot));
    world.sim.create_snapshot(&name, &format!("snapshot-{}", on.snapshot)).await.unwrap();
    world.sim.remove_behind_our_back(&name).unwrap();
    assert!(world.check().await.unwrap_err().contains("is not in the engine"));
    world.leave().await;
}
