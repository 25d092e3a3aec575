//! Rows of API keys, and whom they stand for.

use crate::{
    act::Act,
    db::{Columns, Connection},
    error::Result,
    principal::{Actor, Principal},
    sessions::store::principal,
};
use api::ApiKey;
use domain::{AccessTokenId, OrgId, ProjectId, RoleId, Timestamp, UserId};
use sqlx::{AnyPool, AssertSqlSafe, any::AnyRow};

const KEY: &str = "key, name, role_id, created_us, last_used_us, expires_us, assumed_by";

fn to_key(row: &AnyRow) -> Result<ApiKey> {
    Ok(ApiKey {
        key: row.text("key")?,
        name: row.text("name")?,
        role_id: row.parsed("role_id")?,
        created_at: Some(row.time("created_us")?),
        last_used_at: row.maybe_time("last_used_us")?,
        expires_at: row.maybe_time("expires_us")?,
        assumed_by: Some(row.text("assumed_by")?).filter(|by| !by.is_empty()),
    })
}

/// Those that have not ended.
pub async fn list(pool: &AnyPool, org: OrgId, now: Timestamp) -> Result<Vec<ApiKey>> {
    let sql = format!(
        "SELECT {KEY} FROM api_keys WHERE org_id = $1 \
         AND (expires_us IS NULL OR expires_us > $2) ORDER BY created_us, key"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(now.0);
    query.fetch_all(pool).await?.iter().map(to_key).collect()
}

pub async fn get(
    db: &mut Connection,
    org: OrgId,
    key: &str,
    now: Timestamp,
) -> Result<Option<ApiKey>> {
    let sql = format!(
        "SELECT {KEY} FROM api_keys WHERE org_id = $1 AND key = $2 \
         AND (expires_us IS NULL OR expires_us > $3)"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(key).bind(now.0);
    query.fetch_optional(db).await?.as_ref().map(to_key).transpose()
}

/// A key that is about to be made.
pub struct NewKey<'a> {
    pub name: &'a str,
    pub role: RoleId,
    pub expires: Option<Timestamp>,
    /// Who assumed its role.
    pub assumed: Option<Assumed>,
}

/// Who assumed a role, as people read it, and what the key ends with.
#[derive(Default)]
pub struct Assumed {
    pub by: String,
    pub user: Option<UserId>,
    pub token: Option<AccessTokenId>,
    pub key: Option<String>,
}

pub async fn insert(act: &mut Act, key: &str, new: &NewKey<'_>, sealed: &str) -> Result<()> {
    let (org, project, now) = (act.org()?, act.project()?, act.now());
    let none = Assumed::default();
    let assumed = new.assumed.as_ref().unwrap_or(&none);
    sqlx::query(
        "INSERT INTO api_keys (key, org_id, project_id, role_id, name, secret_sealed, created_us, \
         expires_us, assumed_by, by_user, by_token, by_key) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(key)
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(new.role.to_string())
    .bind(new.name)
    .bind(sealed)
    .bind(now.0)
    .bind(new.expires.map(|at| at.0))
    .bind(assumed.by.clone())
    .bind(assumed.user.map(|id| id.to_string()))
    .bind(assumed.token.map(|id| id.to_string()))
    .bind(assumed.key.clone())
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn delete(act: &mut Act, key: &str) -> Result<bool> {
    let org = act.org()?;
    let done = sqlx::query("DELETE FROM api_keys WHERE org_id = $1 AND key = $2")
        .bind(org.to_string())
        .bind(key)
        .execute(act.db())
        .await?;
    Ok(done.rows_affected() > 0)
}

pub async fn end_at(act: &mut Act, key: &str, at: Timestamp) -> Result<()> {
    let org = act.org()?;
    sqlx::query(
        "UPDATE api_keys SET expires_us = $1, version = version + 1 WHERE org_id = $2 AND key = $3",
    )
    .bind(at.0)
    .bind(org.to_string())
    .bind(key)
    .execute(act.db())
    .await?;
    Ok(())
}

/// A key that has ended, and is still there.
pub struct Ended {
    pub key: String,
    pub name: String,
    pub org: OrgId,
    pub project: ProjectId,
}

pub async fn ended(pool: &AnyPool, now: Timestamp, most: i64) -> Result<Vec<Ended>> {
    let rows = sqlx::query(
        "SELECT key, name, org_id, project_id FROM api_keys WHERE assumed_by = '' \
         AND expires_us <= $1 ORDER BY expires_us, key LIMIT $2",
    )
    .bind(now.0)
    .bind(most)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Ended {
                key: row.text("key")?,
                name: row.text("name")?,
                org: row.parsed("org_id")?,
                project: row.parsed("project_id")?,
            })
        })
        .collect()
}

/// Keys of roles that are assumed now.
pub async fn count_assumed(act: &mut Act) -> Result<i64> {
    let (org, now) = (act.org()?, act.now());
    sqlx::query(
        "SELECT COUNT(*) AS n FROM api_keys WHERE org_id = $1 AND assumed_by <> '' \
         AND expires_us > $2",
    )
    .bind(org.to_string())
    .bind(now.0)
    .fetch_one(act.db())
    .await?
    .int("n")
}

/// The principal of a key that has not ended, and its sealed secret. One that was made by assuming a
/// role lives no longer than what it was made with.
pub async fn principal_of_key(
    pool: &AnyPool,
    key: &str,
    now: Timestamp,
) -> Result<Option<(Principal, String)>> {
    let row = sqlx::query(
        "SELECT o.id AS org_id, o.name AS org_name, o.currency, o.policy AS org_policy, \
         r.id AS role_id, r.name AS role_name, r.policy AS role_policy, k.project_id, \
         k.name AS key_name, k.secret_sealed, k.created_us AS credential_us, k.expires_us, \
         k.assumed_by FROM api_keys k \
         JOIN organizations o ON o.id = k.org_id JOIN roles r ON r.id = k.role_id \
         LEFT JOIN memberships m ON m.org_id = k.org_id AND m.user_id = k.by_user \
         LEFT JOIN access_tokens t ON t.id = k.by_token AND t.expires_us > $2 \
         LEFT JOIN api_keys b ON b.key = k.by_key AND (b.expires_us IS NULL OR b.expires_us > $2) \
         WHERE k.key = $1 AND (k.expires_us IS NULL OR k.expires_us > $2) \
         AND (k.by_user IS NULL OR m.user_id IS NOT NULL) \
         AND (k.by_token IS NULL OR t.id IS NOT NULL) \
         AND (k.by_key IS NULL OR b.key IS NOT NULL)",
    )
    .bind(key)
    .bind(now.0)
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let assumed_by = Some(row.text("assumed_by")?).filter(|by| !by.is_empty());
    let actor = Actor::Key { key: key.to_owned(), name: row.text("key_name")?, assumed_by };
    let of_key = principal(&row, actor).await?;
    let of_key = Principal { expires: row.maybe_time("expires_us")?, ..of_key };
    Ok(Some((of_key, row.text("secret_sealed")?)))
}

pub async fn key_was_used(db: &mut Connection, key: &str, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE api_keys SET last_used_us = $1 WHERE key = $2")
        .bind(at.0)
        .bind(key)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets keys of roles that were assumed, and are not any more.
pub async fn delete_ended(db: &mut Connection, now: Timestamp) -> Result<()> {
    sqlx::query("DELETE FROM api_keys WHERE assumed_by <> '' AND expires_us <= $1")
        .bind(now.0)
        .execute(db)
        .await?;
    Ok(())
}
