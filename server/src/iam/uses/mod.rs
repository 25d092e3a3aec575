//! What roles are really used for: of each operation that a policy allowed, when last and how often.
//! Noted in memory and written together, beside the calls that change nothing.

mod store;

use crate::{call::Call, cloud::Cloud, error::Result, principal::Actor, view::View};
use domain::{OrgId, RoleId, Timestamp};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// So many kinds of use wait to be written at most; what comes then is not counted.
const WAITING_MAX: usize = 20_000;
/// What was not used for so long is forgotten.
const KEPT: Duration = Duration::from_secs(400 * 24 * 3_600);

/// What is counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind {
    pub org: OrgId,
    pub role: RoleId,
    /// `user:…` or `key:…`
    pub principal: String,
    pub operation: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub first: Timestamp,
    pub last: Timestamp,
    pub uses: i64,
}

/// Whose uses are asked for.
pub enum Whose {
    Role(RoleId),
    /// `user:…` or `key:…`
    Principal(String),
}

impl Whose {
    fn is(&self, kind: &Kind) -> bool {
        match self {
            Whose::Role(role) => kind.role == *role,
            Whose::Principal(principal) => kind.principal == *principal,
        }
    }
}

#[derive(Default)]
pub struct Uses(Mutex<HashMap<Kind, Count>>);

/// Notes that a person or a key did what a policy allowed.
pub fn note(call: &Call) {
    let Some(principal) = call.principal_or_none() else { return };
    let by_somebody = !matches!(principal.actor, Actor::System { .. } | Actor::Claimed { .. });
    if !by_somebody || !call.decision().is_some_and(|decision| decision.allowed) {
        return;
    }
    let kind = Kind {
        org: principal.org,
        role: principal.role.id,
        principal: principal.actor.scope(),
        operation: call.request.endpoint.operation,
    };
    let mut waiting = call.cloud.uses.0.lock().unwrap_or_else(PoisonError::into_inner);
    if waiting.len() < WAITING_MAX || waiting.contains_key(&kind) {
        let at = call.now();
        let count = waiting.entry(kind).or_insert(Count { first: at, last: at, uses: 0 });
        count.last = count.last.max(at);
        count.uses += 1;
    }
}

/// When each operation was last used, and how often; and since when that is known. What is not written yet
/// counts.
pub async fn of(
    view: &View,
    whose: &Whose,
) -> Result<(HashMap<String, (Timestamp, i64)>, Option<Timestamp>)> {
    let org = view.org()?;
    let (mut used, mut began) = {
        let mut db = view.cloud.db.read().await?;
        (store::of(&mut db, org, whose).await?, store::began(&mut db, org).await?)
    };
    let waiting = view.cloud.uses.0.lock().unwrap_or_else(PoisonError::into_inner);
    for (kind, count) in waiting.iter().filter(|(kind, _)| kind.org == org) {
        began = Some(began.map_or(count.first, |began| began.min(count.first)));
        if whose.is(kind) {
            let (last, uses) = used.entry(kind.operation.to_owned()).or_insert((count.last, 0));
            *last = (*last).max(count.last);
            *uses += count.uses;
        }
    }
    Ok((used, began))
}

/// Writes what was noted since the last time.
pub async fn write(cloud: &Cloud) -> Result<()> {
    let waiting = std::mem::take(&mut *cloud.uses.0.lock().unwrap_or_else(PoisonError::into_inner));
    // Always in the same order, so that two processes don't wait for each other.
    let mut counts: Vec<_> = waiting.into_iter().collect();
    counts.sort_by(|(a, _), (b, _)| a.cmp(b));
    store::add(cloud, counts).await
}

/// Forgets what was not used for long.
pub async fn remove_old(cloud: &Cloud) -> Result<()> {
    store::remove_until(cloud, cloud.now().minus(KEPT)).await
}
