//! The organization's policy: what nobody in it may do, whatever their role says.

use super::{decision, policies::Ready, roles};
use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    operations, organization,
    view::View,
};
use api::{IamPolicy, Nothing, Operation};
use domain::iam::{Policy, ceiling, limits, permission::Permission};
use serde_json::json;

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
    written(act, &policy).await
}

/// `reset-iam-organization-policy`: the way out, so no policy is asked. Roles that may, say so.
pub async fn reset(act: &mut Act, _: Nothing) -> Result<Operation> {
    let (org, own) = (act.org()?, act.principal()?.role.clone());
    let wanted = Permission::ResetOrganizationPolicy;
    if !wanted.is_in(&roles::permissions_of(act.db(), org, own.id).await?) {
        return Err(Error::Forbidden(wanted.refusal(&own.name)));
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
