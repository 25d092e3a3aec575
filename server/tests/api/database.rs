//! A database that is full, locked by somebody else, or away for a moment: a clear refusal, nothing
//! half done, and everything goes on afterwards.

use crate::harness::{Database, Platform};
use server::db::Dialect;

#[tokio::test]
async fn a_full_disk_is_told_and_reading_goes_on() {
    let (platform, acme) = Platform::new().await;
    if platform.cloud.db.dialect != Dialect::Sqlite {
        return platform.finish().await;
    }
    let id = acme.instance(&platform, "web").await;
    let limit = async |pages: &str| {
        let mut writer = platform.cloud.db.begin().await.unwrap();
        let sql = format!("PRAGMA max_page_count = {pages}");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *writer).await.unwrap();
        writer.commit().await.unwrap();
    };
    limit("1").await;
    let body = acme.body(&platform, &"x".repeat(255)).await;
    let mut last = 200;
    for _ in 0..200 {
        let answer = platform.door.post(&acme.owner, "/instance", body.clone()).await;
        last = answer.status;
        if last != 200 {
            assert_eq!(answer.json()["code"], "full");
            assert!(answer.message().contains("disk is full"), "{}", answer.message());
            break;
        }
    }
    // The quota may be reached before the last page is.
    assert!(last == 507, "{last}");
    platform.door.get(&acme.owner, &format!("/instance/{id}")).await.is(200);
    limit("1073741823").await;
    platform
        .door
        .put(&acme.owner, &format!("/instance/{id}:add-protection"), serde_json::json!({}))
        .await
        .is(200);
    platform.finish().await;
}

#[tokio::test]
async fn a_database_that_restarts_is_told_and_found_again() {
    let (platform, acme) = Platform::new().await;
    if platform.cloud.db.dialect != Dialect::Postgres {
        return platform.finish().await;
    }
    let id = acme.instance(&platform, "web").await;
    for _ in 0..3 {
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = \
                   current_database() AND pid <> pg_backend_pid()";
        Database::run(platform.storage().0, sql).await;
        let mut statuses = Vec::new();
        for _ in 0..60 {
            let read = platform.door.get(&acme.owner, &format!("/instance/{id}")).await;
            let write = platform
                .door
                .put(&acme.owner, &format!("/instance/{id}:add-protection"), serde_json::json!({}))
                .await;
            for answer in [&read, &write] {
                assert!(matches!(answer.status, 200 | 503), "{}", answer.text());
                assert!(answer.status == 200 || answer.header("retry-after") == "5");
            }
            statuses.push((read.status, write.status));
        }
        assert_eq!(statuses.last(), Some(&(200, 200)), "{statuses:?}");
    }
    platform.finish().await;
}
