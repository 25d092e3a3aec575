//! Assuming a role: a key that has it for a while. The role's own rules say who may, beside the
//! policies, which say it of every operation.

use super::{
    decision,
    keys::{
        self,
        store::{Assumed, NewKey},
    },
    policies::Ready,
    roles,
};
use crate::{
    act::Act,
    call::Call,
    error::{Error, Result},
    organization,
    principal::Actor,
};
use api::{AssumeIamRole, AssumedIamRole, IamRole};
use policy::Why;
use std::time::Duration;

/// Seconds for which any role can be assumed at most.
pub const TTL_MAX: i64 = 86_400;
/// … if the role does not say.
pub const TTL_DEFAULT: i64 = 3_600;
/// Keys of assumed roles that an organization may have at once.
const ASSUMED_MAX: i64 = 200;

/// `assume-iam-role`
pub async fn assume(act: &mut Act, input: AssumeIamRole) -> Result<AssumedIamRole> {
    let (org, id) = (act.org()?, act.param("id")?);
    // Nobody deletes it meanwhile, nor changes who may.
    organization::store::hold(act).await?;
    let role = roles::of(act.db(), org, id).await?.ok_or_else(|| Error::not_found("role"))?;
    let assumed = who(&act.principal()?.actor)?;
    must_be_assumable(act, &role).await?;
    let most = role.max_session_ttl.unwrap_or(TTL_DEFAULT);
    if !(1..=most).contains(&input.ttl) {
        return Err(Error::field("ttl", format!("must be 1 to {most}, as the role says")));
    }
    if input.org_id.is_some_and(|asked| asked != org) {
        return Err(Error::field(
            "org-id",
            "is another organization, whose roles can't be assumed",
        ));
    }
    if keys::store::count_assumed(act).await? >= ASSUMED_MAX {
        return Err(Error::Conflict(format!(
            "Roles of this organization are assumed {ASSUMED_MAX} times now: revoke a key that is \
             not used, or wait until one ends."
        )));
    }
    let expires_at = act.now().plus(Duration::from_secs(input.ttl.unsigned_abs()));
    let new = NewKey {
        name: &role.name,
        role: role.id,
        expires: Some(expires_at),
        assumed: Some(assumed),
    };
    let (key, secret) = keys::made(act, &new).await?;
    Ok(AssumedIamRole { key, name: role.name, org_id: org, role_id: role.id, secret, expires_at })
}

/// Who assumes a role, and what the key lives no longer than.
fn who(actor: &Actor) -> Result<Assumed> {
    let by = actor.label();
    match actor {
        Actor::Session { user, .. } => Ok(Assumed { by, user: Some(*user), ..Assumed::default() }),
        Actor::Token { user, token, .. } => {
            Ok(Assumed { by, user: Some(*user), token: Some(*token), ..Assumed::default() })
        }
        Actor::Key { key, assumed_by: None, .. } => {
            Ok(Assumed { by, key: Some(key.clone()), ..Assumed::default() })
        }
        Actor::Key { .. } | Actor::Claimed { .. } | Actor::System { .. } => Err(Error::Forbidden(
            "This key was made by assuming a role: assume another one with your own credentials."
                .into(),
        )),
    }
}

/// Asks the role's rules, which read what those of policies read.
async fn must_be_assumable(call: &Call, role: &IamRole) -> Result<()> {
    let rules = role.assume_role_policy.clone().unwrap_or_default();
    let service = call.request.endpoint.service;
    let ready = Ready::prepared(rules.of_service(service)).await?;
    let why = match decision::of(call, &Ready::allow_all(), &ready).await? {
        Some(decision) if !decision.allowed => decision.why,
        _ => return Ok(()),
    };
    let why = match why {
        Why::Rule(index) => format!("rule {} of its assume-role-policy is true", index + 1),
        Why::OutOfFuel(index) => {
            format!("rule {} of its assume-role-policy takes more work than it may", index + 1)
        }
        _ => "none of the rules of its assume-role-policy is true".to_owned(),
    };
    Err(Error::Forbidden(format!("The role {:?} can't be assumed by you: {why}.", role.name)))
}
