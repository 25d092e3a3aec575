//! The organization's policy: what nobody in it may do, whatever their role says.

use super::{decision, policies::Ready, roles};
use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    operations, organization,
    principal::{Actor, Principal, Role},
    users::owners::{self, Owner},
    view::View,
};
use api::{IamPolicy, Nothing, Operation};
use domain::{
    RoleId, SessionId, Uuid,
    iam::{Policy, ceiling, limits, permission::Permission},
};
use serde_json::json;
use std::sync::Arc;

/// Owners that a policy is tried with, those who came first: each takes the work of a decision while the
/// organization is held.
const OWNERS_ASKED_MAX: usize = 50;

/// `get-iam-organization-policy`
pub async fn get(view: &View, _: Nothing) -> Result<IamPolicy> {
    let mut db = view.cloud.db.read().await?;
    let (policy, version) = organization::store::policy(&mut db, view.org()?).await?;
    view.version(version);
    Ok(policy)
}

/// `update-iam-organization-policy`
pub async fn update(act: &mut Act, policy: IamPolicy) -> Result<Operation> {
    limits::check(&policy).map_err(|e| Error::invalid(format!("The policy {e}.")))?;
    let principal = act.principal()?;
    let (own, now) = (principal.role.policy.clone(), &principal.org_policy);
    let is_wider = |than: &Ready| ceiling::within(&than.source, &policy).is_err();
    if is_wider(&own) && is_wider(now) {
        return Err(Error::Forbidden(format!(
            "The policy would allow the organization more than now, and more than your own role \
             ({:?}) may do: ask somebody whose role is wider.",
            principal.role.name
        )));
    }
    // What is asked for now is what would change it back.
    let new = Ready::prepared(policy.clone()).await?;
    let all = Ready::allow_all();
    if !decision::allows(act, &new, &own).await? || !decision::allows(act, &new, &all).await? {
        return Err(Error::Conflict(
            "With this policy nobody could change it back: keep the service iam allowed in it."
                .into(),
        ));
    }
    // Nobody joins or leaves meanwhile.
    organization::store::hold(act).await?;
    must_let_an_owner_change_it(act, &new).await?;
    written(act, &policy).await
}

/// Refuses a policy under which no owner could ask what is asked now: from where and when it is asked, as
/// nothing else is known of them. One is enough, since they can let in the others.
async fn must_let_an_owner_change_it(act: &mut Act, new: &Arc<Ready>) -> Result<()> {
    let (owners, mut refusal) = (owners::who_can_come(act).await?, None);
    // Where no owner can sign in anyway, none is shut out.
    let Some(first) = owners.first() else { return Ok(()) };
    let role = role(act, first.role).await?;
    let operation = act.request.endpoint.operation;
    for owner in owners.into_iter().take(OWNERS_ASKED_MAX) {
        let principal = just_signed_in(act, owner, role.clone(), new.clone())?;
        let call = act.imagined(act.request.clone(), principal);
        match decision::of(&call, new, &role.policy).await? {
            Some(decision) if !decision.allowed => {
                refusal = refusal.or(Some(decision::sentence(&decision, operation, &role.name)));
            }
            _ => return Ok(()),
        }
    }
    Err(Error::Conflict(format!(
        "With this policy no owner of the organization could change it back. {} Add a rule that allows \
         identity.role == {:?} for the service iam.",
        refusal.unwrap_or_default(),
        role.name
    )))
}

async fn role(act: &mut Act, id: RoleId) -> Result<Role> {
    let org = act.org()?;
    let role = roles::of(act.db(), org, id).await?;
    let role = role.ok_or_else(|| Error::internal("an owner's role is gone"))?;
    let policy = Ready::prepared(role.policy.unwrap_or_else(Policy::deny_all)).await?;
    Ok(Role { id: role.id, name: role.name, policy })
}

/// An owner who has just signed in.
fn just_signed_in(
    act: &Act,
    owner: Owner,
    role: Role,
    org_policy: Arc<Ready>,
) -> Result<Principal> {
    let session = SessionId(Uuid::nil());
    Ok(Principal {
        actor: Actor::Session { user: owner.user, email: owner.email, session },
        role,
        org_policy,
        grants: Arc::default(),
        credential_created: act.now(),
        ..act.principal()?.clone()
    })
}

/// `reset-iam-organization-policy`: the way out, so no policy is asked. Roles that may, say so.
pub async fn reset(act: &mut Act, _: Nothing) -> Result<Operation> {
    let principal = act.principal()?;
    let (org, own, assumed) = (principal.org, principal.role.clone(), principal.has_assumed());
    let wanted = Permission::ResetOrganizationPolicy;
    if !wanted.is_had(&roles::permissions_of(act.db(), org, own.id).await?, assumed) {
        return Err(Error::Forbidden(wanted.refusal(&own.name, assumed)));
    }
    written(act, &Policy::allow_all()).await
}

async fn written(act: &mut Act, policy: &Policy) -> Result<Operation> {
    let org = act.org()?;
    organization::store::hold(act).await?;
    let version = organization::store::settings(act.db(), org).await?.version;
    act.expect_version("organization", org, version).await?;
    let was = act.principal()?.org_policy.source.clone();
    organization::store::set_policy(act, policy).await?;
    act.changes(json!({ "policy": was }), json!({ "policy": policy }))?;
    act.new_version(version + 1);
    act.ends_access();
    let name = act.principal()?.org_name.clone();
    act.about(Subject::new("organization", org, name));
    act.changed("organization", org, None);
    operations::done(act).await
}
