//! Changes as they are committed: told to whoever listens, and kept for a while for whoever was
//! about to.
//!
//! A page is read first and listens afterwards. What changes between the two would be missed, so a
//! listener says from when on it wants to hear, and is told the rest from here.

use api::Change;
use domain::{OrgId, Timestamp};
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};
use tokio::sync::broadcast;

/// Changes that are kept, of all organizations together: as many as a slow listener may lag behind
/// before it has to read everything again.
const KEPT: usize = 4_096;

pub struct Changes {
    told: broadcast::Sender<(OrgId, Change)>,
    recent: Mutex<Recent>,
}

struct Recent {
    /// Everything that was told at this instant or later is kept.
    complete_from: Timestamp,
    kept: VecDeque<(Timestamp, OrgId, Change)>,
}

impl Changes {
    /// `now`: of what was before, nothing is known.
    pub fn new(now: Timestamp) -> Changes {
        let recent = Recent { complete_from: now, kept: VecDeque::new() };
        Changes { told: broadcast::channel(KEPT).0, recent: Mutex::new(recent) }
    }

    /// Tells of what was just committed. Nobody listening is no error.
    pub fn tell(&self, now: Timestamp, org: OrgId, change: Change) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.kept.len() == KEPT
            && let Some((dropped, ..)) = recent.kept.pop_front()
        {
            recent.complete_from = recent.complete_from.max(dropped.plus(INSTANT));
        }
        recent.kept.push_back((now, org, change.clone()));
        drop(recent);
        let _ = self.told.send((org, change));
    }

    /// Listens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<(OrgId, Change)> {
        self.told.subscribe()
    }

    /// What an organization was told at `since` or later; `None` if that is not known any more. Asked
    /// after [`subscribe`](Self::subscribe), nothing falls between, and a change may be heard twice.
    pub fn missed(&self, org: OrgId, since: Timestamp) -> Option<Vec<Change>> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let missed = recent.kept.iter().filter(|(at, of, _)| *of == org && *at >= since);
        (since >= recent.complete_from).then(|| missed.map(|(.., change)| change.clone()).collect())
    }
}

/// The shortest time that two instants differ by.
const INSTANT: std::time::Duration = std::time::Duration::from_micros(1);

#[cfg(test)]
mod tests {
    use super::*;

    fn change(id: usize) -> Change {
        let (kind, id) = ("instance".to_owned(), id.to_string());
        Change { kind, id, state: None, operation: None }
    }

    #[test]
    fn what_was_told_since_an_instant_is_told_again_to_its_organization() {
        let (org, other) = (OrgId(uuid::Uuid::from_u128(1)), OrgId(uuid::Uuid::from_u128(2)));
        let changes = Changes::new(Timestamp(10));
        for (at, of) in [(11, org), (12, other), (13, org)] {
            changes.tell(Timestamp(at), of, change(at as usize));
        }
        assert_eq!(changes.missed(org, Timestamp(11)), Some(vec![change(11), change(13)]));
        assert_eq!(changes.missed(org, Timestamp(12)), Some(vec![change(13)]));
        assert_eq!(changes.missed(other, Timestamp(13)), Some(Vec::new()));
        assert_eq!(changes.missed(org, Timestamp(9)), None, "before this process began");
    }

    #[test]
    fn what_is_not_kept_any_more_is_not_said_to_be_nothing() {
        let org = OrgId(uuid::Uuid::from_u128(1));
        let changes = Changes::new(Timestamp(0));
        for n in 0..KEPT + 2 {
            changes.tell(Timestamp(n as i64), org, change(n));
        }
        assert_eq!(changes.missed(org, Timestamp(1)), None);
        assert_eq!(changes.missed(org, Timestamp(2)).map(|kept| kept.len()), Some(KEPT));
    }
}
