//! Rows of grants, as decisions need them.

use crate::{
    db::{Columns, Connection},
    error::Result,
    principal::Principal,
};
use domain::{OrgId, RoleId, Timestamp, UserId, iam::grant::Grant};
use sqlx::{Any, Executor, any::AnyRow};

/// A grant, and beside whose role it stands.
#[derive(Clone)]
pub struct Whose {
    pub user: UserId,
    pub role: RoleId,
    pub grant: Grant,
}

fn to_whose(row: &AnyRow) -> Result<Whose> {
    let grant = Grant {
        operation: row.text("operation")?,
        resource: row.maybe_text("resource")?,
        from: row.time("decided_us")?,
        until: row.time("ends_us")?,
    };
    Ok(Whose { user: row.parsed("user_id")?, role: row.parsed("role_id")?, grant })
}

/// The same principal, with what they were granted beside their role.
pub async fn with_grants<'e>(
    principal: Principal,
    db: impl Executor<'e, Database = Any>,
    now: Timestamp,
) -> Result<Principal> {
    let Some(user) = principal.actor.user() else { return Ok(principal) };
    let rows = sqlx::query(
        "SELECT user_id, role_id, operation, resource, decided_us, ends_us FROM access_requests \
         WHERE org_id = $1 AND user_id = $2 AND ends_us > $3 AND role_id = $4",
    )
    .bind(principal.org.to_string())
    .bind(user.to_string())
    .bind(now.0)
    .bind(principal.role.id.to_string())
    .fetch_all(db)
    .await?;
    let grants = rows.iter().map(|row| Ok(to_whose(row)?.grant)).collect::<Result<_>>()?;
    Ok(Principal { grants, ..principal })
}

/// All that was granted in an organization and went on then, or later.
pub async fn since(db: &mut Connection, org: OrgId, then: Timestamp) -> Result<Vec<Whose>> {
    let rows = sqlx::query(
        "SELECT user_id, role_id, operation, resource, decided_us, ends_us FROM access_requests \
         WHERE org_id = $1 AND ends_us > $2",
    )
    .bind(org.to_string())
    .bind(then.0)
    .fetch_all(db)
    .await?;
    rows.iter().map(to_whose).collect()
}
