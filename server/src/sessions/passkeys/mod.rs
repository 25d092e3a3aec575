//! Passkeys: making, listing and forgetting them, and signing in with one.

mod ceremony;
pub(super) mod store;

use super::{
    begin_session_in_two_steps, end_others, failed, first_organization, people, person,
    second_factor::{
        in_session,
        last::{must_be_left, stays_for},
        store::steps_of,
    },
    session_of, store as sessions, used,
};
use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    seal::sha256,
    view::View,
};
use api::{
    CreatePasskey, CreatePasskeySession, Done, Me, Nothing, Passkey, PasskeyOptions, Passkeys,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ceremony::{For, Shown};
use domain::{UserId, assurance::SecondSteps, name};
use serde_json::Value;

/// Somebody's passkeys, at most.
const PASSKEYS_MAX: usize = 20;

/// `list-passkeys`
pub async fn list(view: &View, _: Nothing) -> Result<Passkeys> {
    let (user, _) = person(view)?;
    let passkeys = store::list(view.cloud.db.reader(), user).await?;
    let mut db = view.cloud.db.read().await?;
    let stays_for = match passkeys.len() {
        1 => {
            let left = SecondSteps { passkey: false, ..steps_of(&mut db, user).await? };
            stays_for(&mut db, user, left).await?
        }
        _ => Vec::new(),
    };
    Ok(Passkeys { passkeys, available: ceremony::party(&view.cloud).is_some(), stays_for })
}

/// `get-passkey-creation-options`
pub async fn creation_options(view: &View, _: Nothing) -> Result<PasskeyOptions> {
    let user = in_session(view)?;
    let mut db = view.cloud.db.read().await?;
    people::must_sign_in_here(&mut db, user).await?;
    let has = store::of(&mut db, user).await?;
    ceremony::ask_for_new(view, user, &view.principal()?.actor.label(), &has)
}

/// `create-passkey`: other sessions end, as with whatever changes how one signs in.
pub async fn create(act: &mut Act, input: CreatePasskey) -> Result<Passkey> {
    let ((user, session), now) = (session_of(act)?, act.now());
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
    sessions::set_two_steps(act.db(), session, true).await?;
    end_others(act, user, Some(session)).await?;
    act.about(Subject::new("passkey", passkey.id, passkey.name.as_str()));
    act.changed("passkey", passkey.id, None);
    Ok(passkey)
}

/// `delete-passkey`: other sessions end, so also one that whoever has the device has begun with it.
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Done> {
    let (user, session) = session_of(act)?;
    let id = act.param("id")?;
    people::store::hold(act.db(), user).await?;
    let name = store::delete(act.db(), user, id).await?;
    act.about(Subject::new("passkey", id, name.ok_or_else(|| Error::not_found("passkey"))?));
    let left = steps_of(act.db(), user).await?;
    must_be_left(act, user, left).await?;
    if !left.any() {
        sessions::set_two_steps(act.db(), session, false).await?;
    }
    end_others(act, user, Some(session)).await?;
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
    let shown = Shown::read(act, For::SignIn, &input.state, input.credential)?;
    use_up(act, &input.state).await?;
    let found = store::by_credential(act.db(), &shown.credential_id()).await?;
    let mut found = found.ok_or_else(refused)?;
    if let Err(why) = shown.accept_as(found.user, &mut found.passkey, For::SignIn) {
        let email = people::store::email(act.db(), found.user).await?;
        failed::note(act, found.user, &email, format!("A passkey was not accepted: {why}."));
        return Err(refused());
    }
    act.cloud.limits.succeeded("", source);
    store::used(act.db(), &found, now).await?;
    let org = first_organization(act, found.user).await?;
    begin_session_in_two_steps(act, found.user, org).await
}

/// `get-session-confirmation-options`
pub async fn confirmation_options(view: &View, _: Nothing) -> Result<PasskeyOptions> {
    let (user, session) = session_of(view)?;
    let mut db = view.cloud.db.read().await?;
    let has = store::of(&mut db, user).await?;
    if has.is_empty() {
        return Err(Error::Conflict("You have no passkey here: prove it in another way.".into()));
    }
    ceremony::ask_again(view, user, session, &has)
}

/// Whether an answer to [`confirmation_options`] proves who is in the session. It then has two steps, and
/// the answer is used up with the act.
pub async fn proves(act: &mut Act, state: &str, credential: Value) -> Result<bool> {
    let (user, session) = session_of(act)?;
    let why = For::Proof(user, session);
    let shown = Shown::read(act, why, state, credential)?;
    use_up(act, state).await?;
    let found = store::by_credential(act.db(), &shown.credential_id()).await?;
    let Some(mut found) = found.filter(|found| found.user == user) else { return Ok(false) };
    if shown.accept_as(user, &mut found.passkey, why).is_err() {
        return Ok(false);
    }
    let now = act.now();
    store::used(act.db(), &found, now).await?;
    sessions::set_two_steps(act.db(), session, true).await?;
    Ok(true)
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
        "You have a passkey: prove with it that it is you (confirm-session), or sign in with it. Then \
         you can change how you sign in."
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
