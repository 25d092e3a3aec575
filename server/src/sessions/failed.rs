//! Failed sign-ins, in the trail of every organization that the person belongs to.
//!
//! They are written behind the caller's back: an answer that took longer for people who exist would
//! tell who does. How many there can be is bounded by [`super::SignInLimits`].

use super::people::{everywhere, store::PersonRow};
use crate::{act::Act, call::Request, cloud::Cloud, error::Result, principal::Actor};
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
        if let Err(error) = write(&cloud, request, user, email, reason).await {
            tracing::error!(%error, "a failed sign-in could not be written to the audit trail");
        }
    });
}

async fn write(
    cloud: &Arc<Cloud>,
    request: Request,
    user: UserId,
    email: String,
    reason: String,
) -> Result<()> {
    let who = (user, Actor::Claimed { user, email: email.clone() });
    let Some(mut act) = everywhere::begin(cloud, request, who, &email).await? else {
        return Ok(());
    };
    act.refused_because(reason);
    act.commit(STATUS).await
}
