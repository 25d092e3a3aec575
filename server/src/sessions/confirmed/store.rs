//! The time until which a session counts as confirmed.

use crate::error::Result;
use domain::{SessionId, Timestamp};
use sqlx::AnyConnection;

/// Confirms a session and gives it another token, if nobody did since it was looked at.
pub async fn confirm(
    db: &mut AnyConnection,
    session: SessionId,
    was_until: Timestamp,
    until: Timestamp,
    token_hash: &str,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE sessions SET confirmed_until_us = $1, token_hash = $2 \
         WHERE id = $3 AND confirmed_until_us = $4",
    )
    .bind(until.0)
    .bind(token_hash)
    .bind(session.to_string())
    .bind(was_until.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
