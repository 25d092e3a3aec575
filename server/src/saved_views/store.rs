//! Rows of saved views. Of an organization's rows a caller sees the shared ones and their own.

use crate::{
    act::Act,
    call::Call,
    db::{Columns, Connection},
    error::{Error, Result},
    organization,
    view::View,
};
use api::SavedView;
use domain::{SavedViewId, Timestamp, UserId, list::List};
use sqlx::{AssertSqlSafe, any::AnyRow};

/// `$1` is the organization, `$2` the caller.
const SEEN: &str = "SELECT v.id, v.list, v.name, v.query, v.shared, v.user_id, v.created_us, v.version, \
     COALESCE(u.address, u.email) AS email FROM saved_views v LEFT JOIN users u ON u.id = v.user_id \
     WHERE v.org_id = $1 AND (v.shared = 1 OR v.user_id = $2)";

pub struct Row {
    pub id: SavedViewId,
    pub list: List,
    pub name: String,
    pub query: String,
    pub shared: bool,
    pub user: Option<UserId>,
    pub email: Option<String>,
    pub created: Timestamp,
    pub version: i64,
}

impl Row {
    pub fn shown(&self, to: &Call, problem: Option<&Error>) -> SavedView {
        let caller = to.principal_or_none().and_then(|principal| principal.actor.user());
        SavedView {
            id: self.id,
            name: self.name.clone(),
            list: self.list,
            query: self.query.clone(),
            shared: self.shared,
            own: self.user.is_some() && self.user == caller,
            made_by: self.email.clone(),
            problem: problem.map(ToString::to_string),
            count: None,
            created_at: self.created,
            version: self.version,
        }
    }
}

fn to_row(row: &AnyRow) -> Result<Row> {
    Ok(Row {
        id: row.parsed("id")?,
        list: row.parsed("list")?,
        name: row.text("name")?,
        query: row.text("query")?,
        shared: row.flag("shared")?,
        user: match row.maybe_text("user_id")? {
            Some(_) => Some(row.parsed("user_id")?),
            None => None,
        },
        email: row.maybe_text("email")?,
        created: row.time("created_us")?,
        version: row.int("version")?,
    })
}

/// Who asks; nobody's views belong to an API key.
fn caller(call: &Call) -> Result<String> {
    Ok(call.principal()?.actor.user().map(|user| user.to_string()).unwrap_or_default())
}

pub async fn list(view: &View, list: Option<List>) -> Result<Vec<Row>> {
    let sql = format!("{SEEN} AND (v.list = $3 OR $3 = '') ORDER BY LOWER(v.name), v.id");
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(view.org()?.to_string())
        .bind(caller(view)?)
        .bind(list.map(List::as_str).unwrap_or_default())
        .fetch_all(view.cloud.db.reader())
        .await?;
    rows.iter().map(to_row).collect()
}

pub async fn get(db: &mut Connection, call: &Call, id: SavedViewId) -> Result<Option<Row>> {
    let row = sqlx::query(AssertSqlSafe(format!("{SEEN} AND v.id = $3")))
        .bind(call.org()?.to_string())
        .bind(caller(call)?)
        .bind(id.to_string())
        .fetch_optional(db)
        .await?;
    row.as_ref().map(to_row).transpose()
}

/// Nobody adds to them until the act ends.
pub async fn count(act: &mut Act) -> Result<i64> {
    organization::store::hold(act).await?;
    let org = act.org()?;
    let row = sqlx::query("SELECT COUNT(*) AS n FROM saved_views WHERE org_id = $1")
        .bind(org.to_string())
        .fetch_one(act.db())
        .await?;
    row.int("n")
}

/// `false` when the name is taken.
pub async fn insert(act: &mut Act, row: &Row) -> Result<bool> {
    let (org, project) = (act.org()?, act.project()?);
    let done = sqlx::query(
        "INSERT INTO saved_views \
         (id, org_id, project_id, list, name, query, shared, user_id, created_us) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (org_id, list, name) DO NOTHING",
    )
    .bind(row.id.to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(row.list.as_str())
    .bind(row.name.clone())
    .bind(row.query.clone())
    .bind(i64::from(row.shared))
    .bind(row.user.map(|user| user.to_string()))
    .bind(row.created.0)
    .execute(act.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes the row's version over the one before; `false` when the name is taken.
pub async fn update(act: &mut Act, row: &Row) -> Result<bool> {
    let org = act.org()?;
    let done = sqlx::query(
        "UPDATE saved_views SET name = $1, query = $2, shared = $3, version = $4 \
         WHERE org_id = $5 AND id = $6 AND version = $4 - 1",
    )
    .bind(row.name.clone())
    .bind(row.query.clone())
    .bind(i64::from(row.shared))
    .bind(row.version)
    .bind(org.to_string())
    .bind(row.id.to_string())
    .execute(act.db())
    .await;
    match done {
        Ok(done) if done.rows_affected() == 1 => Ok(true),
        Ok(_) => {
            Err(Error::Conflict("The saved view was changed at the same time: try again.".into()))
        }
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Ok(false),
        Err(error) => Err(error.into()),
    }
}

pub async fn delete(act: &mut Act, id: SavedViewId) -> Result<()> {
    let org = act.org()?;
    sqlx::query("DELETE FROM saved_views WHERE org_id = $1 AND id = $2")
        .bind(org.to_string())
        .bind(id.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}
