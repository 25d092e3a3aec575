//! Who a provider has signed in, here: a member with the role that the mapping says, or nobody.

use super::{
    refused::{self, Outsider},
    store,
};
use crate::{
    act::Act,
    error::{Error, Result},
    iam::{
        roles,
        wider_tokens::{self, Whose},
    },
    identity_providers::{mapping, store::Row},
    organization,
    sessions::{
        self,
        people::membership::{self, Membership},
    },
    users::{self, USERS_MAX},
};
use domain::{
    MemberId, RoleId, UserId,
    single_sign_on::{Fate, claims::Identity, fate, lets_in},
};
use serde_json::{Value, json};

/// Lets somebody in, and says who it is here; or writes down why not. The organization is held.
pub async fn let_in(
    act: &mut Act,
    row: &Row,
    claims: &Value,
    identity: &Identity,
) -> Result<UserId> {
    let known = store::known(act, row, &identity.subject).await?;
    let refuse = |act: &Act, reason: String, loses_access: bool| {
        let email = identity.email.clone();
        let outsider = Outsider { user: known, email, reason: reason.clone(), loses_access };
        refused::note(act, row, outsider);
        Err(Error::Forbidden(reason))
    };
    let Ok(email) = sessions::people::check_email(&identity.email) else {
        let reason = format!("{} says an e-mail address of you that is none.", row.name);
        return refuse(act, reason, false);
    };
    if !lets_in(&row.domains, &email) {
        let reason = format!(
            "{} lets in people with addresses in {} only, and yours is {email}.",
            row.org_name,
            row.domains.join(", ")
        );
        return refuse(act, reason, false);
    }
    let two_steps = identity.two_steps || row.two_step_trusted;
    if !two_steps && organization::store::settings(act.db(), row.org).await?.second_factor_required
    {
        let reason = format!(
            "{} demands two-step sign-in, and {} did not say that you signed in in two steps (amr). \
             Set a second step up there, or ask an admin of {}.",
            row.org_name, row.name, row.org_name
        );
        return refuse(act, reason, false);
    }
    let role = mapping::role(&row.mapping, &mapping::truths(&row.mapping, claims));
    let member = match known {
        Some(user) => store::membership(act, row, user).await?,
        None => None,
    };
    let outcome = match &member {
        Some(member) => fate(member.role, role, is_last_owner(act, row, member.id).await?),
        None => role.map_or(Fate::Refused, Fate::Becomes),
    };
    if outcome == Fate::Refused {
        let reason = format!(
            "{} gives you no role with what {} says about you: ask an admin there.",
            row.org_name, row.name
        );
        return refuse(act, reason, true);
    }
    if store::is_taken(act, row, &email, known).await? {
        let reason = format!(
            "{email} is a member of {} already, or invited, and not by {}: an admin removes that member \
             or takes the invitation back, then sign in again.",
            row.org_name, row.name
        );
        return refuse(act, reason, false);
    }
    let user = match known {
        Some(user) => user,
        None => {
            let user: UserId = act.new_id();
            store::make(act, row, identity, (user, &email)).await?;
            user
        }
    };
    store::seen(act, user, &email, two_steps).await?;
    match (member, outcome) {
        (Some(member), Fate::Becomes(role)) => change_role(act, row, member.id, role).await?,
        (None, Fate::Becomes(role)) => join(act, row, user, role, &email).await?,
        _ => {}
    }
    Ok(user)
}

async fn is_last_owner(act: &mut Act, row: &Row, id: MemberId) -> Result<bool> {
    let member = users::store::get(act.db(), row.org, id).await?;
    Ok(member.is_some_and(|member| member.owner) && !users::owners::one_is_left(act, id).await?)
}

async fn join(act: &mut Act, row: &Row, user: UserId, role: RoleId, email: &str) -> Result<()> {
    let (all, _) = users::store::counts(act).await?;
    if all >= USERS_MAX {
        return Err(Error::Conflict(format!(
            "There are {all} people in {} already: ask an admin there to remove somebody.",
            row.org_name
        )));
    }
    let id: MemberId = act.new_id();
    let (org, project, now) = (row.org, row.project, act.now());
    membership::join(act.db(), &Membership { id, org, project, user, role }, now).await?;
    let name = roles::of(act.db(), row.org, role).await?.map(|role| role.name);
    act.changes(json!({}), json!({ "user": email, "role": name }))?;
    act.changed("user", id, None);
    Ok(())
}

/// As when an admin gives somebody another role: what is wider than it ends.
async fn change_role(act: &mut Act, row: &Row, id: MemberId, role: RoleId) -> Result<()> {
    let member = users::store::get(act.db(), row.org, id).await?;
    let member = member.ok_or_else(|| Error::internal("a membership without its row"))?;
    users::store::set_role(act, &member, role).await?;
    let is = roles::of(act.db(), row.org, role).await?.map(|role| role.name);
    act.changes(json!({ "role": member.role.name }), json!({ "role": is }))?;
    if let Some(user) = member.person {
        wider_tokens::end(act, Whose::Person(user)).await?;
    }
    users::end_grants(act, &member).await?;
    act.ends_access();
    act.changed("user", id, None);
    Ok(())
}
