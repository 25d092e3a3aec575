//! Rows of security groups, and counts over what an organization has.

use crate::{
    act::Act,
    db::{Columns, Connection},
    error::{Error, Result},
    view::View,
};
use api::{SecurityGroup, Summary};
use domain::{OrgId, iam::Policy, money::NanoPerHour, realm::Realm};
use sqlx::AnyConnection;

/// For how long an organization keeps what was soft-deleted, in hours.
pub async fn recovery_hours(db: &mut Connection, org: OrgId) -> Result<i64> {
    Ok(settings(db, org).await?.recovery_hours)
}

/// What an organization has chosen.
pub struct Settings {
    pub realm: Realm,
    pub recovery_hours: i64,
    pub call_days: i64,
    pub history_days: i64,
    pub second_factor_required: bool,
    pub version: i64,
}

pub async fn settings(db: &mut Connection, org: OrgId) -> Result<Settings> {
    let row = sqlx::query(
        "SELECT instance_recovery_hours, api_call_days, history_days, second_factor_required, \
         realm, version FROM organizations WHERE id = $1",
    )
    .bind(org.to_string())
    .fetch_one(db)
    .await?;
    Ok(Settings {
        realm: row.parsed("realm")?,
        recovery_hours: row.int("instance_recovery_hours")?,
        call_days: row.int("api_call_days")?,
        history_days: row.int("history_days")?,
        second_factor_required: row.flag("second_factor_required")?,
        version: row.int("version")?,
    })
}

/// What nobody in an organization may do otherwise, and the organization's version.
pub async fn policy(db: &mut Connection, org: OrgId) -> Result<(Policy, i64)> {
    let row = sqlx::query("SELECT policy, version FROM organizations WHERE id = $1")
        .bind(org.to_string())
        .fetch_one(db)
        .await?;
    Ok((row.json("policy")?, row.int("version")?))
}

/// Writes what nobody in the organization may do otherwise.
pub async fn set_policy(act: &mut Act, policy: &Policy) -> Result<()> {
    let org = act.org()?;
    sqlx::query("UPDATE organizations SET policy = $1, version = version + 1 WHERE id = $2")
        .bind(serde_json::to_string(policy).map_err(Error::internal)?)
        .bind(org.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

/// Holds the organization until the act ends: whoever counts what it has and adds to it waits for
/// others who do. By an update, as the audit trail does it: `FOR UPDATE` would also wait for everybody
/// whose rows refer to the organization, and two of those for each other.
pub async fn hold(act: &mut Act) -> Result<()> {
    let org = act.org()?;
    sqlx::query("UPDATE organizations SET version = version WHERE id = $1")
        .bind(org.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

/// Writes what the organization chose, as a version of its own.
pub async fn set(act: &mut Act, org: OrgId, settings: &Settings) -> Result<()> {
    sqlx::query(
        "UPDATE organizations SET instance_recovery_hours = $1, api_call_days = $2, \
         history_days = $3, second_factor_required = $4, version = $5 WHERE id = $6",
    )
    .bind(settings.recovery_hours)
    .bind(settings.call_days)
    .bind(settings.history_days)
    .bind(i64::from(settings.second_factor_required))
    .bind(settings.version)
    .bind(org.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn security_groups(db: &mut AnyConnection, org: OrgId) -> Result<Vec<SecurityGroup>> {
    let rows = sqlx::query(
        "SELECT id, name, description FROM security_groups WHERE org_id = $1 ORDER BY name",
    )
    .bind(org.to_string())
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(SecurityGroup {
                id: row.parsed("id")?,
                name: row.text("name")?,
                description: Some(row.text("description")?).filter(|d| !d.is_empty()),
                rules: Some(Vec::new()),
            })
        })
        .collect()
}

pub async fn summary(view: &View) -> Result<Summary> {
    let pool = view.cloud.db.reader();
    let org = view.org()?.to_string();
    let states = sqlx::query(
        "SELECT state, COUNT(*) AS n FROM instances WHERE org_id = $1 AND deleted_us IS NULL \
         AND recover_until_us IS NULL GROUP BY state",
    )
    .bind(&org)
    .fetch_all(pool)
    .await?;
    let counts = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM snapshots WHERE org_id = $1 AND deleted_us IS NULL) AS snapshots, \
         (SELECT COUNT(*) FROM operations WHERE org_id = $1 AND state = 'pending') AS pending, \
         (SELECT COUNT(*) FROM instances WHERE org_id = $1 AND deleted_us IS NULL \
          AND recover_until_us IS NOT NULL) AS recoverable, \
         (SELECT CAST(COALESCE(SUM(nano_per_hour), 0) AS BIGINT) FROM usage_intervals \
          WHERE org_id = $1 AND ended_us IS NULL) AS nano_per_hour",
    )
    .bind(&org)
    .fetch_one(pool)
    .await?;
    let (mut instances, mut running, mut stopped, mut failed) = (0, 0, 0, 0);
    for row in &states {
        let n = row.int("n")?;
        instances += n;
        match row.text("state")?.as_str() {
            "running" => running += n,
            "stopped" => stopped += n,
            "error" => failed += n,
            _ => {}
        }
    }
    Ok(Summary {
        instances,
        running,
        stopped,
        failed,
        recoverable: counts.int("recoverable")?,
        snapshots: counts.int("snapshots")?,
        operations_pending: counts.int("pending")?,
        currency: view.currency()?,
        nano_per_hour: NanoPerHour(counts.int("nano_per_hour")?),
    })
}
