//! Rows of sessions and sign-in links.

use crate::{
    db::Columns,
    error::{Error, Result},
    iam::{access, policies::Ready},
    principal::{Actor, Principal, Role},
    sessions::{
        people::store::{DEMANDED, person},
        second_factor::store::STEPS,
    },
};
use domain::{OrgId, SessionId, Timestamp, UserId};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, any::AnyRow};
use std::sync::Arc;

pub struct NewSession {
    pub id: SessionId,
    pub user: UserId,
    pub org: OrgId,
    pub token_hash: String,
    pub now: Timestamp,
    pub expires: Timestamp,
    pub confirmed_until: Timestamp,
    pub source_ip: Option<String>,
    pub user_agent: Option<String>,
    /// Whether two steps began it.
    pub two_step: bool,
}

pub async fn insert(db: &mut AnyConnection, new: &NewSession) -> Result<()> {
    sqlx::query(
        "INSERT INTO sessions (id, user_id, org_id, token_hash, created_us, last_seen_us, \
         expires_us, confirmed_until_us, source_ip, user_agent, two_step) \
         VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10)",
    )
    .bind(new.id.to_string())
    .bind(new.user.to_string())
    .bind(new.org.to_string())
    .bind(&new.token_hash)
    .bind(new.now.0)
    .bind(new.expires.0)
    .bind(new.confirmed_until.0)
    .bind(&new.source_ip)
    .bind(&new.user_agent)
    .bind(i64::from(new.two_step))
    .execute(db)
    .await?;
    Ok(())
}

/// The principal of a row that has the columns of organization, role, project and credential.
pub async fn principal(row: &AnyRow, actor: Actor) -> Result<Principal> {
    Ok(Principal {
        org: row.parsed("org_id")?,
        project: row.parsed("project_id")?,
        org_name: row.text("org_name")?,
        currency: row.parsed("currency")?,
        org_policy: Ready::stored(&row.text("org_policy")?).await?,
        role: Role {
            id: row.parsed("role_id")?,
            name: row.text("role_name")?,
            policy: Ready::stored(&row.text("role_policy")?).await?,
        },
        grants: Arc::default(),
        actor,
        credential_created: row.time("credential_us")?,
        expires: None,
        two_steps: false,
        second_factor_missing: false,
        confirmed_until: Timestamp(0),
    })
}

/// The principal of a living session. Its last use is written at most once a minute, elsewhere. One
/// that a provider began in one step is over where two are demanded: only the provider can ask again.
pub async fn principal_of_session(
    db: &mut AnyConnection,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Principal>> {
    let sql = format!(
        "SELECT o.id AS org_id, o.name AS org_name, o.currency, o.policy AS org_policy, \
         r.id AS role_id, r.name AS role_name, r.policy AS role_policy, m.project_id, \
         s.id AS session_id, s.created_us AS credential_us, s.confirmed_until_us, \
         u.id AS user_id, COALESCE(u.address, u.email) AS email, \
         s.two_step, {DEMANDED}, {STEPS} FROM sessions s \
         JOIN users u ON u.id = s.user_id JOIN organizations o ON o.id = s.org_id \
         JOIN memberships m ON m.user_id = s.user_id AND m.org_id = s.org_id \
         JOIN roles r ON r.id = m.role_id \
         WHERE s.token_hash = $1 AND s.expires_us > $2 AND s.last_seen_us > $3 \
         AND (s.single_sign_on = 0 OR s.two_step = 1 OR o.second_factor_required = 0)"
    );
    let query = sqlx::query(AssertSqlSafe(sql));
    let query = query.bind(token_hash).bind(now.0).bind(now.minus(super::IDLE).0);
    let Some(row) = query.fetch_optional(&mut *db).await? else { return Ok(None) };
    let actor = Actor::Session {
        user: row.parsed("user_id")?,
        email: row.text("email")?,
        session: row.parsed("session_id")?,
    };
    let began = row.flag("two_step")?;
    let mut principal = person(&row, actor, |steps| steps.shown(began)).await?;
    principal.confirmed_until = row.time("confirmed_until_us")?;
    access::granted::store::with_grants(principal, db, now).await.map(Some)
}

/// Its person has shown more than it was begun with, or has nothing left that it could have shown.
pub async fn set_two_steps(
    db: &mut AnyConnection,
    session: SessionId,
    two_steps: bool,
) -> Result<()> {
    sqlx::query("UPDATE sessions SET two_step = $1 WHERE id = $2")
        .bind(i64::from(two_steps))
        .bind(session.to_string())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn touch(db: &mut AnyConnection, session: SessionId, now: Timestamp) -> Result<()> {
    sqlx::query("UPDATE sessions SET last_seen_us = $1 WHERE id = $2 AND last_seen_us < $1")
        .bind(now.0)
        .bind(session.to_string())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn list(
    db: &mut AnyConnection,
    user: UserId,
    current: Option<SessionId>,
    now: Timestamp,
) -> Result<Vec<api::Session>> {
    let rows = sqlx::query(
        "SELECT id, created_us, last_seen_us, expires_us, confirmed_until_us, source_ip, user_agent, \
         single_sign_on FROM sessions WHERE user_id = $1 AND expires_us > $2 AND last_seen_us > $3 \
         ORDER BY last_seen_us DESC",
    )
    .bind(user.to_string())
    .bind(now.0)
    .bind(now.minus(super::IDLE).0)
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let id = row.parsed("id")?;
            Ok(api::Session {
                id,
                current: Some(id) == current,
                created_at: row.time("created_us")?,
                last_seen_at: row.time("last_seen_us")?,
                expires_at: row.time("expires_us")?,
                confirmed_until: row.time("confirmed_until_us")?,
                source_ip: row.maybe_text("source_ip")?,
                user_agent: row.maybe_text("user_agent")?,
                single_sign_on: row.flag("single_sign_on")?,
            })
        })
        .collect()
}

pub async fn delete(db: &mut AnyConnection, user: UserId, id: SessionId) -> Result<bool> {
    let done = sqlx::query("DELETE FROM sessions WHERE id = $1 AND user_id = $2")
        .bind(id.to_string())
        .bind(user.to_string())
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

pub async fn delete_by_token(db: &mut AnyConnection, token_hash: &str) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(db).await?;
    Ok(())
}

pub async fn delete_others(
    db: &mut AnyConnection,
    user: UserId,
    keep: Option<SessionId>,
) -> Result<()> {
    let keep = keep.map_or_else(String::new, |k| k.to_string());
    sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND id <> $2")
        .bind(user.to_string())
        .bind(keep)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn delete_expired(db: &mut AnyConnection, now: Timestamp) -> Result<u64> {
    let done = sqlx::query("DELETE FROM sessions WHERE expires_us <= $1 OR last_seen_us <= $2")
        .bind(now.0)
        .bind(now.minus(super::IDLE).0)
        .execute(db)
        .await?;
    Ok(done.rows_affected())
}

pub async fn switch(
    db: &mut AnyConnection,
    session: SessionId,
    org: OrgId,
    token_hash: &str,
) -> Result<()> {
    sqlx::query("UPDATE sessions SET org_id = $1, token_hash = $2 WHERE id = $3")
        .bind(org.to_string())
        .bind(token_hash)
        .bind(session.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// What a link is for.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// The operator made it.
    SignIn,
    /// It was mailed to somebody who asked for a new password.
    Reset,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Purpose::SignIn => "sign-in",
            Purpose::Reset => "reset",
        }
    }
}

pub async fn insert_link(
    db: &mut AnyConnection,
    token_hash: &str,
    purpose: Purpose,
    user: UserId,
    org: OrgId,
    expires: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO sign_in_links (token_hash, purpose, user_id, org_id, expires_us) \
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(token_hash)
    .bind(purpose.as_str())
    .bind(user.to_string())
    .bind(org.to_string())
    .bind(expires.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Uses a link up. `None` when it is not one that can be used.
pub async fn use_link(
    db: &mut AnyConnection,
    token_hash: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<(UserId, OrgId)>> {
    let row = sqlx::query(
        "UPDATE sign_in_links SET used_us = $1 WHERE token_hash = $2 AND used_us IS NULL \
         AND expires_us > $1 AND purpose = $3 RETURNING user_id, org_id",
    )
    .bind(now.0)
    .bind(token_hash)
    .bind(purpose.as_str())
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok::<_, Error>((row.parsed("user_id")?, row.parsed("org_id")?))).transpose()
}

/// Links that reset a password end when it was changed.
pub async fn delete_reset_links(db: &mut AnyConnection, user: UserId) -> Result<()> {
    sqlx::query("DELETE FROM sign_in_links WHERE user_id = $1 AND purpose = $2")
        .bind(user.to_string())
        .bind(Purpose::Reset.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// Whether a session goes on.
pub async fn lives(pool: &AnyPool, session: SessionId, now: Timestamp) -> Result<bool> {
    let row = sqlx::query(
        "SELECT id FROM sessions WHERE id = $1 AND expires_us > $2 AND last_seen_us > $3",
    )
    .bind(session.to_string())
    .bind(now.0)
    .bind(now.minus(super::IDLE).0)
    .fetch_optional(pool)
    .await?;
    Ok(row.is_some())
}
