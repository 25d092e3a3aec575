//! Rows of versions: begun with the database, dated with each commit, compared with what there is.

use super::{
    ddl::{self, ENDING, OPEN},
    tables::{Column, RECORDED, Table},
};
use crate::{
    db::{Columns, Connection, Dialect, Pool},
    error::Result,
    housekeeping::Housekeeping,
};
use domain::Timestamp;
use sqlx::AssertSqlSafe;
use std::time::Duration;

/// Whoever has it is the only one that prepares a PostgreSQL database.
const PREPARING: i64 = 0x7061_7374;

/// What the recorded tables look like, and the columns of `usage_intervals`.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    recorded: Vec<Table>,
    usage: Vec<Column>,
}

impl Tables {
    pub fn recorded(&self) -> &[Table] {
        &self.recorded
    }

    /// The views that stand before the tables on a connection that reads an instant.
    pub fn views(&self, dialect: Dialect) -> String {
        let usage = ddl::usage(dialect, &self.usage);
        let views = self.recorded.iter().map(|table| ddl::view(dialect, table));
        views.chain([usage]).collect()
    }
}

/// Sees to it that the triggers fit the tables. What no version says yet, or says otherwise, becomes one.
pub async fn prepare(db: &mut Connection, dialect: Dialect, now: Timestamp) -> Result<Tables> {
    if dialect == Dialect::Postgres {
        let lock = format!("SELECT 1 AS one FROM pg_advisory_xact_lock({PREPARING})");
        sqlx::query(AssertSqlSafe(lock)).fetch_one(&mut *db).await?;
    }
    let mut tables = Tables::default();
    for recorded in &RECORDED {
        let table = Table { recorded, columns: columns(db, dialect, recorded.name).await? };
        let triggers = ddl::triggers(dialect, &table);
        let known = sqlx::query("SELECT triggers FROM recorded_tables WHERE name = $1")
            .bind(recorded.name)
            .fetch_optional(&mut *db)
            .await?;
        let known = known.map(|row| row.text("triggers")).transpose()?;
        if known.as_ref() != Some(&triggers) {
            if dialect == Dialect::Postgres {
                sqlx::raw_sql(ddl::POSTGRES_FUNCTION).execute(&mut *db).await?;
            }
            sqlx::raw_sql(AssertSqlSafe(triggers.clone())).execute(&mut *db).await?;
            catch_up(db, dialect, &table).await?;
            sqlx::query(
                "INSERT INTO recorded_tables (name, since_us, triggers) VALUES ($1, $2, $3) \
                 ON CONFLICT (name) DO UPDATE SET triggers = $3",
            )
            .bind(recorded.name)
            .bind(now.0)
            .bind(triggers)
            .execute(&mut *db)
            .await?;
        }
        tables.recorded.push(table);
    }
    tables.usage = columns(db, dialect, "usage_intervals").await?;
    date(db, now, "").await?;
    Ok(tables)
}

async fn columns(db: &mut Connection, dialect: Dialect, table: &str) -> Result<Vec<Column>> {
    let sql = match dialect {
        Dialect::Sqlite => {
            "SELECT name, UPPER(type) AS kind, 1 - \"notnull\" AS nullable, dflt_value AS preset \
             FROM pragma_table_info($1) ORDER BY cid"
        }
        Dialect::Postgres => {
            "SELECT a.attname::TEXT AS name, UPPER(format_type(a.atttypid, NULL)) AS kind, \
             CASE WHEN a.attnotnull THEN 0 ELSE 1 END::BIGINT AS nullable, \
             pg_get_expr(d.adbin, d.adrelid) AS preset FROM pg_attribute a \
             LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
             WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped \
             ORDER BY a.attnum"
        }
    };
    let rows = sqlx::query(sql).bind(table.to_owned()).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            Ok(Column {
                name: row.text("name")?,
                is_text: row.text("kind")? == "TEXT",
                nullable: row.flag("nullable")?,
                default: row.maybe_text("preset")?,
            })
        })
        .collect()
}

/// Ends the versions that stand and are not what there is, and begins those that are missing.
async fn catch_up(db: &mut Connection, dialect: Dialect, table: &Table) -> Result<()> {
    let name = table.recorded.name;
    let ((id, org), body) = (ddl::key(table, "t"), ddl::body(dialect, table, "t"));
    let stands = format!("v.kind = '{name}' AND v.until_us = {OPEN}");
    let is_it = format!("v.id = {id} AND v.org_id = {org}");
    let end = format!(
        "UPDATE resource_versions AS v SET until_us = {ENDING} WHERE {stands} AND NOT EXISTS \
         (SELECT 1 FROM {name} t WHERE {is_it} AND v.body = {body})"
    );
    let begin = format!(
        "INSERT INTO resource_versions (kind, id, org_id, from_us, until_us, body) \
         SELECT '{name}', {id}, {org}, {OPEN}, {OPEN}, {body} FROM {name} t WHERE NOT EXISTS \
         (SELECT 1 FROM resource_versions v WHERE {stands} AND {is_it})"
    );
    sqlx::query(AssertSqlSafe(end)).execute(&mut *db).await?;
    sqlx::query(AssertSqlSafe(begin)).execute(db).await?;
    Ok(())
}

/// Dates what the transaction recorded, just before it is committed. Never before what was dated last: a
/// clock that goes back must not make two versions of a row stand at once.
pub async fn date(db: &mut Connection, now: Timestamp, request: &str) -> Result<()> {
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM resource_versions WHERE from_us = $1) + \
         (SELECT COUNT(*) FROM resource_versions WHERE until_us = $2) AS waiting, \
         COALESCE((SELECT MAX(from_us) FROM resource_versions WHERE from_us < $1), 0) AS last_us",
    )
    .bind(OPEN)
    .bind(ENDING)
    .fetch_one(&mut *db)
    .await?;
    if row.int("waiting")? == 0 {
        return Ok(());
    }
    let at = now.max(row.time("last_us")?);
    // What stood for no time was nothing.
    sqlx::query("DELETE FROM resource_versions WHERE until_us = $1 AND from_us >= $2")
        .bind(ENDING)
        .bind(at.0)
        .execute(&mut *db)
        .await?;
    for sql in [
        "UPDATE resource_versions SET until_us = $1, ended_by = $2 WHERE until_us = $3",
        "UPDATE resource_versions SET from_us = $1, made_by = $2 WHERE from_us = $3",
    ] {
        let waits = if sql.contains("SET until_us") { ENDING } else { OPEN };
        let query = sqlx::query(sql).bind(at.0).bind(request.to_owned()).bind(waits);
        query.execute(&mut *db).await?;
    }
    Ok(())
}

/// The first instant that is recorded of every table and on which there was the organization, and for how
/// many days its past is kept.
pub async fn reach(pool: &Pool, org: &str) -> Result<(Timestamp, i64)> {
    let row = sqlx::query(
        "SELECT COALESCE(MAX(since_us), 0) AS since_us, COALESCE((SELECT history_days \
         FROM organizations WHERE id = $1), 0) AS days, COALESCE((SELECT MIN(from_us) \
         FROM resource_versions WHERE kind = 'organizations' AND id = $1), 0) AS began_us \
         FROM recorded_tables",
    )
    .bind(org.to_owned())
    .fetch_one(pool)
    .await?;
    Ok((row.time("since_us")?.max(row.time("began_us")?), row.int("days")?))
}

/// The first table whose newest versions are not what there is, with a row that shows it.
pub async fn differs(pool: &Pool, dialect: Dialect, tables: &Tables) -> Result<Option<String>> {
    for table in &tables.recorded {
        let name = table.recorded.name;
        let ((id, org), body) = (ddl::key(table, "t"), ddl::body(dialect, table, "t"));
        let stands = format!("v.kind = '{name}' AND v.until_us = {OPEN} AND v.from_us < {OPEN}");
        let is_it = format!("v.id = {id} AND v.org_id = {org}");
        let sql = format!(
            "SELECT {id} AS what FROM {name} t WHERE NOT EXISTS (SELECT 1 FROM resource_versions v \
             WHERE {stands} AND {is_it} AND v.body = {body}) UNION ALL SELECT v.id AS what \
             FROM resource_versions v WHERE {stands} AND NOT EXISTS (SELECT 1 FROM {name} t WHERE {is_it}) \
             LIMIT 1"
        );
        if let Some(row) = sqlx::query(AssertSqlSafe(sql)).fetch_optional(pool).await? {
            return Ok(Some(format!("{name} {}", row.text("what")?)));
        }
    }
    Ok(None)
}

/// Removes versions that ended before what their organization keeps; of what is nobody's, before what
/// any may keep. The one that stood at the limit stays.
pub async fn forget(
    housekeeping: &mut Housekeeping,
    now: Timestamp,
    longest: Duration,
) -> Result<()> {
    const DAY_US: i64 = 24 * 3_600 * Timestamp::SECOND_US;
    sqlx::query(
        "DELETE FROM resource_versions WHERE until_us >= 0 AND until_us <= $1 - $2 * \
         (SELECT MIN(history_days) FROM organizations) AND until_us <= COALESCE($1 - $2 * \
         (SELECT o.history_days FROM organizations o WHERE o.id = resource_versions.org_id), $3)",
    )
    .bind(now.0)
    .bind(DAY_US)
    .bind(now.minus(longest).0)
    .execute(housekeeping.db())
    .await?;
    Ok(())
}
