//! Rows of access tokens, and whom they and sessions stand for.

use super::wider_tokens::{Beside, Whose};
use crate::{
    act::Act,
    db::Columns,
    error::Result,
    iam::access,
    principal::{Actor, Principal},
    sessions::{
        people::store::{DEMANDED, person},
        second_factor::store::STEPS,
    },
};
use api::AccessToken;
use domain::{AccessTokenId, OrgId, RoleId, SessionId, Timestamp, UserId, assurance::SecondSteps};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe};

/// The principal of a person in an organization, who acted in a session. When that is forgotten, it
/// counts as old as their membership.
pub async fn principal_of_member(
    pool: &AnyPool,
    org: OrgId,
    user: UserId,
    session: SessionId,
    now: Timestamp,
) -> Result<Option<Principal>> {
    let sql = format!(
        "SELECT o.id AS org_id, o.name AS org_name, o.currency, o.policy AS org_policy, \
         r.id AS role_id, r.name AS role_name, r.policy AS role_policy, m.project_id, \
         COALESCE(u.address, u.email) AS email, \
         COALESCE(s.created_us, m.created_us) AS credential_us, \
         {DEMANDED}, {STEPS} FROM memberships m JOIN users u ON u.id = m.user_id \
         JOIN organizations o ON o.id = m.org_id JOIN roles r ON r.id = m.role_id \
         LEFT JOIN sessions s ON s.id = $3 \
         WHERE m.org_id = $1 AND m.user_id = $2"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(user.to_string());
    let row = query.bind(session.to_string()).fetch_optional(pool).await?;
    let Some(row) = row else { return Ok(None) };
    let actor = Actor::Session { user, email: row.text("email")?, session };
    let principal = person(&row, actor, SecondSteps::any).await?;
    access::granted::store::with_grants(principal, pool, now).await.map(Some)
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
         t.id AS token_id, t.created_us AS credential_us, u.id AS user_id, \
         COALESCE(u.address, u.email) AS email, {DEMANDED}, {STEPS} \
         FROM access_tokens t \
         JOIN users u ON u.id = t.user_id JOIN organizations o ON o.id = t.org_id \
         JOIN memberships m ON m.user_id = t.user_id AND m.org_id = t.org_id \
         JOIN roles r ON r.id = t.role_id WHERE {column} = $1 AND t.expires_us > $2"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(value).bind(now.0);
    let Some(row) = query.fetch_optional(pool).await? else { return Ok(None) };
    let actor = Actor::Token {
        user: row.parsed("user_id")?,
        email: row.text("email")?,
        token: row.parsed("token_id")?,
    };
    let principal = person(&row, actor, SecondSteps::any).await?;
    access::granted::store::with_grants(principal, pool, now).await.map(Some)
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

/// Tokens that have not ended, by person and role, where the two roles differ.
pub async fn tokens_beside(act: &mut Act, whose: Whose) -> Result<Vec<Beside>> {
    let (which, id) = match whose {
        Whose::Person(user) => ("t.user_id = $3", user.to_string()),
        Whose::Role(role) => ("(t.role_id = $3 OR m.role_id = $3)", role.to_string()),
    };
    let (org, now) = (act.org()?, act.now());
    let sql = format!(
        "SELECT DISTINCT t.user_id, t.role_id AS of_token, m.role_id AS of_person \
         FROM access_tokens t JOIN memberships m ON m.org_id = t.org_id AND m.user_id = t.user_id \
         WHERE t.org_id = $1 AND t.expires_us > $2 AND t.role_id <> m.role_id AND {which}"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(now.0).bind(id);
    let rows = query.fetch_all(act.db()).await?;
    rows.iter()
        .map(|row| {
            Ok(Beside {
                user: row.parsed("user_id")?,
                role_of_token: row.parsed("of_token")?,
                role_of_person: row.parsed("of_person")?,
            })
        })
        .collect()
}

/// Ends somebody's tokens of one role; says how many.
pub async fn end_tokens(act: &mut Act, tokens: &Beside) -> Result<u64> {
    let (org, now) = (act.org()?, act.now());
    let done = sqlx::query(
        "DELETE FROM access_tokens WHERE org_id = $1 AND user_id = $2 AND role_id = $3 \
         AND expires_us > $4",
    )
    .bind(org.to_string())
    .bind(tokens.user.to_string())
    .bind(tokens.role_of_token.to_string())
    .bind(now.0)
    .execute(act.db())
    .await?;
    Ok(done.rows_affected())
}
