//! Roles: what those who have them may do. Nobody makes one that is wider than their own.

mod ceiling;
mod store;

use crate::{
    act::{Act, Subject},
    call::Call,
    db::Connection,
    error::{Error, Result},
    iam::{
        assume::{TTL_DEFAULT, TTL_MAX},
        decision,
        policies::Ready,
        wider_tokens::{self, Whose},
    },
    identity_providers, operations, organization,
    view::View,
};
use api::{
    AssumeRolePolicy, CreateIamRole, IamPolicy, IamRole, IamRoles, Nothing, Operation, RoleUsers,
    UpdateIamRole,
};
use domain::{
    OrgId, RoleId,
    iam::{Policy, limits, permission::Permission},
    labels, name,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use store::Row;

pub use ceiling::must_be_grantable;

/// Roles that an organization may have.
const ROLES_MAX: i64 = 200;
const NAME_CHARACTERS_MAX: usize = 191;
const DESCRIPTION_CHARACTERS_MAX: usize = 255;

/// `list-iam-roles`
pub async fn list(view: &View, _: Nothing) -> Result<IamRoles> {
    let mut db = view.cloud.db.read().await?;
    let org = view.org()?;
    let rows = store::list(&mut db, org).await?;
    let users = store::users(&mut db, org, view.now()).await?;
    let with_users = |row: Row| with_users(row.role, &users);
    Ok(IamRoles { iam_roles: rows.into_iter().map(with_users).collect() })
}

/// `get-iam-role`
pub async fn get(view: &View, _: Nothing) -> Result<IamRole> {
    let mut db = view.cloud.db.read().await?;
    let org = view.org()?;
    let row = store::get(&mut db, org, view.param("id")?).await?;
    let row = row.ok_or_else(|| Error::not_found("role"))?;
    view.version(row.version);
    let users = store::users(&mut db, org, view.now()).await?;
    Ok(with_users(row.role, &users))
}

fn with_users(role: IamRole, users: &BTreeMap<RoleId, RoleUsers>) -> IamRole {
    IamRole { used_by: Some(users.get(&role.id).copied().unwrap_or_default()), ..role }
}

/// A role, if it is the organization's.
pub async fn of(db: &mut Connection, org: OrgId, id: RoleId) -> Result<Option<IamRole>> {
    Ok(store::get(db, org, id).await?.map(|row| row.role))
}

/// What a role may whatever policies say; nothing, if there is no such role.
pub async fn permissions_of(db: &mut Connection, org: OrgId, id: RoleId) -> Result<Vec<String>> {
    Ok(of(db, org, id).await?.and_then(|role| role.permissions).unwrap_or_default())
}

/// A role's name, and what it allows.
pub struct PolicyOf {
    pub name: String,
    pub policy: Arc<Ready>,
}

/// What all roles of the organization allow.
pub async fn policies(view: &View) -> Result<HashMap<RoleId, PolicyOf>> {
    let rows = {
        let mut db = view.cloud.db.read().await?;
        store::list(&mut db, view.org()?).await?
    };
    let mut all = HashMap::new();
    for Row { role, .. } in rows {
        let policy = Ready::prepared(role.policy.unwrap_or_else(Policy::deny_all)).await?;
        all.insert(role.id, PolicyOf { name: role.name, policy });
    }
    Ok(all)
}

/// `create-iam-role`
pub async fn create(act: &mut Act, input: CreateIamRole) -> Result<Operation> {
    let name = input.name.trim();
    name::check(name)
        .and_then(|()| name::check_text(name, NAME_CHARACTERS_MAX))
        .map_err(|e| Error::field("name", e))?;
    check(input.description.as_deref(), input.labels.as_ref(), input.permissions.as_deref())?;
    let policy = input.policy.unwrap_or_else(Policy::deny_all);
    limits::check(&policy).map_err(|e| Error::field("policy", e))?;
    check_assuming(input.assume_role_policy.as_ref(), input.max_session_ttl)?;
    let permissions = input.permissions.unwrap_or_default();
    ceiling::must_be_within(act, &policy, &permissions, ceiling::of_policy).await?;
    organization::store::hold(act).await?;
    if store::count(act).await? >= ROLES_MAX {
        return Err(Error::Conflict(format!(
            "There are {ROLES_MAX} roles in this organization: delete one that nobody has."
        )));
    }
    let role = IamRole {
        id: act.new_id(),
        name: name.to_owned(),
        description: input.description,
        editable: input.editable.unwrap_or(true),
        labels: input.labels,
        permissions: Some(permissions),
        policy: Some(policy),
        assume_role_policy: input.assume_role_policy,
        max_session_ttl: Some(input.max_session_ttl.unwrap_or(TTL_DEFAULT)),
        of_platform: Some(false),
        used_by: None,
    };
    if !store::insert(act, &role).await? {
        return Err(Error::Conflict(format!("There is a role {name:?}: choose another name.")));
    }
    written(act, &role, 1).await
}

/// `update-iam-role`
pub async fn update(act: &mut Act, input: UpdateIamRole) -> Result<Operation> {
    let mut row = changeable(act, ceiling::of_policy).await?;
    check(input.description.as_deref(), input.labels.as_ref(), input.permissions.as_deref())?;
    let was = row.role.clone();
    let role = &mut row.role;
    role.description = input.description.or_else(|| role.description.take());
    role.labels = input.labels.or_else(|| role.labels.take());
    if let Some(permissions) = input.permissions {
        let policy = role.policy.clone().unwrap_or_else(Policy::deny_all);
        ceiling::must_be_within(act, &policy, &permissions, |part| part).await?;
        role.permissions = Some(permissions);
    }
    check_assuming(input.assume_role_policy.as_ref(), input.max_session_ttl)?;
    role.max_session_ttl = input.max_session_ttl.or(role.max_session_ttl);
    // Whoever says who may assume it hands it out: it is no wider than their own.
    role.assume_role_policy = input.assume_role_policy.or(role.assume_role_policy.take());
    store::update(act, role).await?;
    act.changes(was, &row.role)?;
    written(act, &row.role, row.version + 1).await
}

/// `update-iam-role-policy`
pub async fn update_policy(act: &mut Act, policy: IamPolicy) -> Result<Operation> {
    let mut row = changeable(act, |part| part).await?;
    if !row.role.editable {
        return Err(Error::Conflict(format!(
            "The role {:?} was made with a policy that can't be changed: make another role.",
            row.role.name
        )));
    }
    limits::check(&policy).map_err(|e| Error::invalid(format!("The policy {e}.")))?;
    let permissions = row.role.permissions.clone().unwrap_or_default();
    ceiling::must_be_within(act, &policy, &permissions, |part| part).await?;
    let is_own = row.role.id == act.principal()?.role.id;
    if is_own && !could_change_it_back(act, &policy).await? {
        return Err(Error::Conflict(
            "You have this role yourself, and with this policy you could not change it back: keep \
             the service iam in it, or ask somebody with another role."
                .into(),
        ));
    }
    let was = row.role.clone();
    row.role.policy = Some(policy);
    store::update(act, &row.role).await?;
    act.changes(was, &row.role)?;
    wider_tokens::end(act, Whose::Role(row.role.id)).await?;
    act.ends_access();
    written(act, &row.role, row.version + 1).await
}

/// Whether who asks could ask the same with this policy.
async fn could_change_it_back(call: &Call, policy: &Policy) -> Result<bool> {
    let new = Ready::prepared(policy.clone()).await?;
    decision::allows(call, &call.principal()?.org_policy, &new).await
}

/// `delete-iam-role`
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Operation> {
    let row = changeable(act, ceiling::of_policy).await?;
    let (org, now) = (act.org()?, act.now());
    let users = store::users(act.db(), org, now).await?;
    let who = users.get(&row.role.id).map(|users| named(*users)).unwrap_or_default();
    if !who.is_empty() {
        return Err(Error::Conflict(format!(
            "The role {:?} is had by {}: give them another one, or revoke them first.",
            row.role.name,
            who.join(", ")
        )));
    }
    if identity_providers::hands_out(act, row.role.id).await? {
        return Err(Error::Conflict(format!(
            "Single sign-on gives the role {:?}: take it out of the mapping first.",
            row.role.name
        )));
    }
    store::delete(act, row.role.id).await?;
    act.about(Subject::new("iam-role", row.role.id, row.role.name));
    act.changed("iam-role", row.role.id, Some("deleted"));
    operations::done(act).await
}

/// Who has a role: “2 people”, “1 API key”.
fn named(users: RoleUsers) -> Vec<String> {
    [
        (users.people, "person", "people"),
        (users.api_keys, "API key", "API keys"),
        (users.access_tokens, "access token", "access tokens"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
    .collect()
}

/// The role of the path, if who asks may change it, and it was not changed since they read it. Whoever
/// narrows a role takes from all who have it, so it must not be wider than their own. `field` says which
/// field a part of the role is.
async fn changeable(act: &mut Act, field: impl Fn(String) -> String) -> Result<Row> {
    let (org, id) = (act.org()?, act.param("id")?);
    organization::store::hold(act).await?;
    let row = store::get(act.db(), org, id).await?;
    let row = row.ok_or_else(|| Error::not_found("role"))?;
    act.expect_version("role", id, row.version).await?;
    if row.role.of_platform == Some(true) {
        return Err(Error::Conflict(format!(
            "{} is a role of the platform, which nobody changes: make one of your own.",
            row.role.name
        )));
    }
    ceiling::must_be_mine_to_change(act, &row.role, field).await?;
    Ok(row)
}

fn check(
    description: Option<&str>,
    labels: Option<&labels::Labels>,
    permissions: Option<&[String]>,
) -> Result<()> {
    if let Some(description) = description {
        name::check_text(description, DESCRIPTION_CHARACTERS_MAX)
            .map_err(|e| Error::field("description", e))?;
    }
    if let Some(labels) = labels {
        labels::check(labels).map_err(|e| Error::field("labels", e))?;
    }
    let unknown = permissions
        .and_then(|permissions| permissions.iter().find(|one| one.parse::<Permission>().is_err()));
    match unknown {
        Some(unknown) => {
            let possible: Vec<_> = Permission::ALL.iter().map(|one| one.as_str()).collect();
            Err(Error::field(
                "permissions",
                format!("has {unknown:?}; possible are {}", possible.join(" and ")),
            ))
        }
        None => Ok(()),
    }
}

fn check_assuming(rules: Option<&AssumeRolePolicy>, ttl: Option<i64>) -> Result<()> {
    if let Some(rules) = rules {
        limits::check_rules(rules).map_err(|e| Error::field("assume-role-policy", e))?;
    }
    match ttl {
        Some(ttl) if !(1..=TTL_MAX).contains(&ttl) => {
            Err(Error::field("max-session-ttl", format!("must be 1 to {TTL_MAX}")))
        }
        _ => Ok(()),
    }
}

async fn written(act: &mut Act, role: &IamRole, version: i64) -> Result<Operation> {
    act.new_version(version);
    act.about(Subject::new("iam-role", role.id, &role.name));
    act.changed("iam-role", role.id, None);
    operations::done(act).await
}
