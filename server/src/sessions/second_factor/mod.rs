//! Signing in in two steps: setting it up, what is typed as a code, turning it off.
//!
//! All of it takes a session: a token that was stolen must not lock its owner out.

mod codes;
pub mod last;
pub mod lost;
pub mod store;
pub mod totp;

use super::{end_others, passkeys, people, person, session_of, store as sessions};
use crate::{
    act::{Act, Subject},
    call::Call,
    db::Connection,
    error::{Error, Result},
    random,
    view::View,
};
use api::{Done, Nothing, PendingSecondFactor, RecoveryCodes, SecondFactor, SecondFactorCode};
use domain::{UserId, assurance::SecondSteps};
use std::time::Duration;
use store::Factor;

/// How long what was begun can be confirmed.
const PENDING: Duration = Duration::from_secs(3_600);
const WRONG: &str = "is neither what the authenticator app shows now nor a recovery code that was \
    not used";
/// Longest that is looked at as a code.
const TYPED_CHARACTERS_MAX: usize = 64;

/// `get-second-factor`: a token does not see the secret of an app that is being set up.
pub async fn get(view: &View, _: Nothing) -> Result<SecondFactor> {
    let (user, session) = person(view)?;
    let mut db = view.cloud.db.read().await?;
    let found = store::find(&mut db, user).await?;
    let found = found.filter(|found| session.is_some() || found.confirmed.is_some());
    let left = store::codes_left(&mut db, user).await?;
    let mut shown = shown(view, user, found, left)?;
    if shown.enabled {
        let left = without_app(&mut db, user).await?;
        shown.stays_for = last::stays_for(&mut db, user, left).await?;
    }
    if shown.pending.is_some() {
        view.shows_secret();
    }
    Ok(shown)
}

/// `begin-second-factor`
pub async fn begin(act: &mut Act, _: Nothing) -> Result<SecondFactor> {
    let user = in_session(act)?;
    people::must_sign_in_here(act.db(), user).await?;
    passkeys::must_be_shown(act, user).await?;
    let secret = random::bytes::<{ totp::SECRET_BYTES }>();
    let sealed = act.cloud.sealer.seal(&scope(user), &secret);
    let now = act.now();
    if !store::begin(act.db(), user, &sealed, now).await? {
        return Err(Error::Conflict(
            "Two-step sign-in is on already: remove it first, then set it up with another app."
                .into(),
        ));
    }
    written(act, user);
    shown(act, user, Some(Factor { sealed, created: now, confirmed: None, last_step: 0 }), 0)
}

/// `confirm-second-factor`: other sessions end, which never had a second step.
pub async fn confirm(act: &mut Act, input: SecondFactorCode) -> Result<RecoveryCodes> {
    let (user, session) = session_of(act)?;
    passkeys::must_be_shown(act, user).await?;
    let account = attempt(act)?;
    let now = act.now();
    let pending = store::find(act.db(), user).await?.filter(|found| is_pending(found, now));
    let pending = pending.ok_or_else(|| {
        Error::Conflict("There is nothing to confirm: begin to set it up, within the hour.".into())
    })?;
    let secret = act.cloud.sealer.unseal(&scope(user), &pending.sealed)?;
    let step = totp::matching(&secret, &input.code, now, pending.last_step).ok_or_else(|| {
        Error::field("code", "is not what the app shows now: look at the clock of the phone")
    })?;
    if !store::confirm(act.db(), user, &pending.sealed, step, now).await? {
        return Err(Error::Conflict("It was begun anew meanwhile: look at the page again.".into()));
    }
    act.cloud.limits.succeeded(&account, act.request.source_ip);
    end_others(act, user, Some(session)).await?;
    written(act, user);
    new_codes(act, user).await
}

/// `renew-recovery-codes`
pub async fn renew_codes(act: &mut Act, input: SecondFactorCode) -> Result<RecoveryCodes> {
    let user = in_session(act)?;
    must_pass(act, user, &input.code).await?;
    written(act, user);
    new_codes(act, user).await
}

/// `remove-second-factor`: other sessions end, as with whatever changes how one signs in.
pub async fn remove(act: &mut Act, input: SecondFactorCode) -> Result<Done> {
    let (user, session) = session_of(act)?;
    people::store::hold(act.db(), user).await?;
    let left = without_app(act.db(), user).await?;
    last::must_be_left(act, user, left).await?;
    must_pass(act, user, &input.code).await?;
    store::remove(act.db(), user).await?;
    // Whoever typed the code has just shown two steps: beside a passkey the session goes on.
    sessions::set_two_steps(act.db(), session, left.any()).await?;
    end_others(act, user, Some(session)).await?;
    written(act, user);
    Ok(Done {})
}

/// Whether somebody's sign-in has a second step.
pub async fn is_on(db: &mut Connection, user: UserId) -> Result<bool> {
    Ok(store::find(db, user).await?.is_some_and(|found| found.confirmed.is_some()))
}

/// Whether what was typed opens the second step, and uses it up with the act. Everything does where
/// there is none.
pub async fn passes(act: &mut Act, user: UserId, typed: Option<&str>) -> Result<bool> {
    let found = store::find(act.db(), user).await?;
    let Some(found) = found.filter(|found| found.confirmed.is_some()) else { return Ok(true) };
    let typed = typed.unwrap_or_default();
    if typed.is_empty() || typed.chars().count() > TYPED_CHARACTERS_MAX {
        return Ok(false);
    }
    let now = act.now();
    let secret = act.cloud.sealer.unseal(&scope(user), &found.sealed)?;
    if let Some(step) = totp::matching(&secret, typed, now, found.last_step) {
        return store::use_step(act.db(), user, step).await;
    }
    let digest = codes::digest(&act.cloud.sealer, user, typed);
    store::use_code(act.db(), user, &digest, now).await
}

/// The second step of who comes by a mailed link. Guesses are counted for the person, whatever
/// address they come from.
pub async fn must_pass_too(act: &mut Act, user: UserId, typed: Option<&str>) -> Result<()> {
    if !is_on(act.db(), user).await? {
        return Ok(());
    }
    let (account, now) = (format!("second-factor {user}"), act.cloud.now());
    act.cloud.limits.attempt(&account, None, now)?;
    if !passes(act, user, typed).await? {
        return Err(Error::field("code", WRONG));
    }
    act.cloud.limits.succeeded(&account, None);
    Ok(())
}

/// A code of who has a second step; guesses are counted like those of passwords.
async fn must_pass(act: &mut Act, user: UserId, typed: &str) -> Result<()> {
    let account = attempt(act)?;
    if !is_on(act.db(), user).await? {
        return Err(Error::Conflict("Two-step sign-in is off.".into()));
    }
    if !passes(act, user, Some(typed)).await? {
        return Err(Error::field("code", WRONG));
    }
    act.cloud.limits.succeeded(&account, act.request.source_ip);
    Ok(())
}

/// What somebody has beside an app.
async fn without_app(db: &mut Connection, user: UserId) -> Result<SecondSteps> {
    Ok(SecondSteps { app: false, ..store::steps_of(db, user).await? })
}

/// Counts a guess; whose it is.
fn attempt(act: &Act) -> Result<String> {
    let account = act.principal()?.actor.label();
    act.cloud.limits.attempt(&account, act.request.source_ip, act.cloud.now())?;
    Ok(account)
}

async fn new_codes(act: &mut Act, user: UserId) -> Result<RecoveryCodes> {
    let recovery_codes = codes::make();
    let digests: Vec<_> =
        recovery_codes.iter().map(|code| codes::digest(&act.cloud.sealer, user, code)).collect();
    store::replace_codes(act.db(), user, &digests).await?;
    Ok(RecoveryCodes { recovery_codes })
}

/// Who is there, in a session.
pub fn in_session(call: &Call) -> Result<UserId> {
    session_of(call).map(|(user, _)| user)
}

fn written(act: &mut Act, user: UserId) {
    act.about(Subject::new("user", user, "second factor"));
    act.changed("second-factor", user, None);
}

fn scope(user: UserId) -> String {
    format!("second-factor {user}")
}

fn is_pending(found: &Factor, now: domain::Timestamp) -> bool {
    found.confirmed.is_none() && now.since(found.created) < PENDING
}

fn shown(
    call: &Call,
    user: UserId,
    found: Option<Factor>,
    recovery_codes: i64,
) -> Result<SecondFactor> {
    let since = found.as_ref().and_then(|found| found.confirmed);
    let begun = found.filter(|found| is_pending(found, call.now()));
    let pending = begun.map(|found| pending(call, user, &found)).transpose()?;
    Ok(SecondFactor {
        enabled: since.is_some(),
        since,
        recovery_codes,
        pending,
        stays_for: Vec::new(),
    })
}

fn pending(call: &Call, user: UserId, found: &Factor) -> Result<PendingSecondFactor> {
    let secret = call.cloud.sealer.unseal(&scope(user), &found.sealed)?;
    let secret = totp::base32(&secret);
    let uri = totp::uri(&call.cloud.origin, &call.principal()?.actor.label(), &secret);
    let qr_code = totp::drawn(&uri)?;
    Ok(PendingSecondFactor { secret, uri, qr_code, expires_at: found.created.plus(PENDING) })
}
