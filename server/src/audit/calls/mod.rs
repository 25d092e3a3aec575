//! Calls that changed nothing: noted in memory when they are answered, written by many at once, so that
//! reading stays reading. A process that dies takes with it what it noted within the last second.

mod store;

use super::Entry;
use crate::{
    call::Call, cloud::Cloud, error::Result, iam::uses, organization, principal::Actor, view::View,
};
use api::{AuditRemoval, AuditRetention, Kind, Nothing};
use domain::{Timestamp, audit::CALL_DAYS_OFFERED};
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// How often they are written.
const EVERY: Duration = Duration::from_secs(1);
/// So many wait to be written at most; what comes then is lost, and counted in the log.
const WAITING_MAX: usize = 20_000;
/// A portal asks the same again whenever something changed: within this time that is one call.
const SAME_WITHIN: Duration = Duration::from_secs(60);
/// Of so many questions of portals it is known when they were last asked.
const ASKED_MAX: usize = 50_000;
/// What a shorter time would remove is counted so far.
const COUNTED_MAX: i64 = 100_000;
const DAY: Duration = Duration::from_secs(24 * 3_600);

#[derive(Default)]
pub struct Calls(Mutex<Noted>);

#[derive(Default)]
struct Noted {
    waiting: Vec<Entry>,
    lost: u64,
    asked: HashMap<u64, Timestamp>,
}

/// Notes how a call was answered.
pub fn note(call: &Call, status: u16, reason: Option<String>) {
    let Some(principal) = call.principal_or_none() else { return };
    uses::note(call);
    let entry = Entry::of(call, None, None, i64::from(status)).because(reason);
    let by_portal = matches!(principal.actor, Actor::Session { .. });
    let repeats = by_portal && status < 400 && call.request.endpoint.kind == Kind::Read;
    let mut noted = call.cloud.calls.0.lock().unwrap_or_else(PoisonError::into_inner);
    noted.note(entry, repeats);
}

impl Noted {
    /// `repeats`: a question that counts once within a while.
    fn note(&mut self, entry: Entry, repeats: bool) {
        if repeats && self.was_asked(&entry) {
            return;
        }
        if self.waiting.len() < WAITING_MAX {
            self.waiting.push(entry);
        } else {
            self.lost += 1;
        }
    }

    fn was_asked(&mut self, entry: &Entry) -> bool {
        let mut hasher = DefaultHasher::new();
        let params = serde_json::to_string(&entry.data.get_params).unwrap_or_default();
        (entry.org, &entry.actor, &entry.data.uri, params, &entry.data.source_ip).hash(&mut hasher);
        let (question, now) = (hasher.finish(), entry.at);
        if self.asked.len() >= ASKED_MAX {
            self.asked.clear();
        }
        match self.asked.get(&question) {
            Some(last) if now.since(*last) < SAME_WITHIN => true,
            _ => {
                self.asked.insert(question, now);
                false
            }
        }
    }
}

/// Writes until the process ends.
pub async fn run(cloud: Arc<Cloud>) {
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(error) = write(&cloud).await {
            tracing::error!(%error, "calls could not be written to the audit trail");
        }
    }
}

/// Writes what was noted since the last time.
pub async fn write(cloud: &Cloud) -> Result<()> {
    let (waiting, lost) = {
        let mut noted = cloud.calls.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = cloud.now();
        noted.asked.retain(|_, last| now.since(*last) < SAME_WITHIN);
        (std::mem::take(&mut noted.waiting), std::mem::take(&mut noted.lost))
    };
    if lost > 0 {
        tracing::error!(lost, "more calls than can be written: some are not in the audit trail");
    }
    store::insert(cloud, &waiting).await?;
    uses::write(cloud).await
}

/// `get-audit-retention`
pub async fn retention(view: &View, _: Nothing) -> Result<AuditRetention> {
    let mut db = view.cloud.db.read().await?;
    let org = view.org()?;
    let days = organization::store::settings(&mut db, org).await?.call_days;
    let mut would_remove = Vec::new();
    for offered in CALL_DAYS_OFFERED.into_iter().filter(|offered| *offered < days) {
        let until = kept_since(view.now(), offered);
        let counted = store::count_before(&mut db, org, until, COUNTED_MAX + 1).await?;
        let calls = counted.min(COUNTED_MAX);
        would_remove.push(AuditRemoval { days: offered, calls, more: counted > calls });
    }
    Ok(AuditRetention { days, would_remove })
}

/// What is older than so many days has been kept for long enough.
fn kept_since(now: Timestamp, days: i64) -> Timestamp {
    now.minus(DAY * u32::try_from(days).unwrap_or(u32::MAX))
}

/// Removes what is older than its organization keeps it.
pub async fn remove_old(cloud: &Cloud) -> Result<()> {
    store::remove_old(cloud).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{OrgId, ProjectId, Uuid};

    fn entry(uri: &str, at: i64) -> Entry {
        let data = serde_json::json!({
            "timestamp": Timestamp(at), "handler": "list-instances", "message": "", "uri": uri,
            "status": 200, "request-id": "", "elapsed-ms": 1, "get-params": {}, "body-params": {},
            "path-params": {},
        });
        Entry {
            org: OrgId(Uuid::nil()),
            project: ProjectId(Uuid::nil()),
            at: Timestamp(at),
            operation: "list-instances".into(),
            subject_id: String::new(),
            operation_id: String::new(),
            actor: "ann".into(),
            request_id: String::new(),
            status: 200,
            data: serde_json::from_value(data).unwrap(),
        }
    }

    #[test]
    fn what_a_portal_asks_again_and_again_is_noted_once_a_minute() {
        let mut noted = Noted::default();
        for seconds in 0..=60 {
            noted.note(entry("/v2/instance", seconds * Timestamp::SECOND_US), true);
        }
        noted.note(entry("/v2/template", 0), true);
        assert_eq!(noted.waiting.len(), 3);
        noted.note(entry("/v2/template", 0), false);
        assert_eq!(noted.waiting.len(), 4);
    }

    #[test]
    fn what_can_not_be_written_in_time_is_counted() {
        let mut noted = Noted::default();
        for _ in 0..WAITING_MAX + 2 {
            noted.note(entry("/v2/instance", 0), false);
        }
        assert_eq!((noted.waiting.len(), noted.lost), (WAITING_MAX, 2));
    }
}
