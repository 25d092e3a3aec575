//! The reconciler: compares what the engines have with what the database says, level-triggered.
//!
//! An instance that stopped, started, vanished or came back behind our back shows it, and is metered
//! accordingly. What an engine has of an instance that we deleted is deleted again. An engine object
//! that we do not know is left alone until it has been unknown in three complete listings over at
//! least five minutes, and then is only reported: it may be somebody's.
//!
//! Listings only raise suspicion: before anything is written the engine is asked about that one
//! instance again, and nothing may have happened to its row since. Besides the timer, what an
//! engine tells of by itself is looked at when it tells it.

mod mend;
mod store;

use crate::{cloud::Cloud, error::Result, zones::Zone};
use domain::instance::InstanceState;
use engine::{Observed, Power};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};
use store::{Claim, claim_to, claims_of_zone};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// How long one look at an engine may take.
const LOOK: Duration = Duration::from_secs(20);
/// How long what is only kept may take to shut down.
const POLITE_SECONDS: u32 = 10;
/// Events that come within this time are looked at together.
const GATHER: Duration = Duration::from_millis(100);

/// Looks at every zone. One that does not answer is left as it is.
pub async fn all(cloud: &Arc<Cloud>) -> Result<()> {
    for zone in cloud.zones.iter() {
        if let Err(error) = zone_once(cloud, zone).await {
            tracing::warn!(zone = zone.name, %error, "the zone could not be compared");
        }
    }
    Ok(())
}

/// Looks at instances of which an engine says that they changed. Works until the process ends.
pub async fn watch(cloud: Arc<Cloud>) {
    let zones = cloud.zones.iter().map(|zone| watch_zone(&cloud, zone));
    futures::future::join_all(zones).await;
}

async fn watch_zone(cloud: &Arc<Cloud>, zone: &Zone) {
    let mut changes = zone.engine.changes();
    while let Some(names) = gather(&mut changes).await {
        let looked = match names {
            Some(names) => some(cloud, zone, &names).await,
            None => zone_once(cloud, zone).await,
        };
        if let Err(error) = looked {
            tracing::warn!(zone = zone.name, %error, "a change in the engine could not be looked at");
        }
    }
}

/// What changed; all of it (`None` within) when events were missed. `None` when no more will come.
async fn gather(changes: &mut Receiver<String>) -> Option<Option<HashSet<String>>> {
    let mut names = match changes.recv().await {
        Ok(name) => HashSet::from([name]),
        Err(RecvError::Lagged(_)) => return Some(None),
        Err(RecvError::Closed) => return None,
    };
    tokio::time::sleep(GATHER).await;
    loop {
        use tokio::sync::broadcast::error::TryRecvError;
        match changes.try_recv() {
            Ok(name) => names.insert(name),
            Err(TryRecvError::Lagged(_)) => return Some(None),
            Err(TryRecvError::Empty | TryRecvError::Closed) => return Some(Some(names)),
        };
    }
}

async fn some(cloud: &Arc<Cloud>, zone: &Zone, names: &HashSet<String>) -> Result<()> {
    for name in names {
        if let Some(claim) = claim_to(cloud.db.reader(), name).await? {
            look_at(cloud, zone, &claim).await?;
        }
    }
    Ok(())
}

async fn zone_once(cloud: &Arc<Cloud>, zone: &Zone) -> Result<()> {
    // The engine is asked first: what is made meanwhile has a row before it has an engine object.
    let listed = in_time(zone.engine.list()).await?;
    let seen: HashMap<&str, &Observed> = listed.iter().map(|o| (o.name.as_str(), o)).collect();
    let claims = claims_of_zone(cloud.db.reader(), &zone.name).await?;
    for claim in &claims {
        let seen = seen.get(claim.engine_name.as_str()).copied();
        if drift(claim, seen).is_some() || is_awake(claim, seen) {
            look_at(cloud, zone, claim).await?;
        }
    }
    let known: HashSet<&str> = claims.iter().map(|c| c.engine_name.as_str()).collect();
    let mut unknown = Vec::new();
    for name in seen.keys().filter(|name| !known.contains(*name)) {
        match claim_to(cloud.db.reader(), name).await? {
            Some(claim) => look_at(cloud, zone, &claim).await?,
            None => unknown.push(*name),
        }
    }
    for stray in store::note(cloud, &zone.name, &unknown).await? {
        tracing::warn!(
            zone = zone.name,
            stray,
            "the engine has something of ours that no row knows"
        );
    }
    Ok(())
}

/// Asks the engine about one instance, and makes the two agree.
async fn look_at(cloud: &Arc<Cloud>, zone: &Zone, before: &Claim) -> Result<()> {
    // Read again before the engine is asked: what happens after this changes the version.
    let Some(claim) = claim_to(cloud.db.reader(), &before.engine_name).await? else {
        return Ok(());
    };
    if claim.busy || claim.zone != zone.name {
        return Ok(());
    }
    if claim.deleted {
        return sweep(zone, &claim).await;
    }
    let seen = in_time(zone.engine.observe(&claim.engine_name)).await?;
    if is_awake(&claim, seen.as_ref()) {
        tracing::warn!(zone = zone.name, instance = %claim.id, "was deleted and is kept, and the engine had it running");
        in_time(zone.engine.stop(&claim.engine_name, POLITE_SECONDS)).await?;
        return Ok(());
    }
    match drift(&claim, seen.as_ref()) {
        Some(state) => mend::write(cloud, &claim, state, seen.as_ref()).await,
        None => Ok(()),
    }
}

/// What is left of an instance that we deleted: a call that the engine finished after we gave it up.
async fn sweep(zone: &Zone, claim: &Claim) -> Result<()> {
    if in_time(zone.engine.observe(&claim.engine_name)).await?.is_some() {
        tracing::warn!(zone = zone.name, instance = %claim.id, "was deleted, and the engine still had it");
        zone.engine.delete(&claim.engine_name).await?;
    }
    Ok(())
}

/// The state that an instance really has, when it is not what its row says.
fn drift(claim: &Claim, seen: Option<&Observed>) -> Option<InstanceState> {
    use InstanceState::*;
    if claim.busy || claim.deleted || claim.state.is_moving() {
        return None;
    }
    match (claim.state, seen.map(|s| s.power)) {
        (Error, Some(Power::Stopped)) if claim.kept => Some(Destroyed),
        (Destroyed, None) => Some(Error),
        _ if claim.kept => None,
        (Running | Error, Some(Power::Stopped)) => Some(Stopped),
        (Stopped | Error, Some(Power::Running)) => Some(Running),
        (Running | Stopped, None) => Some(Error),
        _ => None,
    }
}

/// Whether it runs although it was deleted and is only kept: it is not paid for.
fn is_awake(claim: &Claim, seen: Option<&Observed>) -> bool {
    let runs = seen.is_some_and(|seen| seen.power == Power::Running);
    claim.kept && !claim.busy && !claim.deleted && runs
}

async fn in_time<T>(
    asked: impl Future<Output = std::result::Result<T, engine::EngineError>>,
) -> Result<T> {
    match tokio::time::timeout(LOOK, asked).await {
        Ok(answer) => Ok(answer?),
        Err(_) => {
            Err(engine::EngineError::Unreachable(format!("no answer in {} s", LOOK.as_secs()))
                .into())
        }
    }
}
