//! The queries behind the check. Each finds what must not be there.

use crate::{
    cloud::Cloud,
    db::{Columns, Dialect},
    error::Result,
};

/// An invariant, and a query that answers one row with `what` for each violation.
const INVARIANTS: [(&str, &str); 8] = [
    (
        "quotas count what there is (instance)",
        "SELECT q.org_id AS what FROM quotas q WHERE q.resource = 'instance' AND q.used <> \
         (SELECT COUNT(*) FROM instances i WHERE i.org_id = q.org_id AND i.deleted_us IS NULL)",
    ),
    (
        "quotas count what there is (snapshot)",
        "SELECT q.org_id AS what FROM quotas q WHERE q.resource = 'snapshot' AND q.used <> \
         (SELECT COUNT(*) FROM snapshots s WHERE s.org_id = q.org_id AND s.deleted_us IS NULL)",
    ),
    (
        "quotas count what there is (template)",
        "SELECT q.org_id AS what FROM quotas q WHERE q.resource = 'template' AND q.used <> \
         (SELECT COUNT(*) FROM templates t WHERE t.org_id = q.org_id AND t.deleted_us IS NULL)",
    ),
    (
        "quotas count what there is (iam-key)",
        "SELECT q.org_id AS what FROM quotas q WHERE q.resource = 'iam-key' AND q.used <> \
         (SELECT COUNT(*) FROM api_keys k WHERE k.org_id = q.org_id)",
    ),
    (
        "every running instance is metered, once",
        "SELECT i.id AS what FROM instances i WHERE i.state = 'running' AND i.deleted_us IS NULL \
         AND i.operation_id IS NULL AND (SELECT COUNT(*) FROM usage_intervals u WHERE \
         u.resource_id = i.id AND u.ended_us IS NULL AND u.product LIKE 'instance.%') <> 1",
    ),
    (
        "nothing that is gone or stopped is metered as running",
        "SELECT i.id AS what FROM instances i JOIN usage_intervals u ON u.resource_id = i.id \
         WHERE u.ended_us IS NULL AND ((i.deleted_us IS NOT NULL) OR (i.state = 'stopped' \
         AND i.operation_id IS NULL AND u.product LIKE 'instance.%'))",
    ),
    (
        "a busy instance has an operation that has not ended",
        "SELECT i.id AS what FROM instances i WHERE i.operation_id IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM operations o WHERE o.id = i.operation_id AND o.state = 'pending')",
    ),
    (
        "every operation has one audit event that accepted it",
        "SELECT o.id AS what FROM operations o WHERE (SELECT COUNT(*) FROM audit_events a WHERE \
         a.org_id = o.org_id AND a.operation_id = o.id AND a.operation <> 'complete-operation' \
         AND a.status = 200) <> 1",
    ),
];

/// Each invariant with its first violation.
pub async fn database(cloud: &Cloud) -> Result<Vec<(&'static str, Option<String>)>> {
    let pool = cloud.db.reader();
    let mut found = Vec::new();
    if cloud.db.dialect == Dialect::Sqlite {
        let row = sqlx::query("PRAGMA integrity_check").fetch_one(pool).await?;
        let said = row.text("integrity_check")?;
        found.push(("the database file is whole", (said != "ok").then_some(said)));
    }
    for (name, sql) in INVARIANTS {
        let limited = sqlx::AssertSqlSafe(format!("{sql} LIMIT 1"));
        let row = sqlx::query(limited).fetch_optional(pool).await?;
        found.push((name, row.map(|row| row.text("what")).transpose()?));
    }
    Ok(found)
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InEngine {
    pub engine_name: String,
    /// Nothing works on it, and it should be there.
    pub rests: bool,
}

pub async fn instances(cloud: &Cloud, zone: &str) -> Result<Vec<InEngine>> {
    let rows = sqlx::query(
        "SELECT engine_name, state, CASE WHEN operation_id IS NULL THEN 0 ELSE 1 END AS busy \
         FROM instances WHERE zone = $1 AND deleted_us IS NULL",
    )
    .bind(zone)
    .fetch_all(cloud.db.reader())
    .await?;
    rows.iter()
        .map(|row| {
            let rests = matches!(row.text("state")?.as_str(), "running" | "stopped")
                && !row.flag("busy")?;
            Ok(InEngine { engine_name: row.text("engine_name")?, rests })
        })
        .collect()
}
