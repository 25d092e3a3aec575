//! Rows of preferences.

use crate::{
    act::Act,
    db::{Columns, Connection},
    error::{Error, Result},
};
use api::Preferences;
use domain::{OrgId, UserId};
use std::collections::BTreeMap;

/// What a person has chosen; version 0 before they chose anything.
pub struct Row {
    /// Names of columns with commas between them, by list.
    pub columns: BTreeMap<String, String>,
    /// Single keys do something in the portal.
    pub single_keys: bool,
    pub version: i64,
}

impl Default for Row {
    fn default() -> Self {
        Row { columns: BTreeMap::new(), single_keys: true, version: 0 }
    }
}

impl Row {
    pub fn shown(&self) -> Preferences {
        let split = |names: &String| names.split(',').map(str::to_owned).collect();
        let columns = self.columns.iter().map(|(list, names)| (list.clone(), split(names)));
        Preferences { columns: columns.collect(), single_keys: self.single_keys }
    }
}

pub async fn get(db: &mut Connection, org: OrgId, user: UserId) -> Result<Row> {
    let row = sqlx::query(
        "SELECT columns, single_keys, version FROM preferences WHERE org_id = $1 AND user_id = $2",
    )
    .bind(org.to_string())
    .bind(user.to_string())
    .fetch_optional(db)
    .await?;
    let row = row.map(|row| {
        Ok(Row {
            columns: row.json("columns")?,
            single_keys: row.flag("single_keys")?,
            version: row.int("version")?,
        })
    });
    row.unwrap_or_else(|| Ok(Row::default()))
}

/// Writes a version; `false` when another one was written meanwhile.
pub async fn put(act: &mut Act, user: UserId, row: &Row) -> Result<bool> {
    let (org, project, now) = (act.org()?, act.project()?, act.now());
    let columns = serde_json::to_string(&row.columns).map_err(Error::internal)?;
    let done = sqlx::query(
        "INSERT INTO preferences (org_id, project_id, user_id, columns, updated_us, version, single_keys) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (org_id, user_id) DO UPDATE SET \
         columns = excluded.columns, updated_us = excluded.updated_us, version = excluded.version, \
         single_keys = excluded.single_keys \
         WHERE preferences.version = excluded.version - 1",
    )
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(user.to_string())
    .bind(columns)
    .bind(now.0)
    .bind(row.version)
    .bind(i64::from(row.single_keys))
    .execute(act.db())
    .await?;
    Ok(done.rows_affected() == 1)
}
