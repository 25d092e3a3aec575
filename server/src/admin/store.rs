//! Rows that only the operator makes.

use crate::{
    cloud::Cloud,
    db::{Columns, Connection},
    error::{Error, Result},
    random,
};
use domain::{
    OrgId, ProjectId, RoleId, Timestamp, Uuid, iam::Policy, money::Currency, quota::QuotaResource,
    realm::Realm,
};

pub async fn any_organization(cloud: &Cloud) -> Result<bool> {
    let query = sqlx::query("SELECT COUNT(*) AS n FROM organizations");
    Ok(query.fetch_one(cloud.db.reader()).await?.int("n")? > 0)
}

pub async fn is_operated(cloud: &Cloud) -> Result<bool> {
    let query = sqlx::query("SELECT COUNT(*) AS n FROM organizations WHERE realm = 'operator'");
    Ok(query.fetch_one(cloud.db.reader()).await?.int("n")? > 0)
}

pub async fn insert_organization(
    db: &mut Connection,
    org: OrgId,
    name: &str,
    (realm, currency): (Realm, Currency),
    project: Uuid,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO organizations (id, name, currency, policy, created_us, realm) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(org.to_string())
    .bind(name)
    .bind(currency.as_str())
    .bind(json(&Policy::allow_all())?)
    .bind(now.0)
    .bind(realm.as_str())
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "INSERT INTO projects (id, org_id, name, created_us) VALUES ($1, $2, 'default', $3)",
    )
    .bind(project.to_string())
    .bind(org.to_string())
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

fn json(policy: &Policy) -> Result<String> {
    serde_json::to_string(policy).map_err(Error::internal)
}

pub struct NewRole {
    pub name: &'static str,
    pub description: &'static str,
    pub permissions: &'static str,
    pub policy: Policy,
}

pub async fn insert_role(
    db: &mut Connection,
    org: OrgId,
    project: Uuid,
    role: &NewRole,
    now: Timestamp,
) -> Result<RoleId> {
    let id = RoleId(random::id(now));
    sqlx::query(
        "INSERT INTO roles (id, org_id, project_id, name, description, editable, of_platform, \
         permissions, policy, created_us) VALUES ($1, $2, $3, $4, $5, 0, 1, $6, $7, $8)",
    )
    .bind(id.to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(role.name)
    .bind(role.description)
    .bind(role.permissions)
    .bind(json(&role.policy)?)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(id)
}

pub async fn insert_quota(
    db: &mut Connection,
    org: OrgId,
    project: Uuid,
    resource: QuotaResource,
    most: i64,
) -> Result<()> {
    let used = i64::from(resource == QuotaResource::IamKey);
    sqlx::query(
        "INSERT INTO quotas (org_id, project_id, resource, used, most) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(resource.as_str())
    .bind(used)
    .bind(most)
    .execute(db)
    .await?;
    Ok(())
}

/// The project of an organization; `None` where there is no such.
pub async fn project_of(cloud: &Cloud, org: OrgId) -> Result<Option<ProjectId>> {
    let row = sqlx::query("SELECT id FROM projects WHERE org_id = $1 ORDER BY id LIMIT 1")
        .bind(org.to_string())
        .fetch_optional(cloud.db.reader())
        .await?;
    row.map(|row| row.parsed("id")).transpose()
}

pub async fn set_quota(
    db: &mut Connection,
    org: OrgId,
    resource: QuotaResource,
    most: i64,
) -> Result<()> {
    sqlx::query(
        "UPDATE quotas SET most = $1, version = version + 1 WHERE org_id = $2 AND resource = $3",
    )
    .bind(most)
    .bind(org.to_string())
    .bind(resource.as_str())
    .execute(db)
    .await?;
    Ok(())
}

pub async fn insert_default_security_group(
    db: &mut Connection,
    org: OrgId,
    project: Uuid,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO security_groups (id, org_id, project_id, name, description, created_us) \
         VALUES ($1, $2, $3, 'default', 'Default security group', $4)",
    )
    .bind(random::id(now).to_string())
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn insert_key(
    db: &mut Connection,
    org: OrgId,
    project: Uuid,
    role: RoleId,
    key: &str,
    sealed: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO api_keys (key, org_id, project_id, role_id, name, secret_sealed, created_us) \
         VALUES ($1, $2, $3, $4, 'bootstrap', $5, $6)",
    )
    .bind(key)
    .bind(org.to_string())
    .bind(project.to_string())
    .bind(role.to_string())
    .bind(sealed)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}
