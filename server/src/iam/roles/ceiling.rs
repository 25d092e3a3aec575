//! Nobody hands out more than they have, and nobody takes away more than that.

use super::{of, permissions_of};
use crate::{
    act::Act,
    error::{Error, Result},
    organization,
    principal::Principal,
};
use api::IamRole;
use domain::{
    RoleId,
    iam::{Policy, ceiling},
};
use std::collections::BTreeMap;

/// The part of a role that is no part of its policy.
const PERMISSIONS: &str = "permissions";

/// Looks whether a role may be given to a key, a token or a person by who asks for that.
pub async fn must_be_grantable(act: &mut Act, field: &str, role: RoleId) -> Result<()> {
    let org = act.org()?;
    // Nobody deletes it meanwhile, nor makes it wider.
    organization::store::hold(act).await?;
    let Some(role) = of(act.db(), org, role).await? else {
        return Err(Error::field(field, "is not a role of this organization"));
    };
    let policy = role.policy.unwrap_or_else(Policy::deny_all);
    let permissions = role.permissions.unwrap_or_default();
    must_be_within(act, &policy, &permissions, |_| field.to_owned()).await
}

/// Refuses to change a role that is wider than that of who asks: whoever narrows it takes from all who
/// have it. `field` says which field of the input a part of a role is.
pub async fn must_be_mine_to_change(
    act: &mut Act,
    role: &IamRole,
    field: impl Fn(String) -> String,
) -> Result<()> {
    let policy = role.policy.clone().unwrap_or_else(Policy::deny_all);
    let permissions = role.permissions.clone().unwrap_or_default();
    let Some(wider) = wider_than_own(act, &policy, &permissions).await? else { return Ok(()) };
    let message = format!(
        "The role {:?} is wider than your own ({:?}): {}. Ask somebody whose role is.",
        role.name,
        act.principal()?.role.name,
        wider.what
    );
    Err(wider.refused(message, field))
}

/// A part of a role's policy, as the body of an operation that has all of the role names it.
pub fn of_policy(part: String) -> String {
    if part == PERMISSIONS { part } else { format!("policy.{part}") }
}

/// What must be no wider than the role of who asks. `field` says which field of the input it is that is
/// wider, by the part of a role that it stands for.
pub async fn must_be_within(
    act: &mut Act,
    policy: &Policy,
    permissions: &[String],
    field: impl Fn(String) -> String,
) -> Result<()> {
    let Some(wider) = wider_than_own(act, policy, permissions).await? else { return Ok(()) };
    let message = format!(
        "A role must not be wider than your own ({:?}): {}. Ask somebody whose role is.",
        act.principal()?.role.name,
        wider.what
    );
    Err(wider.refused(message, field))
}

/// Where something is wider than the role of who asks.
struct Wider {
    /// `services.compute`, or the permissions.
    part: String,
    what: String,
}

impl Wider {
    fn refused(self, message: String, field: impl Fn(String) -> String) -> Error {
        Error::ForbiddenFields { message, fields: BTreeMap::from([(field(self.part), self.what)]) }
    }
}

/// The grant ceiling, for policy and permissions.
async fn wider_than_own(
    act: &mut Act,
    policy: &Policy,
    permissions: &[String],
) -> Result<Option<Wider>> {
    let Principal { role: own, org, .. } = act.principal()?;
    let (own, org) = (own.clone(), *org);
    if let Err(wider) = ceiling::within(&own.policy.source, policy) {
        return Ok(Some(Wider { part: wider.field(), what: wider.to_string() }));
    }
    let mine = permissions_of(act.db(), org, own.id).await?;
    let more = permissions.iter().find(|permission| !mine.contains(permission));
    Ok(more.map(|more| Wider {
        part: PERMISSIONS.to_owned(),
        what: format!("it has the permission {more:?}, which yours has not"),
    }))
}
