//! The queries behind the check. Each finds what must not be there.

use crate::{
    cloud::Cloud,
    db::{Columns, Dialect},
    error::Result,
};
use domain::{InstanceTypeId, quota::QuotaResource};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// An invariant, and a query that answers one row with `what` for each violation.
pub const INVARIANTS: [(&str, &str); 22] = [
    (
        "quotas count what there is (instance)",
        "SELECT q.org_id AS what FROM quotas q WHERE q.resource = 'instance' AND q.used <> \
         (SELECT COUNT(*) FROM instances i WHERE i.org_id = q.org_id AND i.deleted_us IS NULL \
         AND i.recover_until_us IS NULL)",
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
         (SELECT COUNT(*) FROM api_keys k WHERE k.org_id = q.org_id AND k.assumed_by = '')",
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
         WHERE u.ended_us IS NULL AND ((i.deleted_us IS NOT NULL) OR (i.state IN ('stopped', 'error', 'destroyed') \
         AND i.operation_id IS NULL AND u.product LIKE 'instance.%'))",
    ),
    (
        "the disk of every instance is metered, once, at its size",
        "SELECT i.id AS what FROM instances i WHERE i.state IN ('running', 'stopped', 'destroyed') \
         AND i.deleted_us IS NULL AND i.operation_id IS NULL AND (SELECT COUNT(*) FROM \
         usage_intervals u WHERE u.resource_id = i.id AND u.ended_us IS NULL AND u.product = 'disk' \
         AND u.quantity = i.disk_gib) <> 1",
    ),
    (
        "every snapshot is metered, once, until it is gone",
        "SELECT s.id AS what FROM snapshots s LEFT JOIN (SELECT resource_id, COUNT(*) AS n FROM \
         usage_intervals WHERE ended_us IS NULL AND resource_kind = 'snapshot' GROUP BY resource_id) u \
         ON u.resource_id = s.id WHERE (s.deleted_us IS NOT NULL AND u.n IS NOT NULL) OR \
         (s.deleted_us IS NULL AND s.state IN ('ready', 'exported', 'exporting') AND COALESCE(u.n, 0) <> 1)",
    ),
    (
        "every template of an organization is metered, once, until it is gone",
        "SELECT t.id AS what FROM templates t LEFT JOIN (SELECT resource_id, COUNT(*) AS n FROM \
         usage_intervals WHERE ended_us IS NULL AND resource_kind = 'template' GROUP BY resource_id) u \
         ON u.resource_id = t.id WHERE (t.deleted_us IS NOT NULL AND u.n IS NOT NULL) OR \
         (t.deleted_us IS NULL AND t.org_id IS NOT NULL AND t.state = 'ready' AND COALESCE(u.n, 0) <> 1)",
    ),
    (
        "intervals of use do not overlap",
        "SELECT resource_id AS what FROM (SELECT resource_id, started_us, LAG(COALESCE(ended_us, \
         9223372036854775807)) OVER (PARTITION BY resource_id, CASE WHEN product LIKE 'instance.%' \
         THEN 'instance' ELSE product END ORDER BY started_us, COALESCE(ended_us, 9223372036854775807)) \
         AS before_us FROM usage_intervals) AS u WHERE before_us > started_us",
    ),
    (
        "intervals of use end once, after they began, and say who ended them",
        "SELECT resource_id AS what FROM usage_intervals WHERE ended_us < started_us \
         OR (ended_us IS NULL) <> (closed_by IS NULL)",
    ),
    (
        "a busy instance has an operation that has not ended",
        "SELECT i.id AS what FROM instances i WHERE i.operation_id IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM operations o WHERE o.id = i.operation_id AND o.state = 'pending')",
    ),
    (
        "an instance that is on its way is busy",
        "SELECT i.id AS what FROM instances i WHERE i.deleted_us IS NULL AND i.operation_id IS NULL \
         AND i.state NOT IN ('running', 'stopped', 'error', 'destroyed')",
    ),
    (
        "what was deleted is kept until then or gone",
        "SELECT i.id AS what FROM instances i WHERE (i.state = 'destroyed' AND i.deleted_us IS NULL \
         AND i.recover_until_us IS NULL) OR (i.state IN ('running', 'starting', 'stopping') \
         AND i.recover_until_us IS NOT NULL)",
    ),
    (
        "an operation on an instance that has not ended is the one that the instance knows",
        "SELECT o.id AS what FROM operations o LEFT JOIN instances i ON i.operation_id = o.id \
         WHERE o.state = 'pending' AND o.subject_kind = 'instance' AND i.id IS NULL",
    ),
    (
        "a snapshot that is on its way has an operation that has not ended",
        "SELECT s.id AS what FROM snapshots s WHERE s.deleted_us IS NULL \
         AND s.state IN ('snapshotting', 'exporting', 'deleting') AND NOT EXISTS (SELECT 1 FROM \
         operations o WHERE o.lock_id = s.instance_id AND o.state = 'pending')",
    ),
    (
        "snapshots are gone when their instance is",
        "SELECT s.id AS what FROM snapshots s JOIN instances i ON i.id = s.instance_id \
         WHERE i.deleted_us IS NOT NULL AND s.deleted_us IS NULL",
    ),
    (
        "an operation has an end exactly when it has ended",
        "SELECT id AS what FROM operations WHERE state NOT IN ('pending', 'success', 'failure', 'timeout') \
         OR (state = 'pending') <> (finished_us IS NULL) OR (state = 'failure' AND reason IS NULL)",
    ),
    (
        "nothing is worked on by two operations at once",
        "SELECT lock_id AS what FROM operations WHERE state = 'pending' AND lease_until_us > 0 \
         GROUP BY lock_id HAVING COUNT(*) > 1",
    ),
    (
        "nobody is both of the staff and of a customer",
        "SELECT m.user_id AS what FROM memberships m JOIN organizations o ON o.id = m.org_id \
         GROUP BY m.user_id HAVING COUNT(DISTINCT o.realm) > 1",
    ),
    (
        "every operation has one audit event that accepted it",
        "SELECT o.id AS what FROM operations o LEFT JOIN (SELECT operation_id, COUNT(*) AS n FROM \
         audit_events WHERE operation_id <> '' AND operation <> 'complete-operation' AND status = 200 \
         GROUP BY operation_id) a ON a.operation_id = o.id WHERE COALESCE(a.n, 0) <> 1",
    ),
    (
        "every operation that ran to its end has one audit event that ended it",
        "SELECT o.id AS what FROM operations o LEFT JOIN (SELECT operation_id, COUNT(*) AS n FROM \
         audit_events WHERE operation_id <> '' AND operation = 'complete-operation' GROUP BY operation_id) a \
         ON a.operation_id = o.id WHERE COALESCE(a.n, 0) <> CASE WHEN o.state = 'pending' \
         OR o.step = 'done' OR COALESCE(o.reason, '') = 'interrupted' THEN 0 ELSE 1 END",
    ),
];

/// What SQLite says of its own file: its pages, and references to rows that are not there.
const FILE: [(&str, &str); 2] = [
    (
        "the database file is whole",
        "SELECT integrity_check AS what FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    ),
    ("every reference leads to a row", "SELECT \"table\" AS what FROM pragma_foreign_key_check"),
];

/// Each invariant with its first violation.
pub async fn database(cloud: &Cloud) -> Result<Vec<(&'static str, Option<String>)>> {
    let file = if cloud.db.dialect == Dialect::Sqlite { &FILE[..] } else { &[] };
    let mut found = Vec::new();
    for (name, sql) in file.iter().chain(&INVARIANTS) {
        let limited = AssertSqlSafe(format!("{sql} LIMIT 1"));
        let row = sqlx::query(limited).fetch_optional(cloud.db.reader()).await?;
        found.push((*name, row.map(|row| row.text("what")).transpose()?));
    }
    found.push(("quotas count what there is (gpu)", gpus(cloud).await?));
    Ok(found)
}

/// The organization whose GPUs are miscounted. The catalogue knows how many a type has; a scale takes
/// the difference when it is accepted.
async fn gpus(cloud: &Cloud) -> Result<Option<String>> {
    let mut of_org: HashMap<String, i64> = HashMap::new();
    let rows = sqlx::query(
        "SELECT org_id, instance_type_id, COUNT(*) AS n FROM instances WHERE deleted_us IS NULL \
         AND recover_until_us IS NULL GROUP BY org_id, instance_type_id",
    );
    for row in rows.fetch_all(cloud.db.reader()).await? {
        let id: InstanceTypeId = row.parsed("instance_type_id")?;
        let each = cloud.catalogue.find(id).map_or(0, |of| of.gpus);
        *of_org.entry(row.text("org_id")?).or_default() += each * row.int("n")?;
    }
    let rows = sqlx::query(
        "SELECT org_id, data FROM operations WHERE state = 'pending' AND kind = 'scale-instance'",
    );
    for row in rows.fetch_all(cloud.db.reader()).await? {
        let data: serde_json::Value = row.json("data")?;
        *of_org.entry(row.text("org_id")?).or_default() +=
            data["gpus"].as_i64().unwrap_or_default();
    }
    let rows = sqlx::query("SELECT org_id, used FROM quotas WHERE resource = $1")
        .bind(QuotaResource::Gpu.as_str())
        .fetch_all(cloud.db.reader())
        .await?;
    for row in rows {
        let org = row.text("org_id")?;
        if row.int("used")? != of_org.get(&org).copied().unwrap_or_default() {
            return Ok(Some(org));
        }
    }
    Ok(None)
}

/// Operations that have not ended.
pub async fn pending(cloud: &Cloud) -> Result<i64> {
    crate::operations::store::count_pending(cloud.db.reader()).await
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InEngine {
    pub engine_name: String,
    pub state: String,
    /// Nothing works on it, and it should be there.
    pub rests: bool,
    version: i64,
    /// The engine's names of its snapshots that should be there, and of those that may be.
    pub snapshots: Vec<String>,
    pub unsure: Vec<String>,
}

pub async fn instances(cloud: &Cloud, zone: &str) -> Result<Vec<InEngine>> {
    let mut snapshots = snapshots(cloud, zone).await?;
    let rows = sqlx::query(
        "SELECT id, engine_name, state, version, CASE WHEN operation_id IS NULL THEN 0 ELSE 1 END AS busy \
         FROM instances WHERE zone = $1 AND deleted_us IS NULL",
    )
    .bind(zone)
    .fetch_all(cloud.db.reader())
    .await?;
    rows.iter()
        .map(|row| {
            let state = row.text("state")?;
            let rests = matches!(state.as_str(), "running" | "stopped" | "destroyed")
                && !row.flag("busy")?;
            let (snapshots, unsure) = snapshots.remove(&row.text("id")?).unwrap_or_default();
            let (engine_name, version) = (row.text("engine_name")?, row.int("version")?);
            Ok(InEngine { engine_name, state, rests, version, snapshots, unsure })
        })
        .collect()
}

type Names = (Vec<String>, Vec<String>);

/// By instance.
async fn snapshots(cloud: &Cloud, zone: &str) -> Result<HashMap<String, Names>> {
    let rows = sqlx::query(
        "SELECT instance_id, engine_name, state FROM snapshots WHERE zone = $1 AND deleted_us IS NULL",
    )
    .bind(zone)
    .fetch_all(cloud.db.reader())
    .await?;
    let mut found: HashMap<String, Names> = HashMap::new();
    for row in rows {
        let (sure, unsure) = found.entry(row.text("instance_id")?).or_default();
        let name = row.text("engine_name")?;
        let state = row.text("state")?;
        if matches!(state.as_str(), "ready" | "exported" | "exporting") { sure } else { unsure }
            .push(name);
    }
    Ok(found)
}
