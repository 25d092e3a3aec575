//! `list-iam-permissions`: what a role, a key or a person may do, and which of it was used.

pub mod effect;
mod proposal;

use super::{
    access, decision, keys,
    policies::Ready,
    roles,
    uses::{self, Whose},
};
use crate::{
    error::{Error, Result},
    principal::Role,
    users,
    view::View,
};
use api::{
    Endpoint, IamPermission, IamPermissionGrant, IamPermissionRule, IamPermissions,
    ListIamPermissions,
};
use domain::{
    MemberId, RoleId, Timestamp,
    iam::{Policy, grant::Grant, permission::Permission},
};
use effect::{Beside, Effect, effect, expression};
use policy::Layer;
use std::{collections::HashMap, sync::Arc, time::Duration};

/// What was not used for so long is unused.
const WINDOW: Duration = Duration::from_secs(90 * 24 * 3_600);

/// `list-iam-permissions`
pub async fn list(view: &View, input: ListIamPermissions) -> Result<IamPermissions> {
    view.must("get-iam-organization-policy", &[]).await?;
    let asked = (input.role_id, input.api_key, input.user_id);
    let of = match asked {
        (Some(id), None, None) => {
            let role = role(view, id, "role-id").await?;
            Of { role, who: None, whose: Whose::Role(id), grants: Arc::default(), assumed: false }
        }
        (None, Some(key), None) => of_key(view, &key).await?,
        (None, None, Some(id)) => of_user(view, id).await?,
        (None, None, None) => {
            let principal = view.principal()?;
            let actor = &principal.actor;
            Of {
                role: principal.role.clone(),
                who: Some(actor.label()),
                whose: Whose::Principal(actor.scope()),
                grants: principal.grants.clone(),
                assumed: principal.has_assumed(),
            }
        }
        _ => return Err(Error::field("role-id", "can't be given with api-key or user-id")),
    };
    let (used, began) = uses::of(view, &of.whose).await?;
    let since = view.now().minus(WINDOW).max(began.unwrap_or(view.now()));
    let lately: HashMap<_, _> = used
        .iter()
        .filter(|(_, (last, _))| *last >= since)
        .map(|(operation, of)| (operation.clone(), *of))
        .collect();
    let organization = view.principal()?.org_policy.clone();
    let permissions = {
        let mut db = view.cloud.db.read().await?;
        roles::permissions_of(&mut db, view.org()?, of.role.id).await?
    };
    let told = |endpoint| told(endpoint, &organization, &of, &permissions, &used);
    Ok(IamPermissions {
        since,
        operations: api::ENDPOINTS.iter().map(told).collect(),
        proposed: proposal::proposal(&of.role.policy.source, &lately),
        role_id: of.role.id,
        role: of.role.name,
        who: of.who,
    })
}

/// Of whom it is said what they may do.
struct Of {
    role: Role,
    /// An address, or a key's name; nobody, where it is said of a role.
    who: Option<String>,
    whose: Whose,
    grants: Arc<[Grant]>,
    /// The role is only assumed.
    assumed: bool,
}

async fn role(view: &View, id: RoleId, field: &str) -> Result<Role> {
    view.must("get-iam-role", &[("id", &id.to_string())]).await?;
    let mut db = view.cloud.db.read().await?;
    let role = roles::of(&mut db, view.org()?, id).await?;
    let role = role.ok_or_else(|| Error::field(field, "is not a role of this organization"))?;
    let policy = Ready::prepared(role.policy.unwrap_or_else(Policy::deny_all)).await?;
    Ok(Role { id: role.id, name: role.name, policy })
}

async fn of_key(view: &View, key: &str) -> Result<Of> {
    view.must("get-api-key", &[("id", key)]).await?;
    let found = {
        let mut db = view.cloud.db.read().await?;
        keys::store::get(&mut db, view.org()?, key, view.now()).await?
    };
    let found = found.ok_or_else(|| Error::field("api-key", "is none of this organization"))?;
    let role = role(view, found.role_id, "api-key").await?;
    Ok(Of {
        role,
        who: Some(found.name),
        whose: Whose::Principal(format!("key:{}", found.key)),
        grants: Arc::default(),
        assumed: found.assumed_by.is_some(),
    })
}

async fn of_user(view: &View, id: MemberId) -> Result<Of> {
    view.must("list-users", &[]).await?;
    let found = {
        let mut db = view.cloud.db.read().await?;
        users::store::get(&mut db, view.org()?, id).await?
    };
    let found = found.ok_or_else(|| Error::field("user-id", "is nobody of this organization"))?;
    let role = role(view, found.role.id, "user-id").await?;
    // Who is invited has done nothing.
    let person = found.person.map_or_else(|| "user:".to_owned(), |user| format!("user:{user}"));
    let grants = granted(view, id, role.id).await?;
    Ok(Of { role, who: Some(found.email), whose: Whose::Principal(person), grants, assumed: false })
}

/// What a member was granted beside the role that they have. Who may read what a person may do may read
/// that, too.
pub async fn granted(view: &View, id: MemberId, role: RoleId) -> Result<Arc<[Grant]>> {
    let (org, now) = (view.org()?, view.now());
    let mut db = view.cloud.db.read().await?;
    let person = users::store::get(&mut db, org, id).await?.and_then(|row| row.person);
    let all = access::granted::store::since(&mut db, org, now).await?;
    let theirs = all.into_iter().filter(|one| Some(one.user) == person && one.role == role);
    Ok(theirs.map(|one| one.grant).collect())
}

fn told(
    endpoint: &Endpoint,
    organization: &Ready,
    of: &Of,
    permissions: &[String],
    used: &HashMap<String, (Timestamp, i64)>,
) -> IamPermission {
    let role = &*of.role.policy;
    let grants = of.grants.iter().filter(|of| of.operation == endpoint.operation);
    let grants: Vec<_> = grants.collect();
    let granted = match grants.iter().any(|grant| grant.resource.is_none()) {
        true => Beside::All,
        false if grants.is_empty() => Beside::Nothing,
        false => Beside::Some,
    };
    let effect = effect(endpoint, organization, role, granted);
    let effect = if of.assumed { effect.assumed(endpoint) } else { effect };
    let permission = Permission::deciding(endpoint.operation);
    let (outcome, layer) = match &effect {
        Effect::Open => match permission.map(|one| one.is_had(permissions, of.assumed)) {
            Some(true) => ("allowed", None),
            Some(false) => ("refused", None),
            None => ("open", None),
        },
        Effect::Allowed => ("allowed", None),
        Effect::Granted => ("allowed", Some(decision::layer(Layer::Grant).to_owned())),
        Effect::Refused(layer) => ("refused", Some(decision::layer(*layer).to_owned())),
        Effect::Depends(_) => ("depends", None),
    };
    let rules = match effect {
        Effect::Depends(rules) => rules,
        _ => Vec::new(),
    };
    let rule = |(layer, index): (Layer, usize)| {
        let policy = if layer == Layer::Organization { organization } else { role };
        IamPermissionRule {
            layer: decision::layer(layer).to_owned(),
            rule: decision::counted(index),
            expression: expression(policy, endpoint.service, index).to_owned(),
        }
    };
    let used = used.get(endpoint.operation);
    IamPermission {
        operation: endpoint.operation.to_owned(),
        service: if outcome == "open" { String::new() } else { endpoint.service.to_owned() },
        outcome: outcome.to_owned(),
        layer,
        permission: permission.map(|one| one.to_string()),
        rules: rules.into_iter().map(rule).collect(),
        grants: grants
            .into_iter()
            .map(|grant| IamPermissionGrant {
                resource: grant.resource.clone(),
                ends_at: grant.until,
            })
            .collect(),
        last_used_at: used.map(|(last, _)| *last),
        uses: used.map_or(0, |(_, uses)| *uses),
    }
}
