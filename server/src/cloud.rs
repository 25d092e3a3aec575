//! What every operation receives: the database, the clock, the engines, the secrets' key.

use crate::{
    clock::Clock,
    db::Db,
    last_used::LastUsed,
    metrics::Metrics,
    operations::crew::Crew,
    seal::Sealer,
    sessions::SignInLimits,
    zones::{Availability, Zones},
};
use api::Change;
use domain::{OrgId, Timestamp, catalogue::Catalogue};
use std::{path::PathBuf, sync::Arc};
use tokio::sync::{Notify, broadcast};

/// Changes that a slow listener may lag behind before it has to read everything again.
const CHANGES_KEPT: usize = 4_096;

pub struct Cloud {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub sealer: Sealer,
    pub catalogue: Catalogue,
    pub zones: Zones,
    pub availability: Availability,
    /// What clients see: `https://cloud.example`, without a slash at the end.
    pub origin: String,
    /// Key file, exports, admin socket, lock.
    pub data: PathBuf,
    pub limits: SignInLimits,
    pub metrics: Metrics,
    pub last_used: LastUsed,
    /// This process among those that share a database.
    pub process: String,
    pub changes: broadcast::Sender<(OrgId, Change)>,
    /// The operations that this process works on.
    pub crew: Crew,
    /// Wakes the operations worker.
    pub wake: Notify,
}

/// What a [`Cloud`] is made of.
pub struct Parts {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub sealer: Sealer,
    pub catalogue: Catalogue,
    pub zones: Zones,
    pub origin: String,
    pub data: PathBuf,
}

impl Cloud {
    pub fn new(parts: Parts) -> Arc<Cloud> {
        Arc::new(Cloud {
            db: parts.db,
            clock: parts.clock,
            sealer: parts.sealer,
            catalogue: parts.catalogue,
            crew: Crew::of(&parts.zones),
            zones: parts.zones,
            availability: Availability::default(),
            origin: parts.origin.trim_end_matches('/').to_owned(),
            data: parts.data,
            limits: SignInLimits::default(),
            metrics: Metrics::default(),
            last_used: LastUsed::default(),
            process: crate::random::hex::<8>(),
            changes: broadcast::channel(CHANGES_KEPT).0,
            wake: Notify::new(),
        })
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
