//! People: signing in and out, their sessions, passwords and organizations.

pub mod confirmed;
mod failed;
mod limits;
pub mod passkeys;
mod password;
pub mod people;
pub mod reset;
pub mod second_factor;
pub mod store;
pub mod used;

pub use limits::SignInLimits;
pub use password::{check_new as check_new_password, hash as hash_password, verify};

use crate::{
    act::{Act, Subject},
    call::Call,
    db::Connection,
    error::{Error, Result},
    iam, organization, preferences,
    principal::{Actor, Principal},
    random,
    seal::sha256,
    view::View,
};
use api::{
    CreateSession, Done, Me, Nothing, Person, RedeemSignInLink, SetPassword, SwitchOrganization,
};
use domain::{OrgId, SessionId, UserId, assurance};
use std::time::Duration;
use store::Purpose;

/// A session that is not used for so long is over.
pub const IDLE: Duration = Duration::from_secs(12 * 3_600);
/// No session is older than this.
pub const LIFETIME: Duration = Duration::from_secs(7 * 24 * 3_600);
/// How long a sign-in link may be used, once.
pub const LINK_LIFETIME: Duration = Duration::from_secs(24 * 3_600);

/// `create-session`
pub async fn create(act: &mut Act, input: CreateSession) -> Result<Me> {
    let email = input.email.trim().to_lowercase();
    let (source, now) = (act.request.source_ip, act.cloud.now());
    act.cloud.limits.attempt(&email, source, now)?;
    let found = people::store::person_by_email(act.db(), &email).await?;
    let hash = found.as_ref().and_then(|p| p.password_hash.clone());
    // A tenth of a second of work that anybody may ask for: nobody else waits for it.
    let cloud = act.cloud();
    let right = act.outside(verify(&cloud.metrics, input.password, hash)).await?;
    let code = input.code.filter(|code| !code.is_empty());
    let passed = match &found {
        Some(person) if right => second_factor::passes(act, person.id, code.as_deref()).await?,
        _ => false,
    };
    let Some(person) = found.as_ref().filter(|_| passed) else {
        if let Some(person) = found {
            failed::note(act, person.id, &email, failed::why(&person, right));
        }
        // Whoever has no code must not learn by it that the password was right.
        return Err(Error::Unauthenticated(
            "E-mail or password is wrong, or the code of two-step sign-in is missing or wrong. \
             Forgotten? A new password is chosen by mail."
                .into(),
        ));
    };
    act.cloud.limits.succeeded(&email, source);
    if code.is_some() {
        // Who types the code as a second step was refused without it first.
        act.cloud.limits.succeeded(&email, None);
    }
    let org = first_organization(act, person.id).await?;
    begin_session(act, person.id, org).await
}

/// Where somebody is after signing in.
async fn first_organization(act: &mut Act, user: UserId) -> Result<OrgId> {
    people::store::first_organization(act.db(), user).await?.ok_or_else(|| {
        Error::Forbidden(
            "You are not a member of any organization: ask an admin to invite you.".into(),
        )
    })
}

/// `redeem-sign-in-link`
pub async fn redeem(act: &mut Act, input: RedeemSignInLink) -> Result<Me> {
    let (source, now) = (act.request.source_ip, act.cloud.now());
    act.cloud.limits.attempt("", source, now)?;
    let new_password = match input.password.filter(|p| !p.is_empty()) {
        Some(new) => {
            check_new_password(&new).map_err(|what| Error::field("password", what))?;
            Some(act.outside(hash_password(new)).await?)
        }
        None => None,
    };
    let Some((user, org)) =
        store::use_link(act.db(), &sha256(&input.token), Purpose::SignIn, now).await?
    else {
        return Err(Error::Unauthenticated(
            "This sign-in link was used already, has expired or never existed. \
             The operator makes a new one: couloir admin sign-in-link."
                .into(),
        ));
    };
    act.cloud.limits.succeeded("", source);
    if let Some(hash) = new_password {
        people::store::set_password(act.db(), user, &hash).await?;
        end_others(act, user, None).await?;
    }
    begin_session(act, user, org).await
}

/// A fresh session: the token is new at every sign-in, and stored as its hash only. The session
/// that the browser had before is over.
pub async fn begin_session(act: &mut Act, user: UserId, org: OrgId) -> Result<Me> {
    begin(act, user, org, false).await
}

/// The same, after what was two steps in one.
async fn begin_session_in_two_steps(act: &mut Act, user: UserId, org: OrgId) -> Result<Me> {
    begin(act, user, org, true).await
}

async fn begin(act: &mut Act, user: UserId, org: OrgId, two_step: bool) -> Result<Me> {
    if let Some(hash) = act.request.replaces_session.clone() {
        store::delete_by_token(act.db(), &hash).await?;
    }
    let token = random::token();
    let id: SessionId = act.new_id();
    let now = act.cloud.now();
    let session = store::NewSession {
        id,
        user,
        org,
        token_hash: sha256(&token),
        now,
        expires: now.plus(LIFETIME),
        confirmed_until: now.plus(assurance::CONFIRMED_FOR),
        source_ip: act.request.source_ip.map(|ip| ip.to_string()),
        user_agent: act.request.user_agent.clone(),
        two_step,
    };
    store::insert(act.db(), &session).await?;
    let principal = store::principal_of_session(act.db(), &session.token_hash, now).await?;
    let principal = principal.ok_or_else(|| Error::internal("a new session has no principal"))?;
    act.become_principal(principal.clone());
    act.about(Subject::new("session", id, "session"));
    act.set_session(Some(token));
    let db = act.db();
    me_of(db, &principal).await
}

/// `get-me`
pub async fn get_me(view: &View, _: Nothing) -> Result<Me> {
    let mut connection = view.cloud.db.read().await?;
    me_of(&mut connection, view.principal()?).await
}

async fn me_of(db: &mut Connection, principal: &Principal) -> Result<Me> {
    let (user, credential) = match &principal.actor {
        Actor::Session { user, email, .. } => (Some((user, email)), "session"),
        Actor::Token { user, email, .. } => (Some((user, email)), "access-token"),
        Actor::Key { .. } | Actor::System { .. } | Actor::Claimed { .. } => (None, "api-key"),
    };
    let current = organization::of(db, principal).await?;
    let (user, organizations) = match user {
        Some((id, email)) => {
            let has_password = people::store::has_password(db, *id).await?;
            let single_sign_on = people::store::comes_by_provider(db, *id).await?;
            let email = email.clone();
            let person = Person { id: *id, email, has_password, single_sign_on };
            (Some(person), people::store::organizations(db, *id).await?)
        }
        None => (None, vec![current.clone()]),
    };
    let preferences = match principal.actor.user() {
        Some(user) => Some(preferences::of(db, principal.org, user).await?),
        None => None,
    };
    let role = iam::roles::of(db, principal.org, principal.role.id).await?;
    let mut role = role.ok_or_else(|| Error::internal("the principal's role is gone"))?;
    if principal.second_factor_missing {
        role.policy = None;
    }
    Ok(Me {
        user,
        organization: current,
        role,
        organizations,
        credential: credential.to_owned(),
        preferences,
        second_factor_missing: principal.second_factor_missing,
    })
}

/// `list-sessions`
pub async fn list(view: &View, _: Nothing) -> Result<api::Sessions> {
    let (user, current) = person(view)?;
    let mut db = view.cloud.db.read().await?;
    let sessions = store::list(&mut db, user, current, view.cloud.now()).await?;
    Ok(api::Sessions { sessions })
}

/// `delete-session`: a stolen token must not sign its owner out, again and again, before they can revoke it.
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Done> {
    let (user, current) = session_of(act)?;
    let asked = act.text_param("id");
    let id = match asked {
        "current" => current,
        id => id.parse().map_err(|_| Error::field("id", "is neither a UUID nor `current`"))?,
    };
    act.about(Subject::new("session", id, "session"));
    if !store::delete(act.db(), user, id).await? {
        return Err(Error::not_found("session"));
    }
    if id == current {
        act.set_session(None);
    }
    act.ends_sessions_of(user);
    Ok(Done {})
}

/// `set-password`
pub async fn set_password(act: &mut Act, input: SetPassword) -> Result<Done> {
    let (user, current) = session_of(act)?;
    people::must_sign_in_here(act.db(), user).await?;
    check_new_password(&input.password).map_err(|what| Error::field("password", what))?;
    let old = people::store::password_hash(act.db(), user).await?;
    let (source, now) = (act.request.source_ip, act.cloud.now());
    let email = act.principal()?.actor.label();
    match old {
        Some(_) => act.cloud.limits.attempt(&email, source, now)?,
        // There is nothing that would prove who chooses the first one.
        None => act.must_be_confirmed()?,
    }
    let given = input.current.unwrap_or_default();
    let cloud = act.cloud();
    let hashes = async {
        if old.is_some() && !verify(&cloud.metrics, given, old.clone()).await? {
            return Err(Error::field("current", "is not your present password"));
        }
        hash_password(input.password).await
    };
    let hash = act.outside(hashes).await?;
    if old.is_some() {
        act.cloud.limits.succeeded(&email, source);
    }
    if !people::store::replace_password(act.db(), user, old.as_deref(), &hash).await? {
        return Err(Error::Conflict(
            "Your password was changed meanwhile: sign in with the new one.".into(),
        ));
    }
    end_others(act, user, Some(current)).await?;
    store::delete_reset_links(act.db(), user).await?;
    act.about(Subject::new("user", user, "password"));
    Ok(Done {})
}

/// Ends the sessions of somebody who has changed how they sign in, but for the one they did it in: whoever
/// else is in one came by what was.
pub async fn end_others(act: &mut Act, user: UserId, but: Option<SessionId>) -> Result<()> {
    store::delete_others(act.db(), user, but).await?;
    act.ends_sessions_of(user);
    Ok(())
}

/// `switch-organization`
pub async fn switch(act: &mut Act, input: SwitchOrganization) -> Result<Me> {
    let (user, session) = session_of(act)?;
    if !people::store::is_member(act.db(), user, input.organization).await? {
        return Err(Error::not_found("organization"));
    }
    // A new token: what is known of the old session ends with it.
    let token = random::token();
    let hash = sha256(&token);
    store::switch(act.db(), session, input.organization, &hash).await?;
    let now = act.cloud.now();
    let principal = store::principal_of_session(act.db(), &hash, now).await?;
    let principal =
        principal.ok_or_else(|| Error::internal("a switched session has no principal"))?;
    act.become_principal(principal.clone());
    act.about(Subject::new("session", session, "session"));
    act.set_session(Some(token));
    me_of(act.db(), &principal).await
}

/// Who is there, and the session that they must be in.
fn session_of(call: &Call) -> Result<(UserId, SessionId)> {
    match person(call)? {
        (user, Some(session)) => Ok((user, session)),
        (_, None) => Err(Error::internal("an operation for sessions was let in without one")),
    }
}

fn person(call: &Call) -> Result<(UserId, Option<SessionId>)> {
    match &call.principal()?.actor {
        Actor::Session { user, session, .. } => Ok((*user, Some(*session))),
        Actor::Token { user, .. } => Ok((*user, None)),
        Actor::Key { .. } | Actor::System { .. } | Actor::Claimed { .. } => Err(Error::Forbidden(
            "This is for people: sign in, or use a personal access token.".into(),
        )),
    }
}
