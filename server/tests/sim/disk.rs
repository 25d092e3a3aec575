//! F7: a database that is full, read-only or locked refuses clearly, and goes on when it can.

use crate::harness::{Kind, World};
use serde_json::Value;
use sqlx::{Connection, Executor};

async fn sqlite() -> World {
    let folder = tempfile::tempdir().unwrap();
    let database = crate::harness::Database::file(folder.path());
    World::on(database, crate::harness::Folder::Own(folder), None).await
}

/// A setting of the one connection that writes.
async fn set(world: &World, pragma: &str) {
    let mut housekeeping = world.cloud.housekeeping().await.unwrap();
    housekeeping.db().execute(sqlx::AssertSqlSafe(format!("PRAGMA {pragma}"))).await.unwrap();
    let _ = housekeeping.commit().await;
}

async fn refused(world: &World, status: u16, says: &str) {
    let body = world.create_body(true).await;
    let (was, answer) = world.call("POST", "/v2/instance", body).await;
    assert_eq!(was, status, "{answer}");
    assert!(answer["message"].as_str().unwrap().contains(says), "{answer}");
}

#[tokio::test]
async fn a_full_disk_refuses_with_507_and_goes_on_when_there_is_room() {
    let world = sqlite().await;
    let on = Kind::Stop.prepare(&world).await;
    let stop = Kind::Stop.begin(&world, &on).await;
    let mut full = 0;
    for _ in 0..200 {
        // A connection that a full disk broke is replaced, and a new one knows no limit.
        set(&world, "max_page_count = 1").await;
        let body = world.create_body(true).await;
        let (status, answer) = world.call("POST", "/v2/instance", body).await;
        assert!(matches!(status, 200 | 507), "{status} {answer}");
        full += i64::from(status == 507);
        if full == 3 {
            assert!(answer["message"].as_str().unwrap().contains("disk is full"), "{answer}");
            break;
        }
    }
    assert_eq!(full, 3, "it filled up");
    set(&world, "max_page_count = 1").await;
    // What can't be written down is tried again; the worker goes on.
    let _ = server::operations::worker::drain(&world.cloud, std::time::Duration::ZERO).await;
    assert_eq!(world.call("GET", "/v2/instance", Value::Null).await.0, 200, "reading works");
    set(&world, "max_page_count = 1000000").await;
    world.succeed(&stop).await;
    world.finish().await;
}

#[tokio::test]
async fn a_read_only_database_refuses_with_503() {
    let world = sqlite().await;
    set(&world, "query_only = ON").await;
    refused(&world, 503, "busy or away").await;
    world.work().await;
    // The next process finds it writable again.
    let world = world.crash().await;
    Kind::Stop.prepare(&world).await;
    world.finish().await;
}

#[tokio::test]
async fn a_database_that_somebody_locks_refuses_with_503() {
    let world = sqlite().await;
    let mut other = sqlx::AnyConnection::connect(&world.database.url).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    refused(&world, 503, "busy or away").await;
    other.execute("ROLLBACK").await.unwrap();
    Kind::Stop.prepare(&world).await;
    other.close().await.unwrap();
    world.finish().await;
}
