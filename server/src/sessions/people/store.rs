//! Rows of people and memberships.

use crate::{
    db::Columns,
    error::Result,
    principal::{Actor, Principal},
    random,
    sessions::{second_factor::store::steps, store::principal},
};
use domain::{MemberId, OrgId, Timestamp, UserId, assurance::SecondSteps};
use sqlx::{AnyConnection, any::AnyRow};

/// The column of [`person`] that says whether the organization `o` demands two-step sign-in.
pub const DEMANDED: &str = "o.second_factor_required AS demanded";

/// The principal of a person, of a row that also has the columns [`DEMANDED`] and those of second
/// steps. `has` says what counts: what there is, or what a session has shown.
pub async fn person(
    row: &AnyRow,
    actor: Actor,
    has: impl FnOnce(SecondSteps) -> bool,
) -> Result<Principal> {
    let two_steps = has(steps(row)?);
    let second_factor_missing = row.flag("demanded")? && !two_steps;
    Ok(Principal { two_steps, second_factor_missing, ..principal(row, actor).await? })
}

pub struct PersonRow {
    pub id: UserId,
    pub password_hash: Option<String>,
}

pub async fn person_by_email(db: &mut AnyConnection, email: &str) -> Result<Option<PersonRow>> {
    let row = sqlx::query("SELECT id, password_hash FROM users WHERE email = $1")
        .bind(email)
        .fetch_optional(db)
        .await?;
    row.map(|row| {
        Ok(PersonRow { id: row.parsed("id")?, password_hash: row.maybe_text("password_hash")? })
    })
    .transpose()
}

/// The person with that address: a new one, or who is there already.
pub async fn ensure_user(db: &mut AnyConnection, email: &str, now: Timestamp) -> Result<UserId> {
    sqlx::query("INSERT INTO users (id, email, created_us) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING")
        .bind(random::id(now).to_string())
        .bind(email)
        .bind(now.0)
        .execute(&mut *db)
        .await?;
    let query = sqlx::query("SELECT id FROM users WHERE email = $1").bind(email);
    query.fetch_one(db).await?.parsed("id")
}

pub async fn email(db: &mut AnyConnection, user: UserId) -> Result<String> {
    let query = sqlx::query("SELECT email FROM users WHERE id = $1").bind(user.to_string());
    query.fetch_one(db).await?.text("email")
}

pub async fn password_hash(db: &mut AnyConnection, user: UserId) -> Result<Option<String>> {
    let row = sqlx::query("SELECT password_hash FROM users WHERE id = $1")
        .bind(user.to_string())
        .fetch_one(db)
        .await?;
    row.maybe_text("password_hash")
}

pub async fn has_password(db: &mut AnyConnection, user: UserId) -> Result<bool> {
    Ok(password_hash(db, user).await?.is_some())
}

/// Whether somebody signs in by an identity provider, and not here.
pub async fn comes_by_provider(db: &mut AnyConnection, user: UserId) -> Result<bool> {
    let row = sqlx::query("SELECT id FROM users WHERE id = $1 AND address IS NOT NULL")
        .bind(user.to_string())
        .fetch_optional(db)
        .await?;
    Ok(row.is_some())
}

pub async fn set_password(db: &mut AnyConnection, user: UserId, hash: &str) -> Result<()> {
    sqlx::query("UPDATE users SET password_hash = $1, version = version + 1 WHERE id = $2")
        .bind(hash)
        .bind(user.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// The same, if nobody was faster.
pub async fn replace_password(
    db: &mut AnyConnection,
    user: UserId,
    old: Option<&str>,
    hash: &str,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE users SET password_hash = $1, version = version + 1 \
         WHERE id = $2 AND COALESCE(password_hash, '') = $3",
    )
    .bind(hash)
    .bind(user.to_string())
    .bind(old.unwrap_or_default().to_owned())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn first_organization(db: &mut AnyConnection, user: UserId) -> Result<Option<OrgId>> {
    let row = sqlx::query(
        "SELECT org_id FROM memberships WHERE user_id = $1 ORDER BY created_us, org_id LIMIT 1",
    )
    .bind(user.to_string())
    .fetch_optional(db)
    .await?;
    row.map(|row| row.parsed("org_id")).transpose()
}

pub async fn organizations(db: &mut AnyConnection, user: UserId) -> Result<Vec<api::Organization>> {
    let rows = sqlx::query(
        "SELECT o.id, o.name, o.currency, o.realm FROM memberships m JOIN organizations o ON o.id = m.org_id \
         WHERE m.user_id = $1 ORDER BY o.name, o.id",
    )
    .bind(user.to_string())
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let (id, name) = (row.parsed("id")?, row.text("name")?);
            let currency = row.parsed("currency")?;
            // What they have chosen is for those who are in them.
            Ok(api::Organization {
                id,
                name,
                currency,
                realm: row.parsed("realm")?,
                instance_recovery_hours: None,
                api_call_days: None,
                history_days: None,
                second_factor_required: None,
            })
        })
        .collect()
}

/// Names of the organizations of a person that demand two-step sign-in.
pub async fn demanding(db: &mut AnyConnection, user: UserId) -> Result<Vec<String>> {
    let rows = sqlx::query(
        "SELECT o.name FROM memberships m JOIN organizations o ON o.id = m.org_id \
         WHERE m.user_id = $1 AND o.second_factor_required = 1 ORDER BY o.name, o.id",
    )
    .bind(user.to_string())
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| row.text("name")).collect()
}

/// Holds a person until the act ends: whoever counts what they have and takes of it waits for others who
/// do. By an update, as with organizations.
pub async fn hold(db: &mut AnyConnection, user: UserId) -> Result<()> {
    sqlx::query("UPDATE users SET version = version WHERE id = $1")
        .bind(user.to_string())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn is_member(db: &mut AnyConnection, user: UserId, org: OrgId) -> Result<bool> {
    let row = sqlx::query("SELECT role_id FROM memberships WHERE user_id = $1 AND org_id = $2")
        .bind(user.to_string())
        .bind(org.to_string())
        .fetch_optional(db)
        .await?;
    Ok(row.is_some())
}

/// The person in each of their organizations, as an actor, and what each of these calls them.
pub async fn principals_of(
    db: &mut AnyConnection,
    user: UserId,
    actor: &Actor,
) -> Result<Vec<(MemberId, Principal)>> {
    let rows = sqlx::query(
        "SELECT o.id AS org_id, o.name AS org_name, o.currency, o.policy AS org_policy, \
         r.id AS role_id, r.name AS role_name, r.policy AS role_policy, m.project_id, \
         m.id AS member_id, m.created_us AS credential_us \
         FROM memberships m JOIN organizations o ON o.id = m.org_id \
         JOIN roles r ON r.id = m.role_id WHERE m.user_id = $1 ORDER BY o.id",
    )
    .bind(user.to_string())
    .fetch_all(db)
    .await?;
    let mut principals = Vec::with_capacity(rows.len());
    for row in &rows {
        principals.push((row.parsed("member_id")?, principal(row, actor.clone()).await?));
    }
    Ok(principals)
}
