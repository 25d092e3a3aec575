//! Failed sign-ins, in the trail of every organization that the person belongs to: under the id that they
//! have there, as everything is that is done to them, so that no two organizations see whom they share.
//!
//! They are written behind the caller's back: an answer that took longer for people who exist would
//! tell who does. How many there can be is bounded by [`super::SignInLimits`].

use super::people::store::{self, PersonRow};
use crate::{
    act::{Act, Subject},
    call::{Call, Request},
    cloud::Cloud,
    error::Result,
    principal::Actor,
};
use domain::UserId;
use std::sync::Arc;

/// What the caller is told: nothing but this.
const STATUS: i64 = 401;

/// What was wrong with a password, or with the code beside it.
pub fn why(person: &PersonRow, password_was_right: bool) -> &'static str {
    match person.password_hash {
        Some(_) if password_was_right => {
            "The password was right; the code of two-step sign-in was missing or wrong."
        }
        Some(_) => "The password was wrong.",
        None => "The person has no password, and one was tried.",
    }
}

pub fn note(act: &Act, user: UserId, email: &str, reason: impl Into<String>) {
    // A rehearsal is a guess too.
    let request = Request { dry_run: false, ..act.request.clone() };
    let (cloud, email, reason) = (act.cloud.clone(), email.to_owned(), reason.into());
    tokio::spawn(async move {
        if let Err(error) = write(&cloud, &request, user, email, reason).await {
            tracing::error!(%error, "a failed sign-in could not be written to the audit trail");
        }
    });
}

async fn write(
    cloud: &Arc<Cloud>,
    request: &Request,
    user: UserId,
    email: String,
    reason: String,
) -> Result<()> {
    let actor = Actor::Claimed { user, email: email.clone() };
    let principals = {
        let mut db = cloud.db.read().await?;
        store::principals_of(&mut db, user, &actor).await?
    };
    for (member, principal) in principals {
        let call = Call::for_audit(cloud.clone(), request.clone(), Some(principal));
        let mut act = Act::begin(call).await?;
        act.about(Subject::new("user", member, email.as_str()));
        act.refused_because(reason.as_str());
        act.commit(STATUS).await?;
    }
    Ok(())
}
