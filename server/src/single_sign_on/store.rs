//! Rows of who comes by a provider.

use crate::{act::Act, db::Columns, error::Result, identity_providers::store::Row};
use domain::{
    MemberId, RoleId, SessionId, UserId,
    single_sign_on::{SESSION_LIFETIME, claims::Identity},
};

/// Who an identity is here.
pub async fn known(act: &mut Act, row: &Row, subject: &str) -> Result<Option<UserId>> {
    let found = sqlx::query(
        "SELECT user_id FROM identities WHERE org_id = $1 AND issuer = $2 AND subject = $3",
    )
    .bind(row.org.to_string())
    .bind(row.issuer.clone())
    .bind(subject.to_owned())
    .fetch_optional(act.db())
    .await?;
    found.map(|found| found.parsed("user_id")).transpose()
}

/// Somebody's membership of the provider's organization.
pub struct Membership {
    pub id: MemberId,
    pub role: RoleId,
}

pub async fn membership(act: &mut Act, row: &Row, user: UserId) -> Result<Option<Membership>> {
    let found =
        sqlx::query("SELECT id, role_id FROM memberships WHERE org_id = $1 AND user_id = $2")
            .bind(row.org.to_string())
            .bind(user.to_string())
            .fetch_optional(act.db())
            .await?;
    let read = |found: sqlx::any::AnyRow| {
        Ok(Membership { id: found.parsed("id")?, role: found.parsed("role_id")? })
    };
    found.map(read).transpose()
}

/// Whether somebody else of the organization has this address, or was invited by it.
pub async fn is_taken(act: &mut Act, row: &Row, email: &str, but: Option<UserId>) -> Result<bool> {
    let found = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM memberships m JOIN users u ON u.id = m.user_id \
         WHERE m.org_id = $1 AND COALESCE(u.address, u.email) = $2 AND u.id <> $3) + (SELECT COUNT(*) FROM invitations \
         WHERE org_id = $1 AND email = $2) AS n",
    )
    .bind(row.org.to_string())
    .bind(email.to_owned())
    .bind(but.map_or_else(String::new, |user| user.to_string()))
    .fetch_one(act.db())
    .await?;
    Ok(found.int("n")? > 0)
}

/// A person of their own, known by what the provider calls them.
pub async fn make(
    act: &mut Act,
    row: &Row,
    identity: &Identity,
    (user, email): (UserId, &str),
) -> Result<()> {
    let now = act.now();
    sqlx::query("INSERT INTO users (id, email, address, created_us) VALUES ($1, $1, $2, $3)")
        .bind(user.to_string())
        .bind(email.to_owned())
        .bind(now.0)
        .execute(act.db())
        .await?;
    sqlx::query(
        "INSERT INTO identities (org_id, project_id, issuer, subject, user_id, two_step, created_us) \
         VALUES ($1, $2, $3, $4, $5, 0, $6)",
    )
    .bind(row.org.to_string())
    .bind(row.project.to_string())
    .bind(row.issuer.clone())
    .bind(identity.subject.clone())
    .bind(user.to_string())
    .bind(now.0)
    .execute(act.db())
    .await?;
    Ok(())
}

/// What the provider said of them this time.
pub async fn seen(act: &mut Act, user: UserId, email: &str, two_step: bool) -> Result<()> {
    sqlx::query("UPDATE users SET address = $1 WHERE id = $2")
        .bind(email.to_owned())
        .bind(user.to_string())
        .execute(act.db())
        .await?;
    sqlx::query("UPDATE identities SET two_step = $1, shut_out = 0 WHERE user_id = $2")
        .bind(i64::from(two_step))
        .bind(user.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

/// Says of a session that a provider began it.
pub async fn mark(act: &mut Act, session: SessionId, two_step: bool) -> Result<()> {
    let expires = act.now().plus(SESSION_LIFETIME);
    sqlx::query(
        "UPDATE sessions SET single_sign_on = 1, two_step = $1, expires_us = $2 WHERE id = $3",
    )
    .bind(i64::from(two_step))
    .bind(expires.0)
    .bind(session.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

/// Ends the sessions and access tokens of whom a provider gives nothing any more, and notes that it does.
pub async fn shut_out(act: &mut Act, user: UserId) -> Result<()> {
    let org = act.org()?;
    for sql in [
        "UPDATE identities SET shut_out = 1 WHERE org_id = $1 AND user_id = $2",
        "DELETE FROM sessions WHERE org_id = $1 AND user_id = $2",
        "DELETE FROM access_tokens WHERE org_id = $1 AND user_id = $2",
    ] {
        sqlx::query(sql).bind(org.to_string()).bind(user.to_string()).execute(act.db()).await?;
    }
    Ok(())
}
