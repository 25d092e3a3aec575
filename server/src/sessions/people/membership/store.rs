//! Rows of memberships, and whose they are.

use super::Membership;
use crate::{
    db::{Columns, Connection},
    error::Result,
};
use domain::{OrgId, Timestamp, UserId, realm::Realm};

pub async fn insert(db: &mut Connection, new: &Membership, now: Timestamp) -> Result<()> {
    sqlx::query(
        "INSERT INTO memberships (id, org_id, project_id, user_id, role_id, created_us) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(new.id.to_string())
    .bind(new.org.to_string())
    .bind(new.project.to_string())
    .bind(new.user.to_string())
    .bind(new.role.to_string())
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn realm_of(db: &mut Connection, org: OrgId) -> Result<Realm> {
    let query = sqlx::query("SELECT realm FROM organizations WHERE id = $1").bind(org.to_string());
    query.fetch_one(db).await?.parsed("realm")
}

/// Another realm that somebody is in.
pub async fn other_realm(db: &mut Connection, user: UserId, than: Realm) -> Result<Option<Realm>> {
    let row = sqlx::query(
        "SELECT o.realm FROM memberships m JOIN organizations o ON o.id = m.org_id \
         WHERE m.user_id = $1 AND o.realm <> $2 LIMIT 1",
    )
    .bind(user.to_string())
    .bind(than.as_str())
    .fetch_optional(db)
    .await?;
    row.map(|row| row.parsed("realm")).transpose()
}
