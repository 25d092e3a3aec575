//! What every operation receives: the database, the clock, the engines, the secrets' key.

use crate::{
    audit,
    changes::Changes,
    clock::Clock,
    db::Db,
    iam,
    last_used::LastUsed,
    mail::Mail,
    metrics::Metrics,
    operations::crew::Crew,
    outbound::Outbound,
    past,
    seal::Sealer,
    sessions::SignInLimits,
    single_sign_on::Providers,
    zones::{Availability, Zones},
};
use domain::{OrgId, Timestamp, UserId, catalogue::Catalogue};
use std::{ops::Deref, path::PathBuf, sync::Arc};
use tokio::sync::{Notify, Semaphore, broadcast};

/// Ends of somebody's access that an open stream may lag behind before it looks whatever they were.
const ENDS_KEPT: usize = 64;

/// Where to look whether somebody may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Somebody in the organization may do less.
    Within(OrgId),
    /// A session of the person has ended, whatever organization it was in.
    Of(UserId),
}

/// One database, as it is or as it was, and everything else that a process has.
pub struct Cloud {
    pub db: Db,
    shared: Arc<Shared>,
}

/// What a process has once, whatever instant is read.
pub struct Shared {
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
    pub calls: audit::calls::Calls,
    /// This process among those that share a database.
    pub process: String,
    pub changes: Changes,
    /// Who may do less than before.
    pub access_ended: broadcast::Sender<Ended>,
    pub mail: Mail,
    pub outbound: Outbound,
    /// What identity providers say about themselves.
    pub providers: Providers,
    /// Wakes whoever tells webhooks of events.
    pub webhooks: Notify,
    /// The operations that this process works on.
    pub crew: Crew,
    /// Wakes the operations worker.
    pub wake: Notify,
    /// Audit trails that may be downloaded at once.
    pub audit_downloads: Arc<Semaphore>,
    /// What was used since it was last written.
    pub uses: iam::uses::Uses,
    /// Replays of calls that may be done at once.
    pub replays: Semaphore,
    /// Reads of the past that may be done at once.
    pub pasts: Semaphore,
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
    pub mail: Mail,
    pub outbound: Outbound,
}

impl Cloud {
    pub fn new(parts: Parts) -> Arc<Cloud> {
        let shared = Shared {
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
            calls: audit::calls::Calls::default(),
            process: crate::random::hex::<8>(),
            changes: Changes::new(parts.clock.now()),
            clock: parts.clock,
            access_ended: broadcast::channel(ENDS_KEPT).0,
            mail: parts.mail,
            outbound: parts.outbound,
            providers: Providers::default(),
            webhooks: Notify::new(),
            wake: Notify::new(),
            audit_downloads: Arc::new(Semaphore::new(audit::export::DOWNLOADS_MAX)),
            uses: iam::uses::Uses::default(),
            replays: Semaphore::new(iam::replay::AT_ONCE_MAX),
            pasts: Semaphore::new(past::AT_ONCE_MAX),
        };
        Arc::new(Cloud { db: parts.db, shared: Arc::new(shared) })
    }

    /// The same process, reading another instant.
    pub fn reading(&self, db: Db) -> Arc<Cloud> {
        Arc::new(Cloud { db, shared: self.shared.clone() })
    }

    /// Gives back a database of the past.
    pub async fn give_back(self) {
        self.db.give_back().await;
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

impl Deref for Cloud {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.shared
    }
}
