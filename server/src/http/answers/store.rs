//! Rows of answers. Bodies are sealed: a new API key's secret stands in one.

use super::Scope;
use crate::{
    act::Act,
    db::{Columns, Connection},
    error::{Error, Result},
};
use domain::Timestamp;

pub struct Remembered {
    pub request_hash: String,
    pub body: String,
    pub keyed: bool,
}

/// Takes the scope. `false` when it is taken; on PostgreSQL this waits for who takes it just now.
pub async fn hold(act: &mut Act, scope: &Scope) -> Result<bool> {
    let (org, project, now) = (act.org()?, act.project()?, act.cloud.now());
    sqlx::query("DELETE FROM answers WHERE scope = $1 AND expires_us <= $2")
        .bind(&scope.name)
        .bind(now.0)
        .execute(act.db())
        .await?;
    let done = sqlx::query(
        "INSERT INTO answers (scope, org_id, project_id, request_hash, status, body_sealed, expires_us, keyed) \
         VALUES ($1, $2, $3, $4, 0, '', $5, $6) ON CONFLICT (scope) DO NOTHING",
    )
    .bind(&scope.name)
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(&scope.request_hash)
    .bind(scope.expires.0)
    .bind(i64::from(scope.keyed))
    .execute(act.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn fill(act: &mut Act, scope: &Scope, body: &str) -> Result<()> {
    let sealed = act.cloud.sealer.seal(&scope.name, body.as_bytes());
    sqlx::query(
        "UPDATE answers SET status = 200, body_sealed = $1 WHERE scope = $2 AND status = 0",
    )
    .bind(sealed)
    .bind(&scope.name)
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn read(act: &mut Act, scope: &Scope) -> Result<Option<Remembered>> {
    let row = sqlx::query(
        "SELECT request_hash, body_sealed, keyed FROM answers WHERE scope = $1 AND status > 0",
    )
    .bind(&scope.name)
    .fetch_optional(act.db())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let bytes = act.cloud.sealer.unseal(&scope.name, &row.text("body_sealed")?)?;
    let body = String::from_utf8(bytes).map_err(Error::internal)?;
    Ok(Some(Remembered {
        request_hash: row.text("request_hash")?,
        body,
        keyed: row.flag("keyed")?,
    }))
}

pub async fn delete_expired(db: &mut Connection, now: Timestamp) -> Result<u64> {
    let done =
        sqlx::query("DELETE FROM answers WHERE expires_us <= $1").bind(now.0).execute(db).await?;
    Ok(done.rows_affected())
}
