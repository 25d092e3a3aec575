//! Rows of roles, API keys and access tokens.

use crate::{
    act::Act,
    db::Columns,
    error::Result,
    principal::{Actor, Principal},
    sessions::store::principal,
};
use api::{AccessToken, ApiKey, IamRole};
use domain::{AccessTokenId, OrgId, RoleId, SessionId, Timestamp, UserId};
use sqlx::{AnyConnection, AnyPool, any::AnyRow};

const ROLE: &str = "id, name, description, editable, permissions, policy";

fn to_role(row: &AnyRow) -> Result<IamRole> {
    Ok(IamRole {
        id: row.parsed("id")?,
        name: row.text("name")?,
        description: Some(row.text("description")?).filter(|d| !d.is_empty()),
        editable: row.flag("editable")?,
        labels: None,
        permissions: Some(row.json("permissions")?),
        policy: Some(row.json("policy")?),
    })
}

pub async fn roles(pool: &AnyPool, org: OrgId) -> Result<Vec<IamRole>> {
    let sql =
        sqlx::AssertSqlSafe(format!("SELECT {ROLE} FROM roles WHERE org_id = $1 ORDER BY name"));
    let rows = sqlx::query(sql).bind(org.to_string()).fetch_all(pool).await?;
    rows.iter().map(to_role).collect()
}

pub async fn role(db: &mut AnyConnection, org: OrgId, id: RoleId) -> Result<Option<IamRole>> {
    let sql =
        sqlx::AssertSqlSafe(format!("SELECT {ROLE} FROM roles WHERE org_id = $1 AND id = $2"));
    let query = sqlx::query(sql).bind(org.to_string()).bind(id.to_string());
    query.fetch_optional(db).await?.as_ref().map(to_role).transpose()
}

const KEY: &str = "key, name, role_id, created_us, last_used_us";

fn to_key(row: &AnyRow) -> Result<ApiKey> {
    Ok(ApiKey {
        key: row.text("key")?,
        name: row.text("name")?,
        role_id: row.parsed("role_id")?,
        created_at: Some(row.time("created_us")?),
        last_used_at: row.maybe_time("last_used_us")?,
    })
}

pub async fn keys(pool: &AnyPool, org: OrgId) -> Result<Vec<ApiKey>> {
    let sql = format!("SELECT {KEY} FROM api_keys WHERE org_id = $1 ORDER BY created_us, key");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(org.to_string()).fetch_all(pool).await?;
    rows.iter().map(to_key).collect()
}

pub async fn key(db: &mut AnyConnection, org: OrgId, key: &str) -> Result<Option<ApiKey>> {
    let sql = format!("SELECT {KEY} FROM api_keys WHERE org_id = $1 AND key = $2");
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(org.to_string()).bind(key);
    query.fetch_optional(db).await?.as_ref().map(to_key).transpose()
}

pub async fn insert_key(
    act: &mut Act,
    key: &str,
    name: &str,
    role: RoleId,
    sealed: &str,
) -> Result<()> {
    let (org, project, now) = (act.org()?, act.project()?, act.now());
    sqlx::query(
        "INSERT INTO api_keys (key, org_id, project_id, role_id, name, secret_sealed, created_us) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(key)
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(role.to_string())
    .bind(name)
    .bind(sealed)
    .bind(now.0)
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn delete_key(act: &mut Act, key: &str) -> Result<bool> {
    let org = act.org()?;
    let done = sqlx::query("DELETE FROM api_keys WHERE org_id = $1 AND key = $2")
        .bind(org.to_string())
        .bind(key)
        .execute(act.db())
        .await?;
    Ok(done.rows_affected() > 0)
}

/// The principal of a key, and its sealed secret.
pub async fn principal_of_key(pool: &AnyPool, key: &str) -> Result<Option<(Principal, String)>> {
    let row = sqlx::query(
        "SELECT o.id AS org_id, o.name AS org_name, o.currency, o.policy AS org_policy, \
         r.id AS role_id, r.name AS role_name, r.policy AS role_policy, k.project_id, \
         k.name AS key_name, k.secret_sealed FROM api_keys k \
         JOIN organizations o ON o.id = k.org_id JOIN roles r ON r.id = k.role_id WHERE k.key = $1",
    )
    .bind(key)
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let actor = Actor::Key { key: key.to_owned(), name: row.text("key_name")? };
    Ok(Some((principal(&row, actor)?, row.text("secret_sealed")?)))
}

/// The principal of a person in an organization, who acted in a session.
pub async fn principal_of_member(
    pool: &AnyPool,
    org: OrgId,
    user: UserId,
    session: SessionId,
) -> Result<Option<Principal>> {
    let row = sqlx::query(
        "SELECT o.id AS org_id, o.name AS org_name, o.currency, o.policy AS org_policy, \
         r.id AS role_id, r.name AS role_name, r.policy AS role_policy, m.project_id, u.email \
         FROM memberships m JOIN users u ON u.id = m.user_id \
         JOIN organizations o ON o.id = m.org_id JOIN roles r ON r.id = m.role_id \
         WHERE m.org_id = $1 AND m.user_id = $2",
    )
    .bind(org.to_string())
    .bind(user.to_string())
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let actor = Actor::Session { user, email: row.text("email")?, session };
    principal(&row, actor).map(Some)
}

/// The principal of a personal access token.
pub async fn principal_of_token(
    pool: &AnyPool,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Principal>> {
    principal_of_token_where(pool, "t.token_hash", token_hash.to_owned(), now).await
}

/// The same, of a token that is known by its id.
pub async fn principal_of_token_id(
    pool: &AnyPool,
    id: AccessTokenId,
    now: Timestamp,
) -> Result<Option<Principal>> {
    principal_of_token_where(pool, "t.id", id.to_string(), now).await
}

async fn principal_of_token_where(
    pool: &AnyPool,
    column: &str,
    value: String,
    now: Timestamp,
) -> Result<Option<Principal>> {
    let sql = format!(
        "SELECT o.id AS org_id, o.name AS org_name, o.currency, o.policy AS org_policy, \
         r.id AS role_id, r.name AS role_name, r.policy AS role_policy, t.project_id, \
         t.id AS token_id, u.id AS user_id, u.email FROM access_tokens t \
         JOIN users u ON u.id = t.user_id JOIN organizations o ON o.id = t.org_id \
         JOIN memberships m ON m.user_id = t.user_id AND m.org_id = t.org_id \
         JOIN roles r ON r.id = t.role_id WHERE {column} = $1 AND t.expires_us > $2"
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(value).bind(now.0);
    let Some(row) = query.fetch_optional(pool).await? else { return Ok(None) };
    let actor = Actor::Token {
        user: row.parsed("user_id")?,
        email: row.text("email")?,
        token: row.parsed("token_id")?,
    };
    principal(&row, actor).map(Some)
}

pub async fn key_was_used(db: &mut AnyConnection, key: &str, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE api_keys SET last_used_us = $1 WHERE key = $2")
        .bind(at.0)
        .bind(key)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn token_was_used(
    db: &mut AnyConnection,
    id: AccessTokenId,
    at: Timestamp,
) -> Result<()> {
    sqlx::query("UPDATE access_tokens SET last_used_us = $1 WHERE id = $2")
        .bind(at.0)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

pub struct NewToken<'a> {
    pub id: AccessTokenId,
    pub user: UserId,
    pub role_id: RoleId,
    pub name: &'a str,
    pub hash: String,
    pub expires_at: Timestamp,
}

pub async fn insert_token(act: &mut Act, new: &NewToken<'_>) -> Result<()> {
    let (org, project, now) = (act.org()?, act.project()?, act.now());
    sqlx::query(
        "INSERT INTO access_tokens (id, org_id, project_id, user_id, role_id, name, token_hash, \
         created_us, expires_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.id.to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(new.user.to_string())
    .bind(new.role_id.to_string())
    .bind(new.name)
    .bind(&new.hash)
    .bind(now.0)
    .bind(new.expires_at.0)
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn count_tokens(act: &mut Act, user: UserId) -> Result<i64> {
    let org = act.org()?;
    let row =
        sqlx::query("SELECT COUNT(*) AS n FROM access_tokens WHERE org_id = $1 AND user_id = $2")
            .bind(org.to_string())
            .bind(user.to_string())
            .fetch_one(act.db())
            .await?;
    row.int("n")
}

pub async fn tokens(pool: &AnyPool, org: OrgId, user: UserId) -> Result<Vec<AccessToken>> {
    let rows = sqlx::query(
        "SELECT id, name, role_id, created_us, expires_us, last_used_us FROM access_tokens \
         WHERE org_id = $1 AND user_id = $2 ORDER BY created_us, id",
    )
    .bind(org.to_string())
    .bind(user.to_string())
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(AccessToken {
                id: row.parsed("id")?,
                name: row.text("name")?,
                role_id: row.parsed("role_id")?,
                created_at: row.time("created_us")?,
                expires_at: row.time("expires_us")?,
                last_used_at: row.maybe_time("last_used_us")?,
            })
        })
        .collect()
}

pub async fn delete_token(act: &mut Act, user: UserId, id: AccessTokenId) -> Result<bool> {
    let org = act.org()?;
    let done =
        sqlx::query("DELETE FROM access_tokens WHERE id = $1 AND org_id = $2 AND user_id = $3")
            .bind(id.to_string())
            .bind(org.to_string())
            .bind(user.to_string())
            .execute(act.db())
            .await?;
    Ok(done.rows_affected() > 0)
}
