//! Rows of mail on its way.

use crate::{
    act::Act,
    db::{Columns, Connection, Pool},
    error::Result,
};
use domain::Timestamp;

pub struct Queued {
    pub id: String,
    pub sealed: String,
    pub attempts: i64,
}

/// How many mails went to an address since then, and how many the organization had sent.
pub async fn counts(act: &mut Act, address: &str, since: Timestamp) -> Result<(i64, i64)> {
    let org = act.org()?;
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM mails WHERE address = $1 AND created_us > $2) AS to_address, \
         (SELECT COUNT(*) FROM mails WHERE org_id = $3 AND created_us > $2) AS of_org",
    )
    .bind(address.to_owned())
    .bind(since.0)
    .bind(org.to_string())
    .fetch_one(act.db())
    .await?;
    Ok((row.int("to_address")?, row.int("of_org")?))
}

pub async fn insert(act: &mut Act, id: &str, address: &str, sealed: &str) -> Result<()> {
    let (org, now) = (act.org()?, act.now());
    sqlx::query(
        "INSERT INTO mails (id, org_id, address, sealed, created_us, next_us) \
         VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(id.to_owned())
    .bind(org.to_string())
    .bind(address.to_owned())
    .bind(sealed.to_owned())
    .bind(now.0)
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn due(pool: &Pool, now: Timestamp, most: i64) -> Result<Vec<Queued>> {
    let rows = sqlx::query(
        "SELECT id, sealed, attempts FROM mails WHERE ended_us IS NULL AND next_us <= $1 \
         ORDER BY next_us, id LIMIT $2",
    )
    .bind(now.0)
    .bind(most)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            let (id, sealed) = (row.text("id")?, row.text("sealed")?);
            Ok(Queued { id, sealed, attempts: row.int("attempts")? })
        })
        .collect()
}

/// Takes a mail for this process. `false` when another was faster.
pub async fn claim(db: &mut Connection, one: &Queued, next: Timestamp) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE mails SET attempts = attempts + 1, next_us = $1 \
         WHERE id = $2 AND attempts = $3 AND ended_us IS NULL",
    )
    .bind(next.0)
    .bind(one.id.clone())
    .bind(one.attempts)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// It was sent or given up; what it said is forgotten.
pub async fn end(db: &mut Connection, id: &str, now: Timestamp) -> Result<()> {
    sqlx::query("UPDATE mails SET ended_us = $1, sealed = '' WHERE id = $2")
        .bind(now.0)
        .bind(id.to_owned())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn delete_ended(db: &mut Connection, before: Timestamp) -> Result<()> {
    sqlx::query("DELETE FROM mails WHERE ended_us <= $1").bind(before.0).execute(db).await?;
    Ok(())
}
