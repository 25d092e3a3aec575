//! Rows of instances.

use super::row::InstanceRow;
use crate::{
    act::Act,
    db::{Columns, Connection},
    error::{Error, Result},
};
use domain::{
    InstanceId, InstanceTypeId, OperationId, OrgId, TemplateId,
    instance::{InstanceState, PublicIpAssignment},
    money::NanoPerHour,
};
use engine::Observed;
use serde::Serialize;
use sqlx::{AssertSqlSafe, any::AnyRow};

pub const COLUMNS: &str = "id, zone, engine_name, name, state, instance_type_id, template_id, \
    disk_gib, public_ip_assignment, ipv4, ipv6, mac, ssh_keys, user_data, labels, security_groups, \
    app_consistent, protected, password_sealed, operation_id, reason, created_us, version, \
    recover_until_us";

/// What is metered of the rows that are selected.
pub const METERED: &str = "(SELECT CAST(COALESCE(SUM(u.nano_per_hour), 0) AS BIGINT) FROM \
    usage_intervals u WHERE u.resource_id = instances.id AND u.ended_us IS NULL) AS metered, \
    CASE WHEN EXISTS (SELECT 1 FROM usage_intervals u WHERE u.resource_id = instances.id \
    AND u.product = 'disk' AND u.ended_us IS NULL) THEN 1 ELSE 0 END AS made";

pub fn to_row(row: &AnyRow) -> Result<InstanceRow> {
    let operation = row.maybe_text("operation_id")?;
    Ok(InstanceRow {
        id: row.parsed("id")?,
        zone: row.text("zone")?,
        engine_name: row.text("engine_name")?,
        name: row.text("name")?,
        state: row.parsed("state")?,
        instance_type: row.parsed("instance_type_id")?,
        template: row.parsed("template_id")?,
        disk_gib: row.int("disk_gib")?,
        public_ip_assignment: row.parsed("public_ip_assignment")?,
        ipv4: row.maybe_text("ipv4")?,
        ipv6: row.maybe_text("ipv6")?,
        mac: row.maybe_text("mac")?,
        ssh_keys: row.json("ssh_keys")?,
        user_data: row.maybe_text("user_data")?,
        labels: row.json("labels")?,
        security_groups: row.json("security_groups")?,
        app_consistent: row.flag("app_consistent")?,
        protected: row.flag("protected")?,
        password_sealed: row.maybe_text("password_sealed")?,
        operation: operation.and_then(|o| o.parse().ok()),
        reason: row.maybe_text("reason")?,
        created: row.time("created_us")?,
        recover_until: row.maybe_time("recover_until_us")?,
        version: row.int("version")?,
        metered: NanoPerHour(row.int("metered")?),
        made: row.flag("made")?,
    })
}

pub async fn get(db: &mut Connection, org: OrgId, id: InstanceId) -> Result<Option<InstanceRow>> {
    select(db, org, id, "").await
}

/// The same, holding the row until the act ends (on PostgreSQL; on SQLite the act holds everything).
pub async fn get_for_change(
    act: &mut Act,
    org: OrgId,
    id: InstanceId,
) -> Result<Option<InstanceRow>> {
    let lock = act.cloud.db.dialect.row_lock();
    select(act.db(), org, id, lock).await
}

async fn select(
    db: &mut Connection,
    org: OrgId,
    id: InstanceId,
    lock: &str,
) -> Result<Option<InstanceRow>> {
    let sql = format!(
        "SELECT {COLUMNS}, {METERED} FROM instances WHERE org_id = $1 AND id = $2 AND deleted_us IS NULL{lock}"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(id.to_string());
    query.fetch_optional(db).await?.as_ref().map(to_row).transpose()
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

pub async fn insert(act: &mut Act, row: &InstanceRow) -> Result<()> {
    let (org, project) = (act.org()?, act.project()?);
    let sql = format!(
        "INSERT INTO instances ({COLUMNS}, org_id, project_id) VALUES ($1, $2, $3, $4, $5, $6, $7, \
         $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, \
         $26)"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(row.id.to_string())
        .bind(&row.zone)
        .bind(&row.engine_name)
        .bind(&row.name)
        .bind(row.state.as_str())
        .bind(row.instance_type.to_string())
        .bind(row.template.to_string())
        .bind(row.disk_gib)
        .bind(row.public_ip_assignment.as_str())
        .bind(&row.ipv4)
        .bind(&row.ipv6)
        .bind(&row.mac)
        .bind(json(&row.ssh_keys)?)
        .bind(&row.user_data)
        .bind(json(&row.labels)?)
        .bind(json(&row.security_groups)?)
        .bind(i64::from(row.app_consistent))
        .bind(i64::from(row.protected))
        .bind(&row.password_sealed)
        .bind(row.operation.map(|o| o.to_string()))
        .bind(&row.reason)
        .bind(row.created.0)
        .bind(row.version)
        .bind(row.recover_until.map(|at| at.0))
        .bind(org.to_string())
        .bind(project.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

/// What a person may change at any time.
pub async fn update(act: &mut Act, row: &InstanceRow) -> Result<()> {
    sqlx::query(
        "UPDATE instances SET name = $1, labels = $2, user_data = $3, app_consistent = $4, \
         protected = $5, version = version + 1 WHERE id = $6",
    )
    .bind(&row.name)
    .bind(json(&row.labels)?)
    .bind(&row.user_data)
    .bind(i64::from(row.app_consistent))
    .bind(i64::from(row.protected))
    .bind(row.id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

/// An operation begins to work on it.
pub async fn begin(
    act: &mut Act,
    id: InstanceId,
    state: InstanceState,
    operation: OperationId,
) -> Result<()> {
    sqlx::query(
        "UPDATE instances SET state = $1, operation_id = $2, reason = NULL, version = version + 1 \
         WHERE id = $3",
    )
    .bind(state.as_str())
    .bind(operation.to_string())
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

/// An operation ends to work on it.
pub async fn finish(
    act: &mut Act,
    id: InstanceId,
    state: InstanceState,
    reason: Option<&str>,
) -> Result<()> {
    sqlx::query(
        "UPDATE instances SET state = $1, operation_id = NULL, reason = $2, version = version + 1 \
         WHERE id = $3",
    )
    .bind(state.as_str())
    .bind(reason)
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

/// What the engine says of it. An address that was not asked for is nobody's business: an engine
/// may give every instance one on its bridge.
pub async fn set_observed(act: &mut Act, row: &InstanceRow, seen: &Observed) -> Result<()> {
    let (ipv4, ipv6) = match row.public_ip_assignment {
        PublicIpAssignment::None => (None, None),
        PublicIpAssignment::Inet4 => (seen.ipv4, None),
        PublicIpAssignment::Dual => (seen.ipv4, seen.ipv6),
    };
    sqlx::query("UPDATE instances SET ipv4 = $1, ipv6 = $2, mac = $3 WHERE id = $4")
        .bind(ipv4.map(|a| a.to_string()))
        .bind(ipv6.map(|a| a.to_string()))
        .bind(&seen.mac)
        .bind(row.id.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

pub async fn set_shape(
    act: &mut Act,
    id: InstanceId,
    of: InstanceTypeId,
    template: TemplateId,
    disk_gib: i64,
) -> Result<()> {
    sqlx::query(
        "UPDATE instances SET instance_type_id = $1, template_id = $2, disk_gib = $3 WHERE id = $4",
    )
    .bind(of.to_string())
    .bind(template.to_string())
    .bind(disk_gib)
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn set_password(act: &mut Act, id: InstanceId, sealed: &str) -> Result<()> {
    sqlx::query("UPDATE instances SET password_sealed = $1 WHERE id = $2")
        .bind(sealed)
        .bind(id.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

/// `false` when it was gone already.
pub async fn delete(act: &mut Act, id: InstanceId) -> Result<bool> {
    let at = act.at();
    let done = sqlx::query(
        "UPDATE instances SET state = 'destroyed', operation_id = NULL, deleted_us = $1, \
         password_sealed = NULL, user_data = NULL, version = version + 1 \
         WHERE id = $2 AND deleted_us IS NULL",
    )
    .bind(at.0)
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(done.rows_affected() == 1)
}
