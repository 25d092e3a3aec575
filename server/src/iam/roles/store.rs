//! Rows of roles, and who has them.

use crate::{
    act::Act,
    db::{Columns, Connection},
    error::{Error, Result},
};
use api::{AssumeRolePolicy, IamRole, RoleUsers};
use domain::{OrgId, RoleId, Timestamp};
use sqlx::{AssertSqlSafe, any::AnyRow};
use std::collections::BTreeMap;

const ROLE: &str = "id, name, description, editable, labels, permissions, policy, assume_role_policy, \
     max_session_ttl, of_platform, version";

pub struct Row {
    pub role: IamRole,
    pub version: i64,
}

fn to_row(row: &AnyRow) -> Result<Row> {
    let labels: domain::labels::Labels = row.json("labels")?;
    Ok(Row {
        role: IamRole {
            id: row.parsed("id")?,
            name: row.text("name")?,
            description: Some(row.text("description")?).filter(|d| !d.is_empty()),
            editable: row.flag("editable")?,
            labels: Some(labels).filter(|labels| !labels.is_empty()),
            permissions: Some(row.json("permissions")?),
            policy: Some(row.json("policy")?),
            assume_role_policy: Some(AssumeRolePolicy { rules: row.json("assume_role_policy")? }),
            max_session_ttl: Some(row.int("max_session_ttl")?),
            of_platform: Some(row.flag("of_platform")?),
            used_by: None,
        },
        version: row.int("version")?,
    })
}

pub async fn list(db: &mut Connection, org: OrgId) -> Result<Vec<Row>> {
    let sql = format!("SELECT {ROLE} FROM roles WHERE org_id = $1 ORDER BY name, id");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).fetch_all(db).await?;
    rows.iter().map(to_row).collect()
}

pub async fn get(db: &mut Connection, org: OrgId, id: RoleId) -> Result<Option<Row>> {
    let sql = format!("SELECT {ROLE} FROM roles WHERE org_id = $1 AND id = $2");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(id.to_string());
    query.fetch_optional(db).await?.as_ref().map(to_row).transpose()
}

pub async fn count(act: &mut Act) -> Result<i64> {
    let org = act.org()?;
    sqlx::query("SELECT COUNT(*) AS n FROM roles WHERE org_id = $1")
        .bind(org.to_string())
        .fetch_one(act.db())
        .await?
        .int("n")
}

/// `false` when the name is taken.
pub async fn insert(act: &mut Act, role: &IamRole) -> Result<bool> {
    let (org, project, now) = (act.org()?, act.project()?, act.now());
    let done = sqlx::query(
        "INSERT INTO roles (id, org_id, project_id, name, description, editable, labels, \
         permissions, policy, created_us, assume_role_policy, max_session_ttl) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (org_id, name) DO NOTHING",
    )
    .bind(role.id.to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(role.name.clone())
    .bind(role.description.clone().unwrap_or_default())
    .bind(i64::from(role.editable))
    .bind(json(&role.labels.clone().unwrap_or_default())?)
    .bind(json(&role.permissions.clone().unwrap_or_default())?)
    .bind(json(&role.policy)?)
    .bind(now.0)
    .bind(json(&role.assume_role_policy.clone().unwrap_or_default().rules)?)
    .bind(role.max_session_ttl)
    .execute(act.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes everything that can change, as a new version.
pub async fn update(act: &mut Act, role: &IamRole) -> Result<()> {
    let org = act.org()?;
    sqlx::query(
        "UPDATE roles SET description = $1, labels = $2, permissions = $3, policy = $4, \
         assume_role_policy = $5, max_session_ttl = $6, version = version + 1 \
         WHERE org_id = $7 AND id = $8",
    )
    .bind(role.description.clone().unwrap_or_default())
    .bind(json(&role.labels.clone().unwrap_or_default())?)
    .bind(json(&role.permissions.clone().unwrap_or_default())?)
    .bind(json(&role.policy)?)
    .bind(json(&role.assume_role_policy.clone().unwrap_or_default().rules)?)
    .bind(role.max_session_ttl)
    .bind(org.to_string())
    .bind(role.id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

/// Tokens that have expired go with it.
pub async fn delete(act: &mut Act, id: RoleId) -> Result<()> {
    let (org, now) = (act.org()?, act.now());
    sqlx::query(
        "DELETE FROM access_tokens WHERE org_id = $1 AND role_id = $2 AND expires_us <= $3",
    )
    .bind(org.to_string())
    .bind(id.to_string())
    .bind(now.0)
    .execute(act.db())
    .await?;
    sqlx::query("DELETE FROM roles WHERE org_id = $1 AND id = $2")
        .bind(org.to_string())
        .bind(id.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

/// Who has which role, of those that anybody has. Who is invited counts as a person.
pub async fn users(
    db: &mut Connection,
    org: OrgId,
    now: Timestamp,
) -> Result<BTreeMap<RoleId, RoleUsers>> {
    let rows = sqlx::query(
        "SELECT role_id, 'people' AS kind, COUNT(*) AS n FROM (SELECT role_id FROM memberships \
         WHERE org_id = $1 UNION ALL SELECT role_id FROM invitations WHERE org_id = $1) p \
         GROUP BY role_id UNION ALL \
         SELECT role_id, 'keys' AS kind, COUNT(*) AS n FROM api_keys WHERE org_id = $1 \
         GROUP BY role_id UNION ALL \
         SELECT role_id, 'tokens' AS kind, COUNT(*) AS n FROM access_tokens WHERE org_id = $1 \
         AND expires_us > $2 GROUP BY role_id",
    )
    .bind(org.to_string())
    .bind(now.0)
    .fetch_all(db)
    .await?;
    let mut all: BTreeMap<RoleId, RoleUsers> = BTreeMap::new();
    for row in rows {
        let users = all.entry(row.parsed("role_id")?).or_default();
        let count = row.int("n")?;
        match row.text("kind")?.as_str() {
            "people" => users.people = count,
            "keys" => users.api_keys = count,
            _ => users.access_tokens = count,
        }
    }
    Ok(all)
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}
