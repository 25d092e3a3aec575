//! Rows of snapshots.

use crate::{
    act::Act,
    db::{Columns, Connection, Pool, containing},
    error::Result,
    operations::SnapshotWas,
};
use domain::{InstanceId, OrgId, SnapshotId, Timestamp, snapshot::SnapshotState};
use sqlx::{AssertSqlSafe, any::AnyRow};

#[derive(Clone, Debug)]
pub struct SnapshotRow {
    pub id: SnapshotId,
    pub zone: String,
    pub instance: InstanceId,
    pub instance_name: Option<String>,
    pub engine_name: String,
    pub name: String,
    pub state: SnapshotState,
    pub size_gib: i64,
    pub export_md5: Option<String>,
    pub export_until: Option<Timestamp>,
    pub reason: Option<String>,
    pub created: Timestamp,
    pub version: i64,
}

const SELECT: &str = "SELECT s.id, s.zone, s.instance_id, i.name AS instance_name, s.engine_name, \
    s.name, s.state, s.size_gib, s.export_md5, s.export_until_us, s.reason, s.created_us, s.version \
    FROM snapshots s JOIN instances i ON i.id = s.instance_id \
    WHERE s.org_id = $1 AND s.deleted_us IS NULL";

fn to_row(row: &AnyRow) -> Result<SnapshotRow> {
    Ok(SnapshotRow {
        id: row.parsed("id")?,
        zone: row.text("zone")?,
        instance: row.parsed("instance_id")?,
        instance_name: Some(row.text("instance_name")?),
        engine_name: row.text("engine_name")?,
        name: row.text("name")?,
        state: row.parsed("state")?,
        size_gib: row.int("size_gib")?,
        export_md5: row.maybe_text("export_md5")?,
        export_until: row.maybe_time("export_until_us")?,
        reason: row.maybe_text("reason")?,
        created: row.time("created_us")?,
        version: row.int("version")?,
    })
}

pub async fn get(db: &mut Connection, org: OrgId, id: SnapshotId) -> Result<Option<SnapshotRow>> {
    let query = sqlx::query(AssertSqlSafe(format!("{SELECT} AND s.id = $2")));
    let row = query.bind(org.to_string()).bind(id.to_string()).fetch_optional(db).await?;
    row.as_ref().map(to_row).transpose()
}

pub async fn read(pool: &Pool, org: OrgId, id: SnapshotId) -> Result<Option<SnapshotRow>> {
    get(&mut *pool.acquire().await?, org, id).await
}

/// What a list of snapshots is asked for.
#[derive(Default)]
pub struct Question {
    pub zone: Option<String>,
    pub state: Option<SnapshotState>,
    pub instance: Option<InstanceId>,
    /// In lower case.
    pub q: Option<String>,
}

pub async fn list(pool: &Pool, org: OrgId, question: &Question) -> Result<Vec<SnapshotRow>> {
    let sql = format!(
        "{SELECT} AND ($2 = '' OR s.zone = $2) AND ($3 = '' OR s.state = $3) \
         AND ($4 = '' OR s.instance_id = $4) AND (LOWER(s.name) LIKE $5 ESCAPE '!' \
         OR LOWER(i.name) LIKE $5 ESCAPE '!' OR s.id LIKE $5 ESCAPE '!') \
         ORDER BY s.created_us DESC, s.id DESC"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(org.to_string())
        .bind(question.zone.clone().unwrap_or_default())
        .bind(question.state.map_or("", |state| state.as_str()))
        .bind(question.instance.map_or_else(String::new, |id| id.to_string()))
        .bind(containing(question.q.as_deref().unwrap_or_default()))
        .fetch_all(pool)
        .await?;
    rows.iter().map(to_row).collect()
}

pub async fn of_instance(
    pool: &Pool,
    org: OrgId,
    instance: InstanceId,
) -> Result<Vec<SnapshotRow>> {
    let sql = format!("{SELECT} AND s.instance_id = $2 ORDER BY s.created_us DESC, s.id DESC");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string());
    let rows = query.bind(instance.to_string()).fetch_all(pool).await?;
    rows.iter().map(to_row).collect()
}

/// What the engine calls an instance, deleted or not.
pub async fn engine_name_of_instance(pool: &Pool, instance: InstanceId) -> Result<Option<String>> {
    let query = sqlx::query("SELECT engine_name FROM instances WHERE id = $1");
    let row = query.bind(instance.to_string()).fetch_optional(pool).await?;
    row.map(|row| row.text("engine_name")).transpose()
}

pub async fn insert(act: &mut Act, row: &SnapshotRow) -> Result<()> {
    let (org, project) = (act.org()?, act.project()?);
    sqlx::query(
        "INSERT INTO snapshots (id, org_id, project_id, zone, instance_id, engine_name, name, state, \
         size_gib, created_us, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(row.id.to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(&row.zone)
    .bind(row.instance.to_string())
    .bind(&row.engine_name)
    .bind(&row.name)
    .bind(row.state.as_str())
    .bind(row.size_gib)
    .bind(row.created.0)
    .bind(row.version)
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn set_state(
    act: &mut Act,
    id: SnapshotId,
    state: SnapshotState,
    reason: Option<&str>,
) -> Result<()> {
    sqlx::query(
        "UPDATE snapshots SET state = $1, reason = $2, version = version + 1 \
         WHERE id = $3 AND deleted_us IS NULL",
    )
    .bind(state.as_str())
    .bind(reason)
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn exported(act: &mut Act, id: SnapshotId, md5: &str, until: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE snapshots SET state = 'exported', export_md5 = $1, export_until_us = $2, \
         reason = NULL, version = version + 1 WHERE id = $3",
    )
    .bind(md5)
    .bind(until.0)
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

/// Exported files that nobody may download any more.
pub async fn expired_exports(pool: &Pool, now: Timestamp) -> Result<Vec<SnapshotId>> {
    let rows =
        sqlx::query("SELECT id FROM snapshots WHERE export_until_us <= $1 AND state = 'exported'")
            .bind(now.0)
            .fetch_all(pool)
            .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

pub async fn export_ended(db: &mut Connection, id: SnapshotId) -> Result<()> {
    sqlx::query("UPDATE snapshots SET export_until_us = NULL WHERE id = $1 AND state = 'exported'")
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// `false` when it was gone already.
pub async fn delete(act: &mut Act, id: SnapshotId) -> Result<bool> {
    let at = act.at();
    let done = sqlx::query(
        "UPDATE snapshots SET state = 'deleted', deleted_us = $1, version = version + 1 \
         WHERE id = $2 AND deleted_us IS NULL",
    )
    .bind(at.0)
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Their instance is going: so are they. Answers what they were.
pub async fn delete_with_instance(act: &mut Act, instance: InstanceId) -> Result<Vec<SnapshotWas>> {
    let lock = act.cloud.db.dialect.row_lock();
    let sql = format!(
        "SELECT id, state, reason FROM snapshots WHERE instance_id = $1 AND deleted_us IS NULL{lock}"
    );
    let rows =
        sqlx::query(AssertSqlSafe(sql)).bind(instance.to_string()).fetch_all(act.db()).await?;
    sqlx::query(
        "UPDATE snapshots SET state = 'deleting', version = version + 1 \
         WHERE instance_id = $1 AND deleted_us IS NULL",
    )
    .bind(instance.to_string())
    .execute(act.db())
    .await?;
    let was = |row: &AnyRow| {
        Ok(SnapshotWas {
            id: row.parsed("id")?,
            state: row.parsed("state")?,
            reason: row.maybe_text("reason")?,
        })
    };
    rows.iter().map(was).collect()
}

/// Their instance is gone. Answers which there were.
pub async fn delete_of_instance(act: &mut Act, instance: InstanceId) -> Result<Vec<SnapshotId>> {
    let at = act.at();
    let rows = sqlx::query(
        "UPDATE snapshots SET state = 'deleted', deleted_us = $1, version = version + 1 \
         WHERE instance_id = $2 AND deleted_us IS NULL RETURNING id",
    )
    .bind(at.0)
    .bind(instance.to_string())
    .fetch_all(act.db())
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// Their instance could not be deleted, so they are not going any more. Answers which there were.
pub async fn survived_instance(
    act: &mut Act,
    instance: InstanceId,
    reason: &str,
) -> Result<Vec<SnapshotId>> {
    let rows = sqlx::query(
        "UPDATE snapshots SET state = 'error', reason = $1, version = version + 1 \
         WHERE instance_id = $2 AND state = 'deleting' AND deleted_us IS NULL RETURNING id",
    )
    .bind(reason)
    .bind(instance.to_string())
    .fetch_all(act.db())
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}
