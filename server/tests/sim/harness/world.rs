//! One platform with one organization: a database that outlives a crash, a clock that is turned by
//! hand, a simulated zone whose every call passes a gate.

use super::{Database, Gate, authorization, watched::Watched};
use axum::{Router, body::Body};
use domain::{Timestamp, catalogue::Catalogue, quota::QuotaResource};
use engine::sim::{Call, CallName, Pace, Sim, SimOptions};
use http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::{
    admin::{self, Command},
    clock::ManualClock,
    cloud::{Cloud, Parts},
    operations::{self, lease::store::release_all, worker},
    reconcile,
    seal::Sealer,
    templates,
    zones::{Zone, Zones},
};
use std::{path::PathBuf, sync::Arc, time::Duration};
use tempfile::TempDir;
use tower::ServiceExt;

pub const ZONE: &str = "ch-gva-2";
const CATALOGUE: &str = include_str!("../../../catalogue.toml");
const START: Timestamp = Timestamp(1_800_000_000_000_000);
/// More than any backoff or lease.
const NEXT_TRY: Duration = Duration::from_secs(31);
const TRIES_MAX: usize = 60;

/// A few bits that decide what a simulation does next.
pub struct Pick(pub u64);

impl Pick {
    /// splitmix64
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    pub fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

#[derive(Clone)]
pub struct Keys {
    pub org: String,
    pub key: String,
    pub secret: String,
}

pub struct World {
    pub cloud: Arc<Cloud>,
    pub clock: Arc<ManualClock>,
    pub sim: Arc<Sim>,
    pub gate: Arc<Gate>,
    pub keys: Keys,
    pub database: Database,
    router: Router,
    folder: Arc<Folder>,
}

/// A folder that is removed, or one that somebody else removes.
pub enum Folder {
    Own(TempDir),
    Other(PathBuf),
}

impl Folder {
    fn path(&self) -> PathBuf {
        match self {
            Folder::Own(folder) => folder.path().to_owned(),
            Folder::Other(path) => path.clone(),
        }
    }
}

impl World {
    pub async fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::create(folder.path()).await;
        World::on(database, Folder::Own(folder), None).await
    }

    /// A world in files, for processes that end without a word. What it is opened with the second
    /// time is what it was left with the first.
    pub async fn at(path: PathBuf) -> World {
        let journal = Some(path.join("sim.jsonl"));
        World::on(Database::file(&path), Folder::Other(path), journal).await
    }

    pub async fn on(database: Database, folder: Folder, journal: Option<PathBuf>) -> World {
        let sim = SimOptions { seed: 1, journal, pace: Pace::Instant };
        let sim = Arc::new(Sim::open(sim).unwrap());
        let clock = Arc::new(ManualClock::at(START));
        World::open(database, Arc::new(folder), clock, sim, None).await
    }

    /// Another process on the same database, engine and clock, with a folder of its own.
    pub async fn beside(&self) -> World {
        let own = tempfile::tempdir().unwrap();
        std::fs::copy(self.folder.path().join("key"), own.path().join("key")).unwrap();
        let (database, folder) = (self.database.clone(), Arc::new(Folder::Own(own)));
        let keys = Some(self.keys.clone());
        World::open(database, folder, self.clock.clone(), self.sim.clone(), keys).await
    }

    async fn open(
        database: Database,
        folder: Arc<Folder>,
        clock: Arc<ManualClock>,
        sim: Arc<Sim>,
        keys: Option<Keys>,
    ) -> World {
        let gate = Arc::new(Gate::default());
        let engine = Arc::new(Watched { sim: sim.clone(), gate: gate.clone() });
        let cloud = Cloud::new(Parts {
            mail: server::mail::Mail::open(&Default::default(), "http://127.0.0.1", &folder.path())
                .unwrap(),
            outbound: server::outbound::Outbound::open(&Default::default()).unwrap(),
            db: Database::open(&database.url, clock.clone()).await.unwrap(),
            clock: clock.clone(),
            sealer: Sealer::open(&folder.path(), None).unwrap(),
            catalogue: Catalogue::parse(CATALOGUE).unwrap(),
            zones: Zones::new(vec![Zone { name: ZONE.to_owned(), engine }]),
            origin: "http://127.0.0.1:8080".to_owned(),
            data: folder.path(),
        });
        templates::publish_own(&cloud).await.unwrap();
        let keys = match keys {
            Some(keys) => keys,
            None => make_keys(&cloud, &folder.path()).await,
        };
        let router = server::http::api_router(cloud.clone());
        World { cloud, clock, sim, gate, keys, database, router, folder }
    }

    /// The process ends without a word, and another begins.
    pub async fn crash(self) -> World {
        self.cloud.db.close().await;
        let World { clock, sim, keys, database, folder, .. } = self;
        let world = World::open(database, folder, clock, sim, Some(keys)).await;
        release_all(&world.cloud.db, None).await.unwrap();
        world
    }

    /// A signed request with an idempotency key of its own. Time goes on a little.
    pub async fn call(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        self.clock.advance(Duration::from_millis(1));
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let expires = self.cloud.now().unix_seconds() + 600;
        let Keys { key, secret, .. } = &self.keys;
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", authorization(key, secret, method, path, &body, expires))
            .header("idempotency-key", server::random::hex::<16>())
            .header("content-type", "application/json")
            .body(Body::from(body))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// A call that must be accepted; answers its operation.
    pub async fn accept(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.call(method, path, body).await;
        assert_eq!(status, 200, "{method} {path}: {answer}");
        answer
    }

    pub async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.call("GET", path, Value::Null).await;
        assert_eq!(status, 200, "GET {path}: {answer}");
        answer
    }

    pub async fn template(&self) -> String {
        let all = self.get("/v2/template").await;
        all["templates"][0]["id"].as_str().unwrap().to_owned()
    }

    pub fn type_id(&self, name: &str) -> String {
        let types = &self.cloud.catalogue.instance_types;
        types.iter().find(|t| t.name() == name).unwrap().id.to_string()
    }

    pub async fn create_body(&self, start: bool) -> Value {
        json!({
            "name": "web",
            "instance-type": { "id": self.type_id("standard.small") },
            "template": { "id": self.template().await },
            "disk-size": 10,
            "auto-start": start,
        })
    }

    pub async fn pending(&self) -> i64 {
        operations::store::count_pending(self.cloud.db.reader()).await.unwrap()
    }

    /// Runs what is due, once.
    pub async fn work(&self) {
        worker::drain(&self.cloud, Duration::ZERO).await.unwrap();
    }

    /// Runs everything to its end, turning the clock on.
    pub async fn settle(&self) {
        for _ in 0..TRIES_MAX {
            self.work().await;
            if self.pending().await == 0 {
                return;
            }
            self.clock.advance(NEXT_TRY);
        }
        panic!("operations are left over");
    }

    /// Runs everything, and answers how the operation ended.
    pub async fn outcome(&self, operation: &Value) -> Value {
        self.settle().await;
        self.get(&format!("/v2/operation/{}", operation["id"].as_str().unwrap())).await
    }

    pub async fn succeed(&self, operation: &Value) -> String {
        let end = self.outcome(operation).await;
        assert_eq!(end["state"], "success", "{end}");
        end["reference"]["id"].as_str().unwrap().to_owned()
    }

    pub async fn check(&self) -> Result<(), String> {
        admin::run(&self.cloud, Command::Check).await.map(|_| ()).map_err(|e| e.to_string())
    }

    /// Names of the effective engine calls since the first `from`, in order. Nobody can look whether
    /// a password was set, and setting the same one again is harmless: that counts once.
    pub fn effects(&self, from: usize) -> Vec<CallName> {
        let mut names: Vec<CallName> =
            self.sim.calls()[from..].iter().map(|c: &Call| c.name).collect();
        names.dedup_by(|a, b| a == b && *a == CallName::SetPassword);
        names
    }

    /// Everything agrees, also after the reconciler looked; then everything is deleted, and nothing
    /// is left anywhere.
    pub async fn finish(self) {
        self.settle().await;
        self.check().await.unwrap();
        let audit = self.get("/v2/quota").await;
        reconcile::all(&self.cloud).await.unwrap();
        assert_eq!(self.get("/v2/quota").await, audit, "the reconciler changes no quota");
        self.check().await.unwrap();
        // What was deleted and is kept is listed for who asks for it; what of it vanished, in error.
        for which in ["", "?state=destroyed", "?state=error"] {
            let listed = self.get(&format!("/v2/instance{which}")).await;
            for instance in listed["instances"].as_array().unwrap() {
                if instance["state"] != "destroying" {
                    let path = format!("/v2/instance/{}", instance["id"].as_str().unwrap());
                    self.accept("DELETE", &path, Value::Null).await;
                }
            }
        }
        let templates = self.get_private_templates().await;
        for id in templates {
            self.accept("DELETE", &format!("/v2/template/{id}"), Value::Null).await;
        }
        self.settle().await;
        self.check().await.unwrap();
        use engine::Engine as _;
        assert_eq!(self.sim.list().await.unwrap(), [], "nothing is left in the engine");
        for quota in self.get("/v2/quota").await["quotas"].as_array().unwrap() {
            let least = i64::from(quota["resource"] == "iam-key");
            assert_eq!(quota["usage"], least, "{quota}");
        }
        let open = sqlx::query("SELECT 1 FROM usage_intervals WHERE ended_us IS NULL");
        assert!(
            open.fetch_optional(self.cloud.db.reader()).await.unwrap().is_none(),
            "still metered"
        );
        self.leave().await;
    }

    async fn get_private_templates(&self) -> Vec<String> {
        let sql = "SELECT id FROM templates WHERE org_id IS NOT NULL AND deleted_us IS NULL";
        let rows = sqlx::query(sql).fetch_all(self.cloud.db.reader()).await.unwrap();
        rows.iter().map(|row| sqlx::Row::get(row, "id")).collect()
    }

    /// Runs a statement as somebody who goes around the server. The server's next write dates what it
    /// recorded.
    pub async fn run(&self, sql: &str) {
        Database::run(&self.database.url, sql).await;
        self.cloud.housekeeping().await.unwrap().commit().await.unwrap();
    }

    pub async fn leave(self) {
        self.cloud.db.close().await;
        self.database.remove().await;
    }
}

/// Bootstraps, or reads what an earlier process of this world was given.
async fn make_keys(cloud: &Arc<Cloud>, folder: &std::path::Path) -> Keys {
    let file = folder.join("api-key.json");
    if let Ok(text) = std::fs::read_to_string(&file) {
        return keys_of(&serde_json::from_str(&text).unwrap());
    }
    let command = Command::Bootstrap {
        organization: "Acme".into(),
        email: "ann@acme.example".into(),
        currency: Default::default(),
    };
    let answer = admin::run(cloud, command).await.unwrap().json;
    std::fs::write(file, answer.to_string()).unwrap();
    let keys = keys_of(&answer);
    for resource in [QuotaResource::Instance, QuotaResource::Snapshot, QuotaResource::Template] {
        let organization = keys.org.parse().unwrap();
        admin::run(cloud, Command::QuotaSet { organization, resource, limit: -1 }).await.unwrap();
    }
    keys
}

pub fn keys_of(answer: &Value) -> Keys {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Keys {
        org: text(&answer["organization"]["id"]),
        key: text(&answer["api-key"]["key"]),
        secret: text(&answer["api-key"]["secret"]),
    }
}
