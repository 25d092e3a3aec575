//! `confirm-session`: somebody who is signed in proves once more who they are.

mod store;

use super::{passkeys, people, person, second_factor, store as sessions, verify};
use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    organization, random,
    seal::sha256,
};
use api::{ConfirmSession, Session};
use domain::{UserId, assurance::CONFIRMED_FOR};

/// A passkey, the code of who has an app, else the password. Guesses are counted like those at sign-in, and
/// the session goes on under a new token.
pub async fn confirm(act: &mut Act, input: ConfirmSession) -> Result<Session> {
    let (user, Some(session)) = person(act)? else {
        return Err(Error::Forbidden(
            "A token is no session, and nothing asks it for a proof: just call.".into(),
        ));
    };
    let was_until = act.principal()?.confirmed_until;
    let (account, source) = (act.principal()?.actor.label(), act.request.source_ip);
    act.cloud.limits.attempt(&account, source, act.cloud.now())?;
    if !proves(act, user, input).await? {
        return Err(Error::Forbidden(
            "This does not prove who you are: the passkey, the code if you have an app for it, or else \
             the password, is missing or wrong. Who has none of them signs in again: by the \
             organization's identity provider, or with a link that is mailed for a forgotten password."
                .into(),
        ));
    }
    act.cloud.limits.succeeded(&account, source);
    let (token, now) = (random::token(), act.now());
    let until = now.plus(CONFIRMED_FOR);
    if !store::confirm(act.db(), session, was_until, until, &sha256(&token)).await? {
        return Err(Error::Conflict("It was confirmed in another window meanwhile: go on.".into()));
    }
    act.about(Subject::new("session", session, "session"));
    act.set_session(Some(token));
    let all = sessions::list(act.db(), user, Some(session), now).await?;
    all.into_iter().find(|one| one.current).ok_or_else(|| Error::not_found("session"))
}

/// Whether what was typed is the proof that this person can give. A code is used up with the act.
async fn proves(act: &mut Act, user: UserId, input: ConfirmSession) -> Result<bool> {
    if let Some(credential) = input.credential {
        return passkeys::proves(act, &input.state.unwrap_or_default(), credential).await;
    }
    let (org, has) = (act.org()?, second_factor::store::steps_of(act.db(), user).await?);
    if has.app {
        return second_factor::passes(act, user, input.code.as_deref()).await;
    }
    if !has
        .password_proves(organization::store::settings(act.db(), org).await?.second_factor_required)
    {
        return Ok(false);
    }
    let hash = people::store::password_hash(act.db(), user).await?;
    let cloud = act.cloud();
    act.outside(verify(&cloud.metrics, input.password.unwrap_or_default(), hash)).await
}
