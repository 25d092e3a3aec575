//! Rows of invitations: written, used up, and what becomes of them.

use crate::{
    act::Act,
    db::{Columns, Connection},
    error::Result,
};
use domain::{MemberId, OrgId, ProjectId, RoleId, Timestamp, format::Language};
use sqlx::{AssertSqlSafe, any::AnyRow};

pub struct NewInvitation<'a> {
    pub id: MemberId,
    pub email: &'a str,
    pub role: RoleId,
    pub language: Language,
    pub hash: String,
    pub expires: Timestamp,
}

pub async fn invite(act: &mut Act, new: &NewInvitation<'_>) -> Result<()> {
    let (org, project, now) = (act.org()?, act.project()?, act.now());
    sqlx::query(
        "INSERT INTO invitations (id, org_id, project_id, email, role_id, language, token_hash, \
         created_us, expires_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.id.to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(new.email.to_owned())
    .bind(new.role.to_string())
    .bind(new.language.as_str())
    .bind(new.hash.clone())
    .bind(now.0)
    .bind(new.expires.0)
    .execute(act.db())
    .await?;
    Ok(())
}

/// Another link; the one before opens nothing any more.
pub async fn renew(act: &mut Act, id: MemberId, hash: &str, expires: Timestamp) -> Result<()> {
    let org = act.org()?;
    sqlx::query(
        "UPDATE invitations SET token_hash = $1, expires_us = $2, version = version + 1 \
         WHERE org_id = $3 AND id = $4",
    )
    .bind(hash.to_owned())
    .bind(expires.0)
    .bind(org.to_string())
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

/// An invitation that can be accepted.
pub struct Invited {
    pub id: MemberId,
    pub org: OrgId,
    pub organization: String,
    pub email: String,
    pub expires: Timestamp,
    pub project: ProjectId,
    pub role: RoleId,
}

fn to_invited(row: &AnyRow) -> Result<Invited> {
    Ok(Invited {
        id: row.parsed("id")?,
        org: row.parsed("org_id")?,
        organization: row.text("org_name")?,
        email: row.text("email")?,
        expires: row.time("expires_us")?,
        project: row.parsed("project_id")?,
        role: row.parsed("role_id")?,
    })
}

const INVITED: &str = "id, org_id, project_id, email, role_id, expires_us, \
    (SELECT o.name FROM organizations o WHERE o.id = org_id) AS org_name";

pub async fn invitation(
    db: &mut Connection,
    hash: &str,
    now: Timestamp,
) -> Result<Option<Invited>> {
    let sql =
        format!("SELECT {INVITED} FROM invitations WHERE token_hash = $1 AND expires_us > $2");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(hash.to_owned()).bind(now.0);
    query.fetch_optional(db).await?.as_ref().map(to_invited).transpose()
}

/// The same as it is now, and it is used up.
pub async fn take(db: &mut Connection, hash: &str, now: Timestamp) -> Result<Option<Invited>> {
    let sql = format!(
        "DELETE FROM invitations WHERE token_hash = $1 AND expires_us > $2 RETURNING {INVITED}"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(hash.to_owned()).bind(now.0);
    query.fetch_optional(db).await?.as_ref().map(to_invited).transpose()
}
