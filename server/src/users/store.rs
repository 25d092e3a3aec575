//! Rows of members and invitations.

use super::owners::Owner;
use crate::{
    act::Act,
    db::{Columns, Connection},
    error::Result,
    iam::policies::Ready,
    sessions::second_factor::store::{STEPS, steps},
};
use api::{IamRole, User};
use domain::{
    MemberId, OrgId, RoleId, Timestamp, UserId, assurance::SecondSteps, format::Language,
    single_sign_on::owners::SignsIn,
};
use sqlx::{AssertSqlSafe, any::AnyRow};
use std::sync::{Arc, LazyLock};

/// Somebody in an organization, or invited to it.
pub struct Row {
    pub id: MemberId,
    pub email: String,
    pub role: IamRole,
    /// Whether the role is the platform's Owner.
    pub owner: bool,
    /// `None` who is invited.
    pub person: Option<UserId>,
    pub language: Language,
    pub version: i64,
    steps: SecondSteps,
    sso: bool,
    created: Timestamp,
    expires: Option<Timestamp>,
}

impl Row {
    pub fn shown(self) -> User {
        User {
            id: self.id,
            email: self.email,
            role: self.role,
            sso: self.sso,
            two_factor_authentication: self.steps.any(),
            second_steps: self.steps.all(),
            pending: self.person.is_none(),
            created_at: Some(self.created),
            expires_at: self.expires,
        }
    }
}

static ALL: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT * FROM (SELECT m.id, COALESCE(u.address, u.email) AS email, m.user_id, m.role_id, \
         m.version, m.created_us, 0 AS expires_us, 'en' AS language, \
         CASE WHEN u.address IS NULL THEN 0 ELSE 1 END AS sso, {STEPS} FROM memberships m \
         JOIN users u ON u.id = m.user_id WHERE m.org_id = $1 \
         UNION ALL SELECT i.id, i.email, '' AS user_id, i.role_id, i.version, i.created_us, \
         i.expires_us, i.language, 0 AS sso, 0 AS by_app, 0 AS passkeys, 0 AS by_provider \
         FROM invitations i WHERE i.org_id = $1) a JOIN (SELECT id AS of_role, \
         name AS role_name, description, editable, of_platform FROM roles WHERE org_id = $1) r \
         ON r.of_role = a.role_id"
    )
});

fn to_row(row: &AnyRow) -> Result<Row> {
    let (name, person) = (row.text("role_name")?, row.text("user_id")?);
    let pending = person.is_empty();
    Ok(Row {
        id: row.parsed("id")?,
        email: row.text("email")?,
        owner: row.flag("of_platform")? && name == "Owner",
        role: IamRole {
            id: row.parsed("role_id")?,
            name,
            description: Some(row.text("description")?).filter(|d| !d.is_empty()),
            editable: row.flag("editable")?,
            labels: None,
            permissions: None,
            policy: None,
            assume_role_policy: None,
            max_session_ttl: None,
            of_platform: Some(row.flag("of_platform")?),
            used_by: None,
        },
        person: if pending { None } else { Some(row.parsed("user_id")?) },
        language: row.parsed("language")?,
        version: row.int("version")?,
        steps: steps(row)?,
        sso: row.flag("sso")?,
        created: row.time("created_us")?,
        expires: if pending { Some(row.time("expires_us")?) } else { None },
    })
}

pub async fn list(db: &mut Connection, org: OrgId) -> Result<Vec<Row>> {
    let sql = format!("{} ORDER BY a.email, a.id", *ALL);
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).fetch_all(db).await?;
    rows.iter().map(to_row).collect()
}

pub async fn get(db: &mut Connection, org: OrgId, id: MemberId) -> Result<Option<Row>> {
    let sql = format!("{} WHERE a.id = $2", *ALL);
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(id.to_string());
    query.fetch_optional(db).await?.as_ref().map(to_row).transpose()
}

/// How many people there are, invited ones among them; and how many of those.
pub async fn counts(act: &mut Act) -> Result<(i64, i64)> {
    let org = act.org()?;
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM memberships WHERE org_id = $1) AS here, \
         (SELECT COUNT(*) FROM invitations WHERE org_id = $1) AS invited",
    )
    .bind(org.to_string())
    .fetch_one(act.db())
    .await?;
    let invited = row.int("invited")?;
    Ok((row.int("here")? + invited, invited))
}

/// Who is there, in the order that they came: with what their roles allow.
pub async fn with_policies(act: &mut Act) -> Result<Vec<(UserId, String, Arc<Ready>)>> {
    let org = act.org()?;
    let rows = sqlx::query(
        "SELECT m.user_id, COALESCE(u.address, u.email) AS email, r.policy FROM memberships m JOIN users u ON u.id = m.user_id \
         JOIN roles r ON r.id = m.role_id WHERE m.org_id = $1 ORDER BY m.created_us, m.user_id",
    )
    .bind(org.to_string())
    .fetch_all(act.db())
    .await?;
    let mut members = Vec::with_capacity(rows.len());
    for row in &rows {
        let policy = Ready::stored(&row.text("policy")?).await?;
        members.push((row.parsed("user_id")?, row.text("email")?, policy));
    }
    Ok(members)
}

/// Owners who are there, in the order that they came: an invited one is none yet.
pub async fn owners(act: &mut Act) -> Result<Vec<Owner>> {
    let org = act.org()?;
    let rows = sqlx::query(
        "SELECT m.id, m.user_id, m.role_id, u.email, u.address, COALESCE(i.issuer, '') AS issuer, \
         COALESCE(i.shut_out, 0) AS shut_out \
         FROM memberships m JOIN users u ON u.id = m.user_id JOIN roles r ON r.id = m.role_id \
         LEFT JOIN identities i ON i.user_id = u.id \
         WHERE m.org_id = $1 AND r.of_platform = 1 AND r.name = 'Owner' \
         ORDER BY m.created_us, m.user_id",
    )
    .bind(org.to_string())
    .fetch_all(act.db())
    .await?;
    rows.iter().map(to_owner).collect()
}

fn to_owner(row: &AnyRow) -> Result<Owner> {
    let (email, signs_in) = match row.maybe_text("address")? {
        Some(address) => {
            let (issuer, shut_out) = (row.text("issuer")?, row.flag("shut_out")?);
            (address.clone(), SignsIn::By { issuer, address, shut_out })
        }
        None => (row.text("email")?, SignsIn::Here),
    };
    let (id, user, role) = (row.parsed("id")?, row.parsed("user_id")?, row.parsed("role_id")?);
    Ok(Owner { id, user, role, email, signs_in })
}

/// Whether the address is a member's or invited.
pub async fn is_there(act: &mut Act, email: &str) -> Result<bool> {
    let org = act.org()?;
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM memberships m JOIN users u ON u.id = m.user_id \
         WHERE m.org_id = $1 AND COALESCE(u.address, u.email) = $2) + (SELECT COUNT(*) FROM invitations \
         WHERE org_id = $1 AND email = $2) AS n",
    )
    .bind(org.to_string())
    .bind(email.to_owned())
    .fetch_one(act.db())
    .await?;
    Ok(row.int("n")? > 0)
}

pub async fn set_role(act: &mut Act, row: &Row, role: RoleId) -> Result<()> {
    let org = act.org()?;
    let table = if row.person.is_some() { "memberships" } else { "invitations" };
    let sql = format!(
        "UPDATE {table} SET role_id = $1, version = version + 1 WHERE org_id = $2 AND id = $3"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(role.to_string())
        .bind(org.to_string())
        .bind(row.id.to_string())
        .execute(act.db())
        .await?;
    Ok(())
}

/// Takes an invitation back, or ends a membership and what it gave: sessions, access tokens, links,
/// and what only this person sees. What is shared stays, and belongs to nobody.
pub async fn remove(act: &mut Act, row: &Row) -> Result<()> {
    let org = act.org()?;
    let Some(user) = row.person else {
        sqlx::query("DELETE FROM invitations WHERE org_id = $1 AND id = $2")
            .bind(org.to_string())
            .bind(row.id.to_string())
            .execute(act.db())
            .await?;
        return Ok(());
    };
    for what in [
        "DELETE FROM sessions WHERE org_id = $1 AND user_id = $2",
        "DELETE FROM access_tokens WHERE org_id = $1 AND user_id = $2",
        "DELETE FROM sign_in_links WHERE org_id = $1 AND user_id = $2",
        "DELETE FROM preferences WHERE org_id = $1 AND user_id = $2",
        "DELETE FROM saved_views WHERE org_id = $1 AND user_id = $2 AND shared = 0",
        "UPDATE saved_views SET user_id = NULL WHERE org_id = $1 AND user_id = $2",
        "DELETE FROM memberships WHERE org_id = $1 AND user_id = $2",
    ] {
        sqlx::query(what).bind(org.to_string()).bind(user.to_string()).execute(act.db()).await?;
    }
    Ok(())
}
