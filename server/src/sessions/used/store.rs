//! Rows of what was answered.

use crate::{db::Connection, error::Result};
use domain::Timestamp;

/// Notes that a sign-in was answered; `false` when it was before.
pub async fn use_up(db: &mut Connection, state_hash: &str, expires: Timestamp) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO used_sign_ins (state_hash, expires_us) VALUES ($1, $2) \
         ON CONFLICT (state_hash) DO NOTHING",
    )
    .bind(state_hash.to_owned())
    .bind(expires.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets what could not be answered any more anyway.
pub async fn forget(db: &mut Connection, now: Timestamp) -> Result<()> {
    let sql = "DELETE FROM used_sign_ins WHERE expires_us <= $1";
    sqlx::query(sql).bind(now.0).execute(db).await?;
    Ok(())
}
