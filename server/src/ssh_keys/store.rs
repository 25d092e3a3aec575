//! Rows of SSH keys.

use crate::{act::Act, db::Columns, error::Result, organization};
use api::SshKey;
use domain::OrgId;
use sqlx::{AnyPool, any::AnyRow};

fn to_key(row: &AnyRow) -> Result<SshKey> {
    Ok(SshKey { name: row.text("name")?, fingerprint: Some(row.text("fingerprint")?) })
}

pub async fn list(pool: &AnyPool, org: OrgId) -> Result<Vec<SshKey>> {
    let rows =
        sqlx::query("SELECT name, fingerprint FROM ssh_keys WHERE org_id = $1 ORDER BY name")
            .bind(org.to_string())
            .fetch_all(pool)
            .await?;
    rows.iter().map(to_key).collect()
}

pub async fn get(pool: &AnyPool, org: OrgId, name: &str) -> Result<Option<SshKey>> {
    let row = sqlx::query("SELECT name, fingerprint FROM ssh_keys WHERE org_id = $1 AND name = $2")
        .bind(org.to_string())
        .bind(name)
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(to_key).transpose()
}

/// The fingerprint and the line of a key that an instance is to have.
pub async fn line(act: &mut Act, name: &str) -> Result<Option<(SshKey, String)>> {
    let org = act.org()?;
    let row = sqlx::query(
        "SELECT name, fingerprint, public_key FROM ssh_keys WHERE org_id = $1 AND name = $2",
    )
    .bind(org.to_string())
    .bind(name)
    .fetch_optional(act.db())
    .await?;
    row.map(|row| Ok((to_key(&row)?, row.text("public_key")?))).transpose()
}

/// Nobody adds to them until the act ends.
pub async fn count(act: &mut Act) -> Result<i64> {
    organization::store::hold(act).await?;
    let org = act.org()?;
    let row = sqlx::query("SELECT COUNT(*) AS n FROM ssh_keys WHERE org_id = $1")
        .bind(org.to_string())
        .fetch_one(act.db())
        .await?;
    row.int("n")
}

/// `false` when the name is taken.
pub async fn insert(act: &mut Act, name: &str, fingerprint: &str, line: &str) -> Result<bool> {
    let (org, project, now) = (act.org()?, act.project()?, act.now());
    let done = sqlx::query(
        "INSERT INTO ssh_keys (org_id, project_id, name, fingerprint, public_key, created_us) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (org_id, name) DO NOTHING",
    )
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(name)
    .bind(fingerprint)
    .bind(line)
    .bind(now.0)
    .execute(act.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn delete(act: &mut Act, name: &str) -> Result<bool> {
    let org = act.org()?;
    let done = sqlx::query("DELETE FROM ssh_keys WHERE org_id = $1 AND name = $2")
        .bind(org.to_string())
        .bind(name)
        .execute(act.db())
        .await?;
    Ok(done.rows_affected() == 1)
}
