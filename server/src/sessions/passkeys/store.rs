//! Rows of passkeys.

use crate::{
    db::Columns,
    error::{Error, Result},
};
use domain::{PasskeyId, Timestamp, UserId};
use sqlx::{AnyConnection, AnyPool};
use webauthn_rs::prelude::Passkey;

/// A passkey that signs somebody in.
pub struct Found {
    pub id: PasskeyId,
    pub user: UserId,
    pub passkey: Passkey,
}

pub async fn list(pool: &AnyPool, user: UserId) -> Result<Vec<api::Passkey>> {
    let rows = sqlx::query(
        "SELECT id, name, created_us, last_used_us FROM passkeys WHERE user_id = $1 \
         ORDER BY created_us, id",
    )
    .bind(user.to_string())
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(api::Passkey {
                id: row.parsed("id")?,
                name: row.text("name")?,
                created_at: row.time("created_us")?,
                last_used_at: row.maybe_time("last_used_us")?,
            })
        })
        .collect()
}

/// What the devices of somebody call their passkeys.
pub async fn of(db: &mut AnyConnection, user: UserId) -> Result<Vec<Passkey>> {
    let rows = sqlx::query("SELECT credential FROM passkeys WHERE user_id = $1 ORDER BY id")
        .bind(user.to_string())
        .fetch_all(db)
        .await?;
    rows.iter().map(|row| read(&row.text("credential")?)).collect()
}

pub async fn by_credential(db: &mut AnyConnection, credential: &str) -> Result<Option<Found>> {
    let row = sqlx::query("SELECT id, user_id, credential FROM passkeys WHERE credential_id = $1")
        .bind(credential)
        .fetch_optional(db)
        .await?;
    row.map(|row| {
        Ok(Found {
            id: row.parsed("id")?,
            user: row.parsed("user_id")?,
            passkey: read(&row.text("credential")?)?,
        })
    })
    .transpose()
}

/// Keeps a new one. `false` when there is that credential already.
pub async fn insert(
    db: &mut AnyConnection,
    user: UserId,
    new: &api::Passkey,
    credential: &str,
    passkey: &Passkey,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO passkeys (id, user_id, name, credential_id, credential, created_us) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential_id) DO NOTHING",
    )
    .bind(new.id.to_string())
    .bind(user.to_string())
    .bind(&new.name)
    .bind(credential)
    .bind(written(passkey)?)
    .bind(new.created_at.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// It signed somebody in; its counter may have moved on.
pub async fn used(db: &mut AnyConnection, found: &Found, now: Timestamp) -> Result<()> {
    sqlx::query("UPDATE passkeys SET credential = $1, last_used_us = $2 WHERE id = $3")
        .bind(written(&found.passkey)?)
        .bind(now.0)
        .bind(found.id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn delete(db: &mut AnyConnection, user: UserId, id: PasskeyId) -> Result<Option<String>> {
    let row = sqlx::query("DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING name")
        .bind(id.to_string())
        .bind(user.to_string())
        .fetch_optional(db)
        .await?;
    row.map(|row| row.text("name")).transpose()
}

pub async fn delete_all(db: &mut AnyConnection, user: UserId) -> Result<()> {
    let query = sqlx::query("DELETE FROM passkeys WHERE user_id = $1").bind(user.to_string());
    query.execute(db).await?;
    Ok(())
}

fn read(text: &str) -> Result<Passkey> {
    serde_json::from_str(text).map_err(Error::internal)
}

fn written(passkey: &Passkey) -> Result<String> {
    serde_json::to_string(passkey).map_err(Error::internal)
}
