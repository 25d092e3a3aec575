//! Invitations from the other side: what a link is for, and accepting it.

pub mod store;

use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    seal::sha256,
    sessions::{
        self, check_new_password, hash_password,
        people::{
            self,
            membership::{Membership, join},
        },
        second_factor,
    },
    view::View,
};
use api::{AcceptInvitation, GetInvitation, Invitation, Me};
use domain::UserId;
use std::time::Duration;

/// How long an invitation can be accepted, once.
pub const LIFETIME: Duration = Duration::from_secs(7 * 24 * 3_600);

fn gone() -> Error {
    Error::NotFound(
        "This invitation was accepted or taken back, has expired, or never existed: ask who invited \
         you to send another."
            .into(),
    )
}

/// `get-invitation`
pub async fn get(view: &View, input: GetInvitation) -> Result<Invitation> {
    let mut db = view.cloud.db.read().await?;
    let found = store::invitation(&mut db, &sha256(&input.token), view.now()).await?;
    let found = found.ok_or_else(gone)?;
    let person = people::store::person_by_email(&mut db, &found.email).await?;
    Ok(Invitation {
        has_password: person.is_some_and(|person| person.password_hash.is_some()),
        email: found.email,
        organization: found.organization,
        expires_at: found.expires,
    })
}

/// Where there is a second step, nobody learns by it which of both was wrong.
fn not_theirs(two_steps: bool) -> Error {
    let what = "is not that of your account: sign in as ever, or choose a new one by mail";
    if !two_steps {
        return Error::field("password", what);
    }
    let message = "Password or code is not that of your account.".to_owned();
    let code = "is missing, or what is wrong".to_owned();
    let fields = [("password".to_owned(), what.to_owned()), ("code".to_owned(), code)];
    Error::Invalid { message, fields: fields.into() }
}

/// `accept-invitation`: who has an account proves that it is theirs, who has none gets one. An account
/// without a password gets one too, and its other sessions end, as with a password that was forgotten.
pub async fn accept(act: &mut Act, input: AcceptInvitation) -> Result<Me> {
    let (source, now) = (act.request.source_ip, act.cloud.now());
    act.cloud.limits.attempt("", source, now)?;
    let hash = sha256(&input.token);
    let found = store::invitation(act.db(), &hash, now).await?.ok_or_else(gone)?;
    let person = people::store::person_by_email(act.db(), &found.email).await?;
    let known = person.and_then(|person| Some((person.id, person.password_hash?)));
    let fresh = match known {
        Some((user, old)) => {
            act.cloud.limits.attempt(&found.email, None, now)?;
            let cloud = act.cloud();
            let compared = sessions::verify(&cloud.metrics, input.password, Some(old));
            let right = act.outside(compared).await?;
            if !(right && second_factor::passes(act, user, input.code.as_deref()).await?) {
                return Err(not_theirs(second_factor::is_on(act.db(), user).await?));
            }
            act.cloud.limits.succeeded(&found.email, None);
            None
        }
        None => {
            check_new_password(&input.password).map_err(|what| Error::field("password", what))?;
            Some(act.outside(hash_password(input.password)).await?)
        }
    };
    // Only now is it used up, and only once.
    let invited = store::take(act.db(), &hash, now).await?.ok_or_else(gone)?;
    let user = people::store::ensure_user(act.db(), &invited.email, now).await?;
    if let Some(new) = fresh {
        choose_password(act, user, &new, input.code.as_deref()).await?;
    }
    let store::Invited { id, org, project, role, .. } = invited;
    join(act.db(), &Membership { id, org, project, user, role }, now).await?;
    act.cloud.limits.succeeded("", source);
    let me = sessions::begin_session(act, user, invited.org).await?;
    act.about(Subject::new("user", invited.id, invited.email));
    act.changed("user", invited.id, None);
    Ok(me)
}

/// The first password of somebody who may be there already. The link proves the mailbox only, so a second
/// step is asked for here, too.
async fn choose_password(
    act: &mut Act,
    user: UserId,
    hash: &str,
    code: Option<&str>,
) -> Result<()> {
    second_factor::must_pass_too(act, user, code).await?;
    if !people::store::replace_password(act.db(), user, None, hash).await? {
        return Err(Error::Conflict(
            "Your account got a password meanwhile: open the invitation again and use that.".into(),
        ));
    }
    sessions::end_others(act, user, None).await?;
    sessions::store::delete_reset_links(act.db(), user).await
}
