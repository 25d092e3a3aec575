//! Passkeys: making, listing and forgetting them, and signing in with one.

mod ceremony;
mod store;

use super::{
    begin_session_in_two_steps, failed, first_organization, people, person,
    second_factor::in_session, store as sessions, used,
};
use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    principal::Actor,
    seal::sha256,
    view::View,
};
use api::{
    CreatePasskey, CreatePasskeySession, Done, Me, Nothing, Passkey, PasskeyOptions, Passkeys,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ceremony::Shown;
use domain::{UserId, name};

/// Somebody's passkeys, at most.
const PASSKEYS_MAX: usize = 20;

/// `list-passkeys`
pub async fn list(view: &View, _: Nothing) -> Result<Passkeys> {
    let (user, _) = person(view)?;
    let passkeys = store::list(view.cloud.db.reader(), user).await?;
    Ok(Passkeys { passkeys, available: ceremony::party(&view.cloud).is_some() })
}

/// `get-passkey-creation-options`
pub async fn creation_options(view: &View, _: Nothing) -> Result<PasskeyOptions> {
    let user = in_session(view)?;
    let mut db = view.cloud.db.read().await?;
    people::must_sign_in_here(&mut db, user).await?;
    let has = store::of(&mut db, user).await?;
    ceremony::ask_for_new(view, user, &view.principal()?.actor.label(), &has)
}

/// `create-passkey`
pub async fn create(act: &mut Act, input: CreatePasskey) -> Result<Passkey> {
    let (user, now) = (in_session(act)?, act.now());
    name::check(&input.name).map_err(|e| Error::field("name", e))?;
    people::must_sign_in_here(act.db(), user).await?;
    must_be_shown(act, user).await?;
    let made = ceremony::made(act, user, &input.state, input.credential)?;
    if store::of(act.db(), user).await?.len() >= PASSKEYS_MAX {
        return Err(Error::Conflict(format!(
            "You have {PASSKEYS_MAX} passkeys, which is the most: delete one that you don't use."
        )));
    }
    use_up(act, &input.state).await?;
    let passkey =
        Passkey { id: act.new_id(), name: input.name, created_at: now, last_used_at: None };
    let credential = URL_SAFE_NO_PAD.encode(made.cred_id());
    if !store::insert(act.db(), user, &passkey, &credential, &made).await? {
        return Err(Error::field("credential", "is a passkey that is known already"));
    }
    // Whoever holds it has just shown both steps.
    if let Actor::Session { session, .. } = act.principal()?.actor {
        sessions::has_two_steps_now(act.db(), session).await?;
    }
    act.about(Subject::new("passkey", passkey.id, passkey.name.as_str()));
    act.changed("passkey", passkey.id, None);
    Ok(passkey)
}

/// `delete-passkey`
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Done> {
    let user = in_session(act)?;
    let id = act.param("id")?;
    let name = store::delete(act.db(), user, id).await?;
    act.about(Subject::new("passkey", id, name.ok_or_else(|| Error::not_found("passkey"))?));
    act.changed("passkey", id, None);
    Ok(Done {})
}

/// `get-passkey-request-options`
pub async fn request_options(view: &View, _: Nothing) -> Result<PasskeyOptions> {
    ceremony::ask_who(view)
}

/// `create-passkey-session`. Both of two steps are in it: to have the device, and to be who it knows.
pub async fn sign_in(act: &mut Act, input: CreatePasskeySession) -> Result<Me> {
    let (source, now) = (act.request.source_ip, act.cloud.now());
    act.cloud.limits.attempt("", source, now)?;
    let shown = Shown::read(act, &input.state, input.credential)?;
    use_up(act, &input.state).await?;
    let found = store::by_credential(act.db(), &shown.credential_id()).await?;
    let mut found = found.ok_or_else(refused)?;
    if let Err(why) = shown.accept_as(found.user, &mut found.passkey) {
        let email = people::store::email(act.db(), found.user).await?;
        failed::note(act, found.user, &email, format!("A passkey was not accepted: {why}."));
        return Err(refused());
    }
    act.cloud.limits.succeeded("", source);
    store::used(act.db(), &found, now).await?;
    let org = first_organization(act, found.user).await?;
    begin_session_in_two_steps(act, found.user, org).await
}

/// An answer is good once.
async fn use_up(act: &mut Act, state: &str) -> Result<()> {
    let expires = act.now().plus(ceremony::WITHIN);
    match used::store::use_up(act.db(), &sha256(state), expires).await? {
        true => Ok(()),
        false => Err(Error::field("state", "was answered already")),
    }
}

/// Refuses a password alone to change how one signs in, where a passkey is the second step.
pub async fn must_be_shown(act: &mut Act, user: UserId) -> Result<()> {
    if !act.principal()?.second_factor_missing || store::of(act.db(), user).await?.is_empty() {
        return Ok(());
    }
    Err(Error::SecondFactorRequired(
        "You have a passkey: sign out, and sign in with it. Then you can change how you sign in."
            .into(),
    ))
}

/// Whatever was wrong.
fn refused() -> Error {
    Error::Unauthenticated(
        "This passkey signs nobody in here: it was deleted, or its answer was not right. Sign in \
         another way, and make a new one under Security."
            .into(),
    )
}
