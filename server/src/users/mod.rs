//! The people of an organization: invited, given another role, removed.
//!
//! What the API calls a user is a membership or an invitation, which becomes one with the same id.

pub mod invitations;
pub mod owners;
pub mod store;

use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    iam::{
        access, roles,
        wider_tokens::{self, Whose},
    },
    mail::{self, Letter},
    operations, organization, random,
    seal::sha256,
    sessions::people,
    view::View,
};
use api::{CreateUser, Nothing, Operation, RoleRef, UpdateUserRole, Users};
use app::text::mails;
use domain::{MemberId, RoleId, format::Language};
use invitations::store::NewInvitation;
use serde_json::json;
use store::Row;

/// People that an organization may have, with those who are invited.
pub const USERS_MAX: i64 = 1_000;
/// Invitations that may be open at once.
const INVITED_MAX: i64 = 100;

/// `list-users`
pub async fn list(view: &View, _: Nothing) -> Result<Users> {
    let mut db = view.cloud.db.read().await?;
    let rows = store::list(&mut db, view.org()?).await?;
    let users = rows.into_iter().map(Row::shown).collect();
    Ok(Users { users, mail: Some(view.cloud.mail.kind().to_owned()) })
}

/// `create-user`
pub async fn create(act: &mut Act, input: CreateUser) -> Result<Operation> {
    let email = people::check_email(&input.email).map_err(|what| Error::field("email", what))?;
    let role = asked(input.role)?;
    // It also holds the organization, so that nobody else counts meanwhile.
    roles::must_be_grantable(act, "role.id", role).await?;
    let (all, invited) = store::counts(act).await?;
    if all >= USERS_MAX || invited >= INVITED_MAX {
        return Err(Error::Conflict(format!(
            "There are {all} people in this organization, {invited} of them invited, and there may \
             be {USERS_MAX} and {INVITED_MAX}: remove somebody, or take an invitation back."
        )));
    }
    if store::is_there(act, &email).await? {
        return Err(Error::Conflict(format!(
            "{email} is in this organization or invited already: change the role, or send the \
             invitation again."
        )));
    }
    let language = input.language.unwrap_or(Language::En);
    let token = random::token();
    let id: MemberId = act.new_id();
    let expires = act.now().plus(invitations::LIFETIME);
    let new = NewInvitation { id, email: &email, role, language, hash: sha256(&token), expires };
    invitations::store::invite(act, &new).await?;
    send(act, &email, language, &token).await?;
    written(act, id, &email, None).await
}

/// `resend-user-invitation`
pub async fn resend(act: &mut Act, _: Nothing) -> Result<Operation> {
    let row = held(act).await?;
    if row.person.is_some() {
        return Err(Error::Conflict(format!("{} has accepted the invitation.", row.email)));
    }
    // Who sends it hands the role out again.
    must_be_mine_to_change(act, &row).await?;
    let token = random::token();
    let expires = act.now().plus(invitations::LIFETIME);
    invitations::store::renew(act, row.id, &sha256(&token), expires).await?;
    send(act, &row.email, row.language, &token).await?;
    written(act, row.id, &row.email, None).await
}

/// `update-user-role`
pub async fn update_role(act: &mut Act, input: UpdateUserRole) -> Result<Operation> {
    let row = held(act).await?;
    act.expect_version("user", row.id, row.version).await?;
    let role = asked(input.role)?;
    must_be_mine_to_change(act, &row).await?;
    roles::must_be_grantable(act, "role.id", role).await?;
    if role != row.role.id {
        must_not_be_the_last_owner(act, &row).await?;
        store::set_role(act, &row, role).await?;
        let org = act.org()?;
        let is = roles::of(act.db(), org, role).await?.map(|role| role.name);
        act.changes(json!({ "role": row.role.name }), json!({ "role": is }))?;
        if let Some(user) = row.person {
            wider_tokens::end(act, Whose::Person(user)).await?;
        }
        end_grants(act, &row).await?;
        act.ends_access();
    }
    act.new_version(row.version + i64::from(role != row.role.id));
    written(act, row.id, &row.email, None).await
}

/// `delete-user`
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Operation> {
    let row = held(act).await?;
    act.expect_version("user", row.id, row.version).await?;
    must_be_mine_to_change(act, &row).await?;
    must_not_be_the_last_owner(act, &row).await?;
    end_grants(act, &row).await?;
    store::remove(act, &row).await?;
    act.ends_access();
    written(act, row.id, &row.email, Some("deleted")).await
}

fn asked(role: Option<RoleRef>) -> Result<RoleId> {
    let missing = || Error::field("role.id", "is missing: say which role they shall have");
    role.map(|role| role.id).ok_or_else(missing)
}

/// Whom the path names; nobody else joins, leaves or changes a role until the act ends.
async fn held(act: &mut Act) -> Result<Row> {
    let (org, id) = (act.org()?, act.param("id")?);
    organization::store::hold(act).await?;
    store::get(act.db(), org, id).await?.ok_or_else(|| Error::not_found("user"))
}

/// Nobody takes a role away that is wider than their own, nor sends it again. It is somebody's, and no
/// field of what was asked.
async fn must_be_mine_to_change(act: &mut Act, row: &Row) -> Result<()> {
    let refused = roles::must_be_grantable(act, "role.id", row.role.id).await;
    refused.map_err(|error| match error {
        Error::ForbiddenFields { .. } => Error::Forbidden(format!(
            "The role {:?} of {} is wider than your own: ask somebody whose role is.",
            row.role.name, row.email
        )),
        other => other,
    })
}

async fn must_not_be_the_last_owner(act: &mut Act, row: &Row) -> Result<()> {
    if row.person.is_none() || !row.owner || owners::one_is_left(act, row.id).await? {
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "{} is the last owner of this organization who can sign in: make somebody else an owner first.",
        row.email
    )))
}

/// Grants stand beside the role that somebody has.
pub async fn end_grants(act: &mut Act, row: &Row) -> Result<()> {
    match row.person {
        Some(user) => access::store::end_all(act, user).await,
        None => Ok(()),
    }
}

async fn send(act: &mut Act, email: &str, language: Language, token: &str) -> Result<()> {
    let principal = act.principal()?;
    let (who, organization) = (principal.actor.label(), principal.org_name.clone());
    let link = format!("{}{}", act.cloud.origin, app::path::invitation(token));
    let words =
        [("who", who.as_str()), ("organization", organization.as_str()), ("link", link.as_str())];
    let letter = Letter {
        to: email.to_owned(),
        subject: mails::INVITATION_SUBJECT.filled(language, &words),
        text: mails::INVITATION.filled(language, &words),
    };
    mail::queue(act, &letter).await
}

async fn written(
    act: &mut Act,
    id: MemberId,
    email: &str,
    state: Option<&str>,
) -> Result<Operation> {
    act.about(Subject::new("user", id, email));
    act.changed("user", id, state);
    operations::done(act).await
}
