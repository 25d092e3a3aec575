//! Rows of second factors and recovery codes.

use crate::{db::Columns, error::Result};
use domain::{Timestamp, UserId, assurance::SecondSteps};
use sqlx::{AnyConnection, AssertSqlSafe, any::AnyRow};

/// The columns of [`steps`], of the person `u`.
pub const STEPS: &str = "(SELECT COUNT(*) FROM second_factors f WHERE f.user_id = u.id \
     AND f.confirmed_us IS NOT NULL) AS by_app, \
     (SELECT COUNT(*) FROM passkeys k WHERE k.user_id = u.id) AS passkeys, \
     (SELECT COUNT(*) FROM identities i WHERE i.user_id = u.id AND i.two_step = 1) AS by_provider";

/// What somebody has to sign in with in two steps.
pub fn steps(row: &AnyRow) -> Result<SecondSteps> {
    Ok(SecondSteps {
        app: row.flag("by_app")?,
        passkey: row.int("passkeys")? > 0,
        provider: row.flag("by_provider")?,
    })
}

/// The same, of one person.
pub async fn steps_of(db: &mut AnyConnection, user: UserId) -> Result<SecondSteps> {
    let sql = format!("SELECT {STEPS} FROM users u WHERE u.id = $1");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(user.to_string());
    steps(&query.fetch_one(db).await?)
}

pub struct Factor {
    pub sealed: String,
    pub created: Timestamp,
    pub confirmed: Option<Timestamp>,
    pub last_step: i64,
}

pub async fn find(db: &mut AnyConnection, user: UserId) -> Result<Option<Factor>> {
    let row = sqlx::query(
        "SELECT secret_sealed, created_us, confirmed_us, last_step FROM second_factors \
         WHERE user_id = $1",
    )
    .bind(user.to_string())
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Factor {
            sealed: row.text("secret_sealed")?,
            created: row.time("created_us")?,
            confirmed: row.maybe_time("confirmed_us")?,
            last_step: row.int("last_step")?,
        })
    })
    .transpose()
}

/// Begins anew; not where one is confirmed.
pub async fn begin(
    db: &mut AnyConnection,
    user: UserId,
    sealed: &str,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO second_factors (user_id, secret_sealed, created_us) VALUES ($1, $2, $3) \
         ON CONFLICT (user_id) DO UPDATE SET secret_sealed = excluded.secret_sealed, \
         created_us = excluded.created_us WHERE second_factors.confirmed_us IS NULL",
    )
    .bind(user.to_string())
    .bind(sealed)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Turns on the one that was read.
pub async fn confirm(
    db: &mut AnyConnection,
    user: UserId,
    sealed: &str,
    step: i64,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE second_factors SET confirmed_us = $1, last_step = $2 \
         WHERE user_id = $3 AND secret_sealed = $4 AND confirmed_us IS NULL",
    )
    .bind(now.0)
    .bind(step)
    .bind(user.to_string())
    .bind(sealed)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Uses a step up, with all before it. Two who come with the same code: one of them.
pub async fn use_step(db: &mut AnyConnection, user: UserId, step: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE second_factors SET last_step = $1 WHERE user_id = $2 AND last_step < $1",
    )
    .bind(step)
    .bind(user.to_string())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn remove(db: &mut AnyConnection, user: UserId) -> Result<()> {
    for what in [
        "DELETE FROM recovery_codes WHERE user_id = $1",
        "DELETE FROM second_factors WHERE user_id = $1",
    ] {
        sqlx::query(what).bind(user.to_string()).execute(&mut *db).await?;
    }
    Ok(())
}

pub async fn replace_codes(db: &mut AnyConnection, user: UserId, digests: &[String]) -> Result<()> {
    sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1")
        .bind(user.to_string())
        .execute(&mut *db)
        .await?;
    for digest in digests {
        sqlx::query("INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)")
            .bind(user.to_string())
            .bind(digest)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

pub async fn use_code(
    db: &mut AnyConnection,
    user: UserId,
    digest: &str,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE recovery_codes SET used_us = $1 \
         WHERE user_id = $2 AND code_hash = $3 AND used_us IS NULL",
    )
    .bind(now.0)
    .bind(user.to_string())
    .bind(digest)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn codes_left(db: &mut AnyConnection, user: UserId) -> Result<i64> {
    sqlx::query("SELECT COUNT(*) AS n FROM recovery_codes WHERE user_id = $1 AND used_us IS NULL")
        .bind(user.to_string())
        .fetch_one(db)
        .await?
        .int("n")
}
