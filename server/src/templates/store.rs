//! Rows of templates.

use crate::{
    act::Act,
    db::{Columns, containing},
    error::Result,
};
use domain::{OrgId, TemplateId, Timestamp};
use engine::OwnTemplate;
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, any::AnyRow};

#[derive(Clone, Debug)]
pub struct TemplateRow {
    pub id: TemplateId,
    /// `None`: public.
    pub org: Option<OrgId>,
    pub zone: String,
    /// The engine's alias.
    pub image: String,
    pub name: String,
    pub description: String,
    pub family: String,
    pub release: String,
    pub build: String,
    pub default_user: String,
    pub size_bytes: i64,
    pub password_enabled: bool,
    pub ssh_key_enabled: bool,
    pub stop_polite_seconds: i64,
    pub checksum: String,
    pub state: String,
    pub created: Timestamp,
    pub version: i64,
}

const COLUMNS: &str = "id, org_id, zone, image, name, description, family, release, build, \
    default_user, size_bytes, password_enabled, ssh_key_enabled, stop_polite_seconds, checksum, \
    state, created_us, version";

fn to_row(row: &AnyRow) -> Result<TemplateRow> {
    Ok(TemplateRow {
        id: row.parsed("id")?,
        org: row.maybe_text("org_id")?.and_then(|o| o.parse().ok()),
        zone: row.text("zone")?,
        image: row.text("image")?,
        name: row.text("name")?,
        description: row.text("description")?,
        family: row.text("family")?,
        release: row.text("release")?,
        build: row.text("build")?,
        default_user: row.text("default_user")?,
        size_bytes: row.int("size_bytes")?,
        password_enabled: row.flag("password_enabled")?,
        ssh_key_enabled: row.flag("ssh_key_enabled")?,
        stop_polite_seconds: row.int("stop_polite_seconds")?,
        checksum: row.text("checksum")?,
        state: row.text("state")?,
        created: row.time("created_us")?,
        version: row.int("version")?,
    })
}

/// What a list of templates is asked for.
pub struct Question {
    /// `None`: the public ones.
    pub org: Option<OrgId>,
    pub zone: Option<String>,
    pub family: Option<String>,
    /// In lower case.
    pub q: Option<String>,
}

/// Public templates, or an organization's own; those that can be used.
pub async fn list(pool: &AnyPool, question: &Question) -> Result<Vec<TemplateRow>> {
    let whose = if question.org.is_some() { "org_id = $1" } else { "org_id IS NULL AND $1 = ''" };
    let sql = format!(
        "SELECT {COLUMNS} FROM templates WHERE {whose} AND deleted_us IS NULL AND state = 'ready' \
         AND ($2 = '' OR zone = $2) AND ($3 = '' OR family = $3) AND (LOWER(name) LIKE $4 ESCAPE '!' \
         OR LOWER(family) LIKE $4 ESCAPE '!' OR LOWER(release) LIKE $4 ESCAPE '!' \
         OR id LIKE $4 ESCAPE '!') ORDER BY name, zone, id"
    );
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let query = sqlx::query(AssertSqlSafe(sql))
        .bind(question.org.map_or_else(String::new, |org| org.to_string()))
        .bind(text(&question.zone))
        .bind(text(&question.family))
        .bind(containing(&text(&question.q)));
    query.fetch_all(pool).await?.iter().map(to_row).collect()
}

/// Who needs a template.
pub struct Users {
    pub count: i64,
    /// The first of them.
    pub names: Vec<String>,
}

/// The instances made from a template, and those that are about to be reset to it.
pub async fn users(act: &mut Act, id: TemplateId, names_max: i64) -> Result<Users> {
    let org = act.org()?;
    let rows = sqlx::query(
        "SELECT name, COUNT(*) OVER () AS n FROM (SELECT id, name FROM instances \
         WHERE org_id = $1 AND template_id = $2 AND deleted_us IS NULL UNION \
         SELECT i.id, i.name FROM operations o JOIN instances i ON i.id = o.subject_id \
         WHERE o.org_id = $1 AND o.kind = 'reset-instance' AND o.state = 'pending' \
         AND o.data LIKE $3 ESCAPE '!') AS users ORDER BY name, id LIMIT $4",
    )
    .bind(org.to_string())
    .bind(id.to_string())
    .bind(containing(&id.to_string()))
    .bind(names_max)
    .fetch_all(act.db())
    .await?;
    Ok(Users {
        count: rows.first().map(|row| row.int("n")).transpose()?.unwrap_or_default(),
        names: rows.iter().map(|row| row.text("name")).collect::<Result<_>>()?,
    })
}

/// A template that was not deleted, whosever it is: the caller decides who may see it.
pub async fn get(db: &mut AnyConnection, id: TemplateId) -> Result<Option<TemplateRow>> {
    let sql = format!("SELECT {COLUMNS} FROM templates WHERE id = $1 AND deleted_us IS NULL");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string());
    query.fetch_optional(db).await?.as_ref().map(to_row).transpose()
}

/// The same, held: until the act is over others may make instances from it, and nobody deletes it.
pub async fn get_held(act: &mut Act, id: TemplateId) -> Result<Option<TemplateRow>> {
    let hold = act.cloud.db.dialect.row_hold();
    let sql = format!("SELECT {COLUMNS} FROM templates WHERE id = $1 AND deleted_us IS NULL{hold}");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string());
    query.fetch_optional(act.db()).await?.as_ref().map(to_row).transpose()
}

/// The same, deleted or not: what instances were made from is remembered.
pub async fn get_ever(db: &mut AnyConnection, id: TemplateId) -> Result<Option<TemplateRow>> {
    let sql = format!("SELECT {COLUMNS} FROM templates WHERE id = $1");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string());
    query.fetch_optional(db).await?.as_ref().map(to_row).transpose()
}

pub async fn rename(act: &mut Act, id: TemplateId, name: &str, description: &str) -> Result<()> {
    sqlx::query(
        "UPDATE templates SET name = $1, description = $2, version = version + 1 WHERE id = $3",
    )
    .bind(name)
    .bind(description)
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn set_state(act: &mut Act, id: TemplateId, state: &str) -> Result<()> {
    sqlx::query("UPDATE templates SET state = $1, version = version + 1 WHERE id = $2")
        .bind(state)
        .bind(id.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

pub async fn finish(act: &mut Act, id: TemplateId, size_bytes: i64) -> Result<()> {
    sqlx::query(
        "UPDATE templates SET state = 'ready', size_bytes = CASE WHEN size_bytes > $1 THEN \
         size_bytes ELSE $1 END, version = version + 1 WHERE id = $2",
    )
    .bind(size_bytes)
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn delete(act: &mut Act, id: TemplateId) -> Result<bool> {
    let now = act.at();
    let done = sqlx::query(
        "UPDATE templates SET state = 'deleted', deleted_us = $1, version = version + 1 \
         WHERE id = $2 AND deleted_us IS NULL",
    )
    .bind(now.0)
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A private template that is being made.
pub async fn insert(act: &mut Act, row: &TemplateRow) -> Result<()> {
    let project = act.project()?.to_string();
    write(act.db(), row, Some(project)).await
}

async fn write(db: &mut AnyConnection, row: &TemplateRow, project: Option<String>) -> Result<()> {
    let sql = format!(
        "INSERT INTO templates ({COLUMNS}, project_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
         $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT (zone, image) DO NOTHING"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(row.id.to_string())
        .bind(row.org.map(|o| o.to_string()))
        .bind(&row.zone)
        .bind(&row.image)
        .bind(&row.name)
        .bind(&row.description)
        .bind(&row.family)
        .bind(&row.release)
        .bind(&row.build)
        .bind(&row.default_user)
        .bind(row.size_bytes)
        .bind(i64::from(row.password_enabled))
        .bind(i64::from(row.ssh_key_enabled))
        .bind(row.stop_polite_seconds)
        .bind(&row.checksum)
        .bind(&row.state)
        .bind(row.created.0)
        .bind(row.version)
        .bind(project)
        .execute(db)
        .await?;
    Ok(())
}

/// A public template of an engine or of the operator; again is harmless.
pub async fn insert_public(
    db: &mut AnyConnection,
    id: TemplateId,
    zone: &str,
    own: &OwnTemplate,
    now: Timestamp,
) -> Result<()> {
    let row = TemplateRow {
        id,
        org: None,
        zone: zone.to_owned(),
        image: own.image.clone(),
        name: own.name.clone(),
        description: String::new(),
        family: own.family.clone(),
        release: own.version.clone(),
        build: own.build.clone(),
        default_user: own.default_user.clone(),
        size_bytes: own.size_bytes,
        password_enabled: own.password_enabled,
        ssh_key_enabled: own.ssh_key_enabled,
        stop_polite_seconds: domain::template::STOP_POLITE_SECONDS,
        checksum: String::new(),
        state: "ready".to_owned(),
        created: now,
        version: 1,
    };
    write(db, &row, None).await
}

/// The template of an engine's image.
pub async fn id_of_image(db: &mut AnyConnection, zone: &str, image: &str) -> Result<TemplateId> {
    let query = sqlx::query("SELECT id FROM templates WHERE zone = $1 AND image = $2");
    query.bind(zone).bind(image).fetch_one(db).await?.parsed("id")
}
