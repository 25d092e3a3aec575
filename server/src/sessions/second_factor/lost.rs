//! The second steps of somebody who has lost them all, taken away by the operator: nobody else can tell
//! who it is that asks, and an organization's admins are not to open a door into the others.

use super::store;
use crate::{
    act::Act,
    call::Request,
    cloud::Cloud,
    error::{Error, Result},
    mail::{self, Letter},
    principal::Actor,
    sessions::{end_others, passkeys, people},
};
use app::text::mails;
use domain::{UserId, assurance::SecondSteps, format::Language};
use std::sync::Arc;

const OPERATION: &str = "remove-second-factor";
const WHY: &str = "the operator was asked to, as they were lost";

/// Takes them away, ends every session, and tells the person by mail; each of their organizations finds
/// it in its trail. What was taken away.
///
/// # Errors
/// [`Error::Startup`] where there is nobody with the address, no organization, or nothing to take.
pub async fn take_away(cloud: &Arc<Cloud>, email: &str) -> Result<SecondSteps> {
    let person = {
        let mut db = cloud.db.read().await?;
        people::store::person_by_email(&mut db, email).await?
    };
    let nobody = || Error::Startup(format!("there is nobody with the address {email}"));
    let user = person.ok_or_else(nobody)?.id;
    let request = Request::by_platform(OPERATION, &[], cloud.now())?;
    let act = people::everywhere::begin(cloud, request, (user, Actor::platform()), "second factor")
        .await?;
    let nowhere = || Error::Startup(format!("{email} is a member of no organization"));
    let mut act = act.ok_or_else(nowhere)?;
    let taken = take(&mut act, user, email).await?;
    act.refused_because(WHY);
    act.changed("second-factor", user, None);
    act.commit(200).await?;
    Ok(taken)
}

async fn take(act: &mut Act, user: UserId, email: &str) -> Result<SecondSteps> {
    people::store::hold(act.db(), user).await?;
    let steps = SecondSteps { provider: false, ..store::steps_of(act.db(), user).await? };
    if !steps.any() {
        return Err(Error::Startup(format!("{email} has no second step")));
    }
    store::remove(act.db(), user).await?;
    passkeys::store::delete_all(act.db(), user).await?;
    end_others(act, user, None).await?;
    let language = Language::En;
    let letter = Letter {
        to: email.to_owned(),
        subject: mails::STEPS_TAKEN_SUBJECT.filled(language, &[]),
        text: mails::STEPS_TAKEN.filled(language, &[("email", email)]),
    };
    mail::queue_notice(act, &letter).await?;
    Ok(steps)
}
