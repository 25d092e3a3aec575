//! Telling: each webhook is one queue, worked on by one process at a time. What was not taken is tried
//! again before anything else is told, so the order is that of the audit trail.
//!
//! How far a webhook is, is a number of the chain. Nothing is queued when an event is written, so no
//! call waits for a webhook, and no crash loses one: what was sent and not noted is sent again.

mod store;

use super::{deliveries::store as deliveries, message, send::send, stop::stop, store::Row};
use crate::{
    audit,
    cloud::Cloud,
    error::{Error, Result},
    random,
};
use api::{Change, Event, WebhookDelivery};
use domain::{
    Timestamp, WebhookId,
    webhook::{DeliveryCause, DeliveryState, FAILS_FOR, WebhookState, is_given_up, wait_after},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// How often it is looked when nobody says that something happened.
const EVERY: Duration = Duration::from_secs(5);
/// Between two looks, however much happens.
const PAUSE: Duration = Duration::from_millis(100);
/// For so long a webhook is a process's own, from one delivery to the next.
const CLAIM: Duration = Duration::from_secs(60);
/// Webhooks that this process works on at once.
const AT_ONCE: usize = 64;
/// Deliveries in one go, before it is another's turn.
const DELIVERIES_OF_TURN: usize = 20;
/// Events that are looked through at once.
const LOOKED_THROUGH: i64 = 100;
/// Deliveries of a webhook that are kept.
const KEPT: i64 = 1_000;

/// A webhook that this process works on.
struct Claim {
    id: WebhookId,
    until: Timestamp,
}

/// Works until the process ends.
pub async fn run(cloud: Arc<Cloud>) {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        if let Err(error) = begin(&cloud, &room).await {
            tracing::warn!(%error, "webhooks could not be looked at, and are tried again");
        }
        let _ = tokio::time::timeout(EVERY, cloud.webhooks.notified()).await;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Begins with each that is due; one that is slow holds up no other.
async fn begin(cloud: &Arc<Cloud>, room: &Arc<Semaphore>) -> Result<()> {
    for id in store::due(cloud.db.reader(), cloud.now(), AT_ONCE as i64).await? {
        let permit = room.clone().acquire_owned().await.map_err(Error::internal)?;
        if let Some(claim) = claim(cloud, id).await? {
            let cloud = cloud.clone();
            tokio::spawn(async move {
                if let Err(error) = turn(&cloud, claim).await {
                    tracing::warn!(webhook = %id, %error, "a webhook could not be worked on");
                }
                drop(permit);
            });
        }
    }
    Ok(())
}

/// Everything that is due now, until nothing is.
pub async fn deliver(cloud: &Arc<Cloud>) -> Result<()> {
    loop {
        let due = store::due(cloud.db.reader(), cloud.now(), AT_ONCE as i64).await?;
        if due.is_empty() {
            return Ok(());
        }
        let turns = due.into_iter().map(|id| async move {
            match claim(cloud, id).await? {
                Some(claim) => turn(cloud, claim).await,
                None => Ok(()),
            }
        });
        futures::future::try_join_all(turns).await?;
    }
}

async fn claim(cloud: &Cloud, id: WebhookId) -> Result<Option<Claim>> {
    let until = cloud.now().plus(CLAIM);
    let mut housekeeping = cloud.housekeeping().await?;
    let mine = store::claim(housekeeping.db(), id, cloud.now(), until).await?;
    housekeeping.commit().await?;
    Ok(mine.then_some(Claim { id, until }))
}

/// Some deliveries of one webhook.
async fn turn(cloud: &Arc<Cloud>, mut claim: Claim) -> Result<()> {
    let mut left = DELIVERIES_OF_TURN;
    while left > 0 && step(cloud, &mut claim).await? {
        left -= 1;
    }
    let mut housekeeping = cloud.housekeeping().await?;
    if left < DELIVERIES_OF_TURN {
        deliveries::trim(housekeeping.db(), claim.id, KEPT).await?;
    }
    store::hold(housekeeping.db(), claim.id, claim.until, Timestamp(0)).await?;
    housekeeping.commit().await?;
    if left == 0 {
        cloud.webhooks.notify_one();
    }
    Ok(())
}

/// The next thing that is to be told. `false` when there is none for now.
async fn step(cloud: &Arc<Cloud>, claim: &mut Claim) -> Result<bool> {
    let (pool, now) = (cloud.db.reader(), cloud.now());
    // Whoever paused or changed it meanwhile is obeyed.
    let Some(row) = store::held(pool, claim.id, claim.until).await? else { return Ok(false) };
    if let Some(delivery) = deliveries::next_asked(pool, row.id).await? {
        return asked(cloud, claim, &row, &delivery).await;
    }
    if row.state != WebhookState::Active || row.next > now {
        return Ok(false);
    }
    let org = row.org.to_string();
    let links =
        audit::store::links(pool, &org, row.sequence, row.sequence + LOOKED_THROUGH).await?;
    let Some(last) = links.last() else { return Ok(false) };
    for link in &links {
        let event = message::event(link)?;
        if message::matches(&row.filter, link, &event) {
            let delivery = begun(cloud, &row, link.sequence, &link.operation).await?;
            return told(cloud, claim, &row, &delivery, link.sequence, event).await;
        }
    }
    let mut housekeeping = cloud.housekeeping().await?;
    store::pass(housekeeping.db(), row.id, last.sequence).await?;
    housekeeping.commit().await?;
    Ok(true)
}

/// The delivery of an event, noted before anything is sent.
async fn begun(
    cloud: &Cloud,
    row: &Row,
    sequence: i64,
    operation: &str,
) -> Result<WebhookDelivery> {
    if let Some(found) = deliveries::of_event(cloud.db.reader(), row.id, sequence).await? {
        return Ok(found);
    }
    let now = cloud.now();
    let (id, event) = (random::id(now).into(), Some((sequence, operation)));
    let mut housekeeping = cloud.housekeeping().await?;
    let whose = (row.org, row.id);
    deliveries::insert_delivery(housekeeping.db(), id, whose, DeliveryCause::Event, event, now)
        .await?;
    housekeeping.commit().await?;
    let found = deliveries::of_event(cloud.db.reader(), row.id, sequence).await?;
    found.ok_or_else(|| Error::internal("a delivery is gone that was just written"))
}

/// Tells an event, and notes what became of it.
async fn told(
    cloud: &Arc<Cloud>,
    claim: &mut Claim,
    row: &Row,
    delivery: &WebhookDelivery,
    sequence: i64,
    event: Event,
) -> Result<bool> {
    let outcome = send(cloud, row, &id_of(row, sequence), Some(event)).await;
    let (now, attempts) = (cloud.now(), row.attempts + 1);
    let given_up = is_given_up(attempts, outcome.status);
    let state = match (outcome.taken(), given_up) {
        (true, _) => DeliveryState::Delivered,
        (false, true) => DeliveryState::Failed,
        (false, false) => DeliveryState::Pending,
    };
    let mut housekeeping = cloud.housekeeping().await?;
    let db = housekeeping.db();
    let until = now.plus(CLAIM);
    if !store::hold(db, row.id, claim.until, until).await? {
        // It was deleted, or took so long that it is another's.
        return Ok(false);
    }
    deliveries::tried(db, delivery, state, &outcome, now).await?;
    if state == DeliveryState::Delivered {
        store::works(db, row.id).await?;
    } else {
        store::fails(db, row.id, (attempts, now.plus(wait_after(attempts))), now).await?;
    }
    if state != DeliveryState::Pending {
        store::pass(db, row.id, sequence).await?;
    }
    housekeeping.commit().await?;
    claim.until = until;
    tell(cloud, row);
    let failing = row.failing_since.filter(|_| state != DeliveryState::Delivered);
    if failing.is_some_and(|since| now.since(since) >= FAILS_FOR) {
        stop(cloud, row).await?;
        return Ok(false);
    }
    Ok(state != DeliveryState::Pending)
}

/// What somebody asked for is sent once, whatever comes of it.
async fn asked(
    cloud: &Arc<Cloud>,
    claim: &mut Claim,
    row: &Row,
    delivery: &WebhookDelivery,
) -> Result<bool> {
    let (id, event) = match delivery.sequence {
        None => (delivery.id.to_string(), None),
        Some(sequence) => {
            let org = row.org.to_string();
            let found =
                audit::store::links(cloud.db.reader(), &org, sequence - 1, sequence).await?;
            let event = found.first().map(message::event).transpose()?;
            (id_of(row, sequence), event)
        }
    };
    let outcome = send(cloud, row, &id, event).await;
    let state = if outcome.taken() { DeliveryState::Delivered } else { DeliveryState::Failed };
    let (now, mut housekeeping) = (cloud.now(), cloud.housekeeping().await?);
    let until = now.plus(CLAIM);
    if !store::hold(housekeeping.db(), row.id, claim.until, until).await? {
        return Ok(false);
    }
    deliveries::tried(housekeeping.db(), delivery, state, &outcome, now).await?;
    housekeeping.commit().await?;
    claim.until = until;
    tell(cloud, row);
    Ok(true)
}

/// The same for every try, so that whoever was told twice can see it.
fn id_of(row: &Row, sequence: i64) -> String {
    format!("{}.{sequence}", row.id)
}

/// Pages of the webhook read again.
fn tell(cloud: &Cloud, row: &Row) {
    let (kind, id) = ("webhook".to_owned(), row.id.to_string());
    let change = Change { kind, id, state: None, operation: None };
    cloud.changes.tell(cloud.now(), row.org, change);
}
