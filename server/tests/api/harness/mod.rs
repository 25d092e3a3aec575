//! A whole platform for one test: its own database and data folder, a clock that is turned by hand,
//! simulated engines that take no time, and the real router.
//!
//! [`Platform::finish`] ends every test: all operations are drained, none is left over, and every
//! invariant of `couloir admin check` holds.

mod authenticator;
mod conformance;
#[path = "../../database/mod.rs"]
mod database;
mod door;
mod dump;
mod mails;
pub mod requests;
mod tenant;
pub mod tls;
mod two_step;

pub use authenticator::Authenticator;
pub use database::Database;
pub use door::{Answer, Ask, Door, Who};
pub use dump::{Dump, difference};
pub use tenant::{Everything, IDENTITY_SECRET, PASSWORD, PUBLIC_KEY, Tenant};

use domain::{
    InstanceTypeId, OperationId, Timestamp, catalogue::Catalogue, operation::OperationState,
};
use engine::sim::{Pace, Sim, SimOptions};
use server::{
    admin::{self, Command},
    clock::ManualClock,
    cloud::{Cloud, Parts},
    db::Dialect,
    mail::{Mail, Setting},
    operations,
    outbound::{self, Outbound},
    seal::Sealer,
    templates,
    zones::{Zone, Zones},
};
use std::{sync::Arc, time::Duration};
use tempfile::TempDir;

pub const ORIGIN: &str = "http://localhost:8080";
pub const ZONES: [&str; 2] = ["ch-gva-2", "de-fra-1"];
const CATALOGUE: &str = include_str!("../../../catalogue.toml");
/// 2027-01-15T08:00:00Z
const START: Timestamp = Timestamp(1_800_000_000_000_000);
/// More than any backoff or lease.
const NEXT_TRY: Duration = Duration::from_secs(31);
const TRIES_MAX: usize = 100;

pub struct Platform {
    pub cloud: Arc<Cloud>,
    pub clock: Arc<ManualClock>,
    /// The engines of [`ZONES`].
    pub sims: Vec<Arc<Sim>>,
    pub door: Door,
    database: Database,
    folder: Option<TempDir>,
    /// Whom webhooks reach.
    outbound: outbound::Setting,
    finished: bool,
}

impl Platform {
    /// Nothing but templates.
    pub async fn empty() -> Platform {
        Platform::mailing(Setting::default()).await
    }

    /// The same, with a way for mail.
    pub async fn mailing(mail: Setting) -> Platform {
        Platform::fresh(mail, outbound::Setting::default()).await
    }

    /// One organization, whose webhooks may be on this machine.
    pub async fn to_private_addresses() -> (Platform, Tenant) {
        Platform::reaching(outbound::Setting { private: true, ca_file: None }).await
    }

    /// One organization, whose webhooks reach what this says.
    pub async fn reaching(outbound: outbound::Setting) -> (Platform, Tenant) {
        let platform = Platform::fresh(Setting::default(), outbound).await;
        let tenant = platform.tenant("Acme", "ann@acme.example").await;
        (platform, tenant)
    }

    async fn fresh(mail: Setting, outbound: outbound::Setting) -> Platform {
        let sims = (1..)
            .zip(ZONES)
            .map(|(seed, _)| {
                let options = SimOptions { seed, journal: None, pace: Pace::Instant };
                Arc::new(Sim::open(options).unwrap())
            })
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(START));
        let database = Database::create(folder.path()).await;
        Platform::open(database, folder, clock, sims, mail, outbound).await
    }

    /// One organization in it.
    pub async fn new() -> (Platform, Tenant) {
        let platform = Platform::empty().await;
        let tenant = platform.tenant("Acme", "ann@acme.example").await;
        (platform, tenant)
    }

    async fn open(
        database: Database,
        folder: TempDir,
        clock: Arc<ManualClock>,
        sims: Vec<Arc<Sim>>,
        mail: Setting,
        reach: outbound::Setting,
    ) -> Platform {
        let zones = ZONES.into_iter().zip(&sims);
        let zones = zones.map(|(name, sim)| Zone { name: name.to_owned(), engine: sim.clone() });
        let cloud = Cloud::new(Parts {
            db: Database::open(&database.url, clock.clone()).await.unwrap(),
            clock: clock.clone(),
            sealer: Sealer::open(folder.path(), None).unwrap(),
            catalogue: Catalogue::parse(CATALOGUE).unwrap(),
            zones: Zones::new(zones.collect()),
            origin: ORIGIN.to_owned(),
            data: folder.path().to_owned(),
            mail: Mail::open(&mail, ORIGIN, folder.path()).unwrap(),
            outbound: outbound(&reach),
        });
        templates::publish_own(&cloud).await.unwrap();
        let door = Door::of(&cloud, clock.clone());
        let folder = Some(folder);
        Platform { cloud, clock, sims, door, database, folder, outbound: reach, finished: false }
    }

    /// The process ends without a word, and another begins on the same database and folder.
    pub async fn restart(mut self) -> Platform {
        self.cloud.db.close().await;
        self.finished = true;
        let folder = self.folder.take().unwrap();
        let database = std::mem::take(&mut self.database);
        let (clock, sims) = (self.clock.clone(), std::mem::take(&mut self.sims));
        Platform::open(database, folder, clock, sims, Setting::default(), self.outbound.clone())
            .await
    }

    /// Another process on the same database, where the database is for many.
    pub async fn beside(&self) -> Option<(Arc<Cloud>, Door)> {
        if self.cloud.db.dialect != Dialect::Postgres {
            return None;
        }
        let zones = self.cloud.zones.clone();
        let cloud = Cloud::new(self.parts(zones).await);
        let door = Door::of(&cloud, self.clock.clone());
        Some((cloud, door))
    }

    async fn parts(&self, zones: Zones) -> Parts {
        let folder = self.folder.as_ref().unwrap().path();
        Parts {
            db: Database::open(&self.database.url, self.clock.clone()).await.unwrap(),
            clock: self.clock.clone(),
            sealer: Sealer::open(folder, None).unwrap(),
            catalogue: Catalogue::parse(CATALOGUE).unwrap(),
            zones,
            origin: ORIGIN.to_owned(),
            data: folder.to_owned(),
            mail: Mail::open(&Setting::default(), ORIGIN, folder).unwrap(),
            outbound: outbound(&self.outbound),
        }
    }

    pub async fn admin(&self, command: Command) -> Result<admin::Answer, String> {
        admin::run(&self.cloud, command).await.map_err(|e| e.to_string())
    }

    pub async fn tenant(&self, organization: &str, email: &str) -> Tenant {
        Tenant::create(self, organization, email).await
    }

    /// The organization of the provider's staff.
    pub async fn staff(&self) -> Tenant {
        let (organization, email) = ("Provider".to_owned(), "sue@provider.example".to_owned());
        let command = Command::OperatorCreate { organization, email: email.clone() };
        Tenant::of(&email, &self.admin(command).await.unwrap())
    }

    pub async fn set_quota(&self, of: &Tenant, resource: domain::quota::QuotaResource, limit: i64) {
        let command = Command::QuotaSet { organization: of.org, resource, limit };
        self.admin(command).await.unwrap();
    }

    /// The typed client, with a credential.
    pub fn client(&self, who: &Who) -> api::Client {
        api::Client::new(Arc::new(door::InProcess { door: self.door.clone(), who: who.clone() }))
    }

    /// An instance type by its name, `standard.small`.
    pub fn type_id(&self, name: &str) -> InstanceTypeId {
        let types = &self.cloud.catalogue.instance_types;
        types.iter().find(|t| t.name() == name).map(|t| t.id).unwrap()
    }

    /// Runs everything that is due now, once.
    pub async fn work(&self) {
        operations::worker::drain(&self.cloud, Duration::ZERO).await.unwrap();
    }

    pub async fn pending(&self) -> i64 {
        operations::store::count_pending(self.cloud.db.reader()).await.unwrap()
    }

    /// Runs everything, turning the clock on to what waits for another try.
    pub async fn drain(&self) {
        for _ in 0..TRIES_MAX {
            self.work().await;
            if self.pending().await == 0 {
                return;
            }
            self.clock.advance(NEXT_TRY);
        }
        panic!("operations are left over");
    }

    /// Runs everything and answers how the operation ended.
    pub async fn outcome(&self, who: &Who, operation: OperationId) -> api::Operation {
        self.drain().await;
        let id = operation.to_string();
        self.client(who)
            .call(api::op::GetOperation, &[("id", &id)], &api::Nothing {})
            .await
            .unwrap()
            .body
    }

    /// Runs everything; the operation must have succeeded.
    pub async fn succeed(&self, who: &Who, operation: &api::Operation) {
        let end = self.outcome(who, operation.id).await;
        assert_eq!(end.state, OperationState::Success, "{end:?}");
    }

    /// Every invariant.
    pub async fn check(&self) -> Result<(), String> {
        self.admin(Command::Check).await.map(|_| ())
    }

    /// Every row of every table.
    pub async fn dump(&self) -> Dump {
        dump::of(&self.cloud.db).await
    }

    /// Where the database is, and the folder.
    pub fn storage(&self) -> (&str, &std::path::Path) {
        (&self.database.url, self.folder.as_ref().unwrap().path())
    }

    /// Ends the test.
    pub async fn finish(mut self) {
        self.drain().await;
        self.check().await.unwrap();
        self.leave().await;
        self.finished = true;
    }

    /// Ends a test that broke an invariant on purpose.
    pub async fn finish_broken(mut self) {
        self.leave().await;
        self.finished = true;
    }

    async fn leave(&mut self) {
        self.cloud.db.close().await;
        std::mem::take(&mut self.database).remove().await;
    }
}

fn outbound(reach: &outbound::Setting) -> Outbound {
    Outbound::open(reach).unwrap().within(Duration::from_secs(3))
}

impl Drop for Platform {
    fn drop(&mut self) {
        assert!(self.finished || std::thread::panicking(), "a test must end with `finish`");
    }
}
