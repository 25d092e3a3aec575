//! What recording one change costs does not grow with what else there is.

use crate::harness::Platform;
use server::db::{Columns, Dialect};
use sqlx::AssertSqlSafe;

/// What SQLite's triggers do to versions that stand finds them by all that names them. PostgreSQL chooses by
/// what it has counted: with the few rows of a test its plan says nothing.
#[tokio::test]
async fn the_version_that_stands_is_found_at_once() {
    let (platform, _) = Platform::new().await;
    let db = &platform.cloud.db;
    if db.dialect == Dialect::Sqlite {
        let sql = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_recorded_delete'";
        let triggers = sqlx::query(sql).fetch_all(db.reader()).await.unwrap();
        assert!(triggers.len() > 15, "{} triggers", triggers.len());
        for row in triggers {
            let trigger = row.text("sql").unwrap();
            let (_, statements) = trigger.split_once(" BEGIN ").unwrap();
            let statements: Vec<_> =
                statements.split("; ").filter(|sql| sql.contains("WHERE")).collect();
            assert_eq!(statements.len(), 2, "{trigger}");
            for statement in statements {
                let sql = format!("EXPLAIN QUERY PLAN {}", with_values(statement));
                let plan = sqlx::query(AssertSqlSafe(sql)).fetch_all(db.reader()).await.unwrap();
                let plan = plan[0].text("detail").unwrap();
                assert!(plan.contains("kind=? AND id=? AND org_id=?"), "{statement}: {plan}");
            }
        }
    }
    platform.finish().await;
}

/// The statement with a value where it names a column of the row that triggers it.
fn with_values(statement: &str) -> String {
    statement.split("OLD.\"").enumerate().fold(String::new(), |sql, (place, part)| match place {
        0 => part.to_owned(),
        _ => format!("{sql}'x'{}", part.split_once('"').map_or("", |(_, rest)| rest)),
    })
}
