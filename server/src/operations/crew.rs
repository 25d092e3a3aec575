//! The operations that this process works on just now: how many at once, and their tasks.
//!
//! A request that accepts an operation hands it to the crew when there is room: the lease is taken
//! in the accepting transaction, and the work begins when that has committed, without another
//! write or a look at the queue. What finds no room waits in the database.

use crate::zones::Zones;
use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
};

/// Operations that are worked on at once in a zone: what its engine is asked to do in parallel. A
/// zone whose engine hangs does not slow the others down.
pub const AT_ONCE: usize = 32;

/// The right to work on one operation.
pub struct Slot(OwnedSemaphorePermit);

pub struct Crew {
    zones: HashMap<String, Arc<Semaphore>>,
    /// For zones that are not configured any more: their operations fail, and must get to that.
    elsewhere: Arc<Semaphore>,
    /// `None` while no worker runs here.
    at_work: Mutex<Option<JoinSet<()>>>,
}

impl Crew {
    pub fn of(zones: &Zones) -> Crew {
        let slots = |_: &_| Arc::new(Semaphore::new(AT_ONCE));
        Crew {
            zones: zones.iter().map(|zone| (zone.name.clone(), slots(zone))).collect(),
            elsewhere: Arc::new(Semaphore::new(AT_ONCE)),
            at_work: Mutex::new(None),
        }
    }

    fn slots(&self, zone: Option<&str>) -> &Arc<Semaphore> {
        zone.and_then(|name| self.zones.get(name)).unwrap_or(&self.elsewhere)
    }

    fn at_work(&self) -> MutexGuard<'_, Option<JoinSet<()>>> {
        self.at_work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on there is work.
    pub fn open(&self) {
        *self.at_work() = Some(JoinSet::new());
    }

    pub fn is_open(&self) -> bool {
        self.at_work().is_some()
    }

    pub fn free(&self, zone: Option<&str>) -> usize {
        self.slots(zone).available_permits()
    }

    /// `None` when no worker runs here, or when it has its hands full.
    pub fn slot(&self, zone: Option<&str>) -> Option<Slot> {
        if !self.is_open() {
            return None;
        }
        self.slots(zone).clone().try_acquire_owned().ok().map(Slot)
    }

    /// Begins to work. After the end this does nothing: the lease is released with all others.
    pub fn begin(&self, slot: Slot, work: impl Future<Output = ()> + Send + 'static) {
        if let Some(tasks) = self.at_work().as_mut() {
            while tasks.try_join_next().is_some() {}
            tasks.spawn(async move {
                work.await;
                drop(slot.0);
            });
        }
    }

    /// Takes nothing more on; what is at work may come to the end of its step, then is cut off.
    pub async fn close(&self, patience: Duration) {
        let Some(mut tasks) = self.at_work().take() else { return };
        let all_done = async { while tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(patience, all_done).await.is_err() {
            tracing::warn!(
                cut_off = tasks.len(),
                "steps were cut off; they run again at the next start"
            );
            tasks.shutdown().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn there_is_room_only_while_a_worker_runs() {
        let crew = Crew::of(&Zones::default());
        assert!(crew.slot(None).is_none());
        crew.open();
        let taken: Vec<_> = (0..AT_ONCE).filter_map(|_| crew.slot(Some("x"))).collect();
        assert_eq!((taken.len(), crew.free(None)), (AT_ONCE, 0));
        assert!(crew.slot(None).is_none(), "no room");
        drop(taken);
        let slot = crew.slot(None).expect("room again");
        crew.begin(slot, std::future::pending());
        crew.close(Duration::from_millis(1)).await;
        assert!(crew.slot(None).is_none(), "closed");
    }
}
