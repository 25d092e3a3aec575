//! Mail: queued in the act that causes it, sent behind it, and tried again until it is taken.

mod store;
mod way;

pub use way::{Mail, Setting};

use crate::{
    act::Act,
    cloud::Cloud,
    error::{Error, Result},
    housekeeping::Housekeeping,
    organization, random,
};
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};

/// How often the queue is looked at when nobody says that there is something in it.
const EVERY: Duration = Duration::from_secs(30);
/// Mails that are sent in one go.
const AT_ONCE: i64 = 50;
/// Tries, each after twice the time of the one before: about nine hours.
const TRIES_MAX: i64 = 10;
const FIRST_WAIT: Duration = Duration::from_secs(60);
/// Within an hour, to one address: nobody's mailbox is filled by us.
const PER_ADDRESS: i64 = 5;
/// The same, of one organization.
const PER_ORGANIZATION: i64 = 100;
/// Of both, so many are for links: nobody can use up with notices what somebody needs to come in.
const KEPT_PER_ADDRESS: i64 = 2;
const KEPT_PER_ORGANIZATION: i64 = 50;
const WINDOW: Duration = Duration::from_secs(3_600);
/// For how long it is remembered that there was a mail.
const KEPT: Duration = Duration::from_secs(24 * 3_600);

/// A mail before it is put into its form.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
}

fn scope(id: &str) -> String {
    format!("mail {id}")
}

/// What may be sent within an hour, to an address and by an organization.
type Most = (i64, i64);

/// Queues a mail with the act: it goes out when the act has committed.
pub async fn queue(act: &mut Act, letter: &Letter) -> Result<()> {
    queue_within(act, letter, (PER_ADDRESS, PER_ORGANIZATION)).await
}

/// The same of a mail that tells what is said elsewhere, too: it leaves room for those that somebody needs
/// to come in, and is left out where there is none.
pub async fn queue_notice(act: &mut Act, letter: &Letter) -> Result<()> {
    let most = (PER_ADDRESS - KEPT_PER_ADDRESS, PER_ORGANIZATION - KEPT_PER_ORGANIZATION);
    match queue_within(act, letter, most).await {
        Err(Error::RateLimited { message, .. }) => {
            tracing::warn!(message, "a notice is not mailed");
            Ok(())
        }
        other => other,
    }
}

async fn queue_within(
    act: &mut Act,
    letter: &Letter,
    (per_address, per_organization): Most,
) -> Result<()> {
    // Who queues at the same time is counted too.
    organization::store::hold(act).await?;
    let since = act.now().minus(WINDOW);
    let (to_address, of_org) = store::counts(act, &letter.to, since).await?;
    for (count, most, whose) in [
        (to_address, per_address, "this address"),
        (of_org, per_organization, "the people of this organization"),
    ] {
        if count >= most {
            return Err(Error::RateLimited {
                message: format!(
                    "{whose} had {most} mails within an hour already: wait before sending more"
                ),
                retry_after_seconds: WINDOW.as_secs(),
            });
        }
    }
    let id = random::id(act.now()).to_string();
    let json = serde_json::to_vec(letter).map_err(Error::internal)?;
    let sealed = act.cloud.sealer.seal(&scope(&id), &json);
    store::insert(act, &id, &letter.to, &sealed).await?;
    act.sends_mail();
    Ok(())
}

/// Works until the process ends.
pub async fn run(cloud: Arc<Cloud>) {
    loop {
        if let Err(error) = deliver(&cloud).await {
            tracing::warn!(%error, "mail could not be looked at, and is tried again");
        }
        let _ = tokio::time::timeout(EVERY, cloud.mail.queued.notified()).await;
    }
}

/// Sends what is due. Answers how many were taken.
pub async fn deliver(cloud: &Arc<Cloud>) -> Result<usize> {
    let now = cloud.now();
    let due = store::due(cloud.db.reader(), now, AT_ONCE).await?;
    let mut sent = 0;
    for one in due {
        let wait = FIRST_WAIT * 2_u32.pow(u32::try_from(one.attempts).unwrap_or(0).min(10));
        let mut housekeeping = cloud.housekeeping().await?;
        let mine = store::claim(housekeeping.db(), &one, now.plus(wait)).await?;
        housekeeping.commit().await?;
        if mine {
            sent += usize::from(try_one(cloud, &one, now).await?);
        }
    }
    Ok(sent)
}

async fn try_one(cloud: &Arc<Cloud>, one: &store::Queued, now: Timestamp) -> Result<bool> {
    let bytes = cloud.sealer.unseal(&scope(&one.id), &one.sealed)?;
    let letter: Letter = serde_json::from_slice(&bytes).map_err(Error::internal)?;
    let taken = match cloud.mail.send(&one.id, &letter, now).await {
        Ok(()) => true,
        Err(error) if one.attempts + 1 < TRIES_MAX => {
            tracing::warn!(id = one.id, %error, "a mail could not be sent, and is tried again");
            return Ok(false);
        }
        Err(error) => {
            tracing::error!(id = one.id, to = letter.to, %error, "a mail is given up");
            false
        }
    };
    let mut housekeeping = cloud.housekeeping().await?;
    store::end(housekeeping.db(), &one.id, now).await?;
    housekeeping.commit().await?;
    Ok(taken)
}

/// Forgets mails that were sent or given up long ago.
pub async fn forget(housekeeping: &mut Housekeeping, now: Timestamp) -> Result<()> {
    store::delete_ended(housekeeping.db(), now.minus(KEPT)).await
}
