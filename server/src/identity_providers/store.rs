//! Rows of identity providers.

use crate::{
    act::Act,
    db::{Columns, Connection},
    error::{Error, Result},
    organization,
};
use api::{IdentityMapping, IdentityProvider};
use domain::{IdentityProviderId, OrgId, ProjectId, Timestamp, single_sign_on::owners::LetsIn};
use sqlx::{AssertSqlSafe, any::AnyRow};

/// A provider of an organization.
#[derive(Clone)]
pub struct Row {
    pub id: IdentityProviderId,
    pub org: OrgId,
    pub project: ProjectId,
    pub org_name: String,
    pub name: String,
    pub issuer: String,
    pub client_id: String,
    pub sealed: String,
    pub mapping: IdentityMapping,
    pub two_step_trusted: bool,
    pub domains: Vec<String>,
    pub created: Timestamp,
    pub version: i64,
}

impl Row {
    pub fn shown(&self) -> IdentityProvider {
        IdentityProvider {
            id: self.id,
            name: self.name.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            domains: self.domains.clone(),
            mapping: self.mapping.clone(),
            two_step_trusted: self.two_step_trusted,
            created_at: self.created,
            version: self.version,
        }
    }

    /// Whom it lets in.
    pub fn lets_in(&self) -> LetsIn<'_> {
        LetsIn { issuer: &self.issuer, domains: &self.domains }
    }
}

const ALL: &str = "SELECT p.id, p.org_id, p.project_id, p.name, p.issuer, p.client_id, p.sealed, \
    p.mapping, p.two_step_trusted, p.created_us, p.version, o.name AS org_name \
    FROM identity_providers p JOIN organizations o ON o.id = p.org_id";

fn to_row(row: &AnyRow, domains: Vec<String>) -> Result<Row> {
    Ok(Row {
        id: row.parsed("id")?,
        org: row.parsed("org_id")?,
        project: row.parsed("project_id")?,
        org_name: row.text("org_name")?,
        name: row.text("name")?,
        issuer: row.text("issuer")?,
        client_id: row.text("client_id")?,
        sealed: row.text("sealed")?,
        mapping: row.json("mapping")?,
        two_step_trusted: row.flag("two_step_trusted")?,
        domains,
        created: row.time("created_us")?,
        version: row.int("version")?,
    })
}

async fn domains(db: &mut Connection, provider: &str) -> Result<Vec<String>> {
    let sql = "SELECT domain FROM identity_domains WHERE provider_id = $1 ORDER BY domain";
    let rows = sqlx::query(sql).bind(provider.to_owned()).fetch_all(db).await?;
    rows.iter().map(|row| row.text("domain")).collect()
}

/// The organization's provider.
pub async fn of(db: &mut Connection, org: OrgId) -> Result<Option<Row>> {
    let sql = format!("{ALL} WHERE p.org_id = $1");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string());
    let Some(row) = query.fetch_optional(&mut *db).await? else { return Ok(None) };
    let domains = domains(db, &row.text("id")?).await?;
    to_row(&row, domains).map(Some)
}

/// At most so many providers that speak for a domain, by their organizations' names.
pub async fn for_domain(db: &mut Connection, domain: &str, most: i64) -> Result<Vec<Row>> {
    let sql = format!(
        "{ALL} JOIN identity_domains d ON d.provider_id = p.id WHERE d.domain = $1 \
         ORDER BY o.name, o.id LIMIT $2"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(domain.to_owned()).bind(most);
    let rows = query.fetch_all(db).await?;
    rows.iter().map(|row| to_row(row, Vec::new())).collect()
}

/// `false` when there is one already.
pub async fn insert(act: &mut Act, row: &Row) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO identity_providers (id, org_id, project_id, name, issuer, client_id, sealed, \
         mapping, two_step_trusted, created_us, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (org_id) DO NOTHING",
    )
    .bind(row.id.to_string())
    .bind(row.org.to_string())
    .bind(row.project.to_string())
    .bind(row.name.clone())
    .bind(row.issuer.clone())
    .bind(row.client_id.clone())
    .bind(row.sealed.clone())
    .bind(mapping(row)?)
    .bind(i64::from(row.two_step_trusted))
    .bind(row.created.0)
    .bind(row.version)
    .execute(act.db())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    write_domains(act, row).await?;
    Ok(true)
}

/// Writes everything that can change.
pub async fn update(act: &mut Act, row: &Row) -> Result<()> {
    sqlx::query(
        "UPDATE identity_providers SET name = $1, client_id = $2, sealed = $3, mapping = $4, \
         two_step_trusted = $5, version = $6 WHERE org_id = $7 AND id = $8",
    )
    .bind(row.name.clone())
    .bind(row.client_id.clone())
    .bind(row.sealed.clone())
    .bind(mapping(row)?)
    .bind(i64::from(row.two_step_trusted))
    .bind(row.version)
    .bind(row.org.to_string())
    .bind(row.id.to_string())
    .execute(act.db())
    .await?;
    forget_domains(act, row).await?;
    write_domains(act, row).await
}

fn mapping(row: &Row) -> Result<String> {
    serde_json::to_string(&row.mapping).map_err(Error::internal)
}

async fn write_domains(act: &mut Act, row: &Row) -> Result<()> {
    for domain in &row.domains {
        sqlx::query(
            "INSERT INTO identity_domains (provider_id, org_id, project_id, domain) \
             VALUES ($1, $2, $3, $4)",
        )
        .bind(row.id.to_string())
        .bind(row.org.to_string())
        .bind(row.project.to_string())
        .bind(domain.clone())
        .execute(act.db())
        .await?;
    }
    Ok(())
}

async fn forget_domains(act: &mut Act, row: &Row) -> Result<()> {
    sqlx::query("DELETE FROM identity_domains WHERE provider_id = $1")
        .bind(row.id.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

/// Ends it and the sessions that it began. Who came by it stays known.
pub async fn delete(act: &mut Act, row: &Row) -> Result<()> {
    forget_domains(act, row).await?;
    for sql in [
        "DELETE FROM identity_providers WHERE org_id = $1",
        "DELETE FROM sessions WHERE org_id = $1 AND single_sign_on = 1",
    ] {
        sqlx::query(sql).bind(row.org.to_string()).execute(act.db()).await?;
    }
    Ok(())
}

/// The addresses of members who proved them here: by an invitation, or to the operator.
pub async fn proven_addresses(act: &mut Act) -> Result<Vec<String>> {
    let org = act.org()?;
    let rows = sqlx::query(
        "SELECT u.email FROM memberships m JOIN users u ON u.id = m.user_id \
         WHERE m.org_id = $1 AND u.address IS NULL",
    )
    .bind(org.to_string())
    .fetch_all(act.db())
    .await?;
    rows.iter().map(|row| row.text("email")).collect()
}

/// Nobody changes it, nor the roles that it names, until the act ends.
pub async fn held(act: &mut Act) -> Result<Row> {
    let (org, id) = (act.org()?, act.param::<IdentityProviderId>("id")?);
    organization::store::hold(act).await?;
    let found = of(act.db(), org).await?.filter(|row| row.id == id);
    found.ok_or_else(|| Error::not_found("identity provider"))
}
