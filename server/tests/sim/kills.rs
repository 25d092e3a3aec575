//! F5: the real program is killed at random instants under load, and started again. Nothing that was
//! accepted is lost, nothing is done twice, nothing is left behind.
//!
//! On SQLite, or on the server that `COULOIR_TEST_POSTGRES` names. `COULOIR_BINARY` names another
//! program, `COULOIR_TEST_KILLS` and `COULOIR_TEST_OPERATIONS` other sizes.

use crate::harness::{Database, Pick, authorization};
use engine::{
    Engine,
    sim::{CallName, Pace, Sim, SimOptions},
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

const CLIENTS: usize = 16;
const INSTANCES_MOST: usize = 3;
const READY_MOST: Duration = Duration::from_secs(60);
const ENDED_MOST: Duration = Duration::from_secs(60);
const ANSWER_MOST: Duration = Duration::from_secs(60);

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// The program, its folder and how it is talked to.
struct Program {
    folder: PathBuf,
    database: String,
    address: SocketAddr,
    key: String,
    secret: String,
}

impl Program {
    fn command(folder: &Path, database: &str, arguments: &[&str]) -> Command {
        let binary =
            std::env::var("COULOIR_BINARY").unwrap_or(env!("CARGO_BIN_EXE_couloir").into());
        let mut command = Command::new(binary);
        command.args(arguments).arg("--data").arg(folder).args(["--database", database]);
        command.args(["--zone", "ch-gva-2=sim"]).current_dir(folder);
        command.env("COULOIR_SIM_PACE", "instant").env("COULOIR_LOG", "warn");
        command.env("COULOIR_DATABASE_CONNECTIONS", "8");
        command
    }

    fn admin(folder: &Path, database: &str, arguments: &[&str]) -> Value {
        let output = Program::command(folder, database, arguments).arg("--json").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn new(folder: &Path, database: &str) -> Program {
        let made = ["admin", "bootstrap", "--organization", "Acme", "--email", "ann@acme.example"];
        let made = Program::admin(folder, database, &made);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let org = text(&made["organization"]["id"]);
        for resource in ["instance", "snapshot"] {
            let quota = [
                "admin",
                "quota",
                "set",
                "--organization",
                &org,
                "--resource",
                resource,
                "--limit=-1",
            ];
            Program::admin(folder, database, &quota);
        }
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        Program {
            folder: folder.to_owned(),
            database: database.to_owned(),
            address: free.local_addr().unwrap(),
            key: text(&made["api-key"]["key"]),
            secret: text(&made["api-key"]["secret"]),
        }
    }

    /// Answers the process and how long it took to be ready.
    async fn serve(&self) -> (Child, Duration) {
        let began = Instant::now();
        let mut command = Program::command(&self.folder, &self.database, &["serve"]);
        command.args(["--listen", &self.address.to_string()]);
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.folder.join("log"))
            .unwrap();
        let child = command.stderr(log).stdout(Stdio::null()).spawn().unwrap();
        while !matches!(self.send("GET", "/healthz", "", None).await, Ok((200, _))) {
            assert!(began.elapsed() < READY_MOST, "not ready: {}", self.log());
            sleep(Duration::from_millis(10)).await;
        }
        (child, began.elapsed())
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        body: &str,
        idempotency: Option<&str>,
    ) -> std::io::Result<(u16, Value)> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64;
        let signed = authorization(&self.key, &self.secret, method, path, body, now + 500);
        let key = idempotency.map_or_else(String::new, |key| format!("idempotency-key: {key}\r\n"));
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nauthorization: {signed}\r\n{key}\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let talk = async {
            let mut stream = TcpStream::connect(self.address).await?;
            stream.write_all(request.as_bytes()).await?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await?;
            Ok::<_, std::io::Error>(String::from_utf8_lossy(&answer).into_owned())
        };
        let text = timeout(ANSWER_MOST, talk).await.map_err(|_| std::io::ErrorKind::TimedOut)??;
        let status = text.split(' ').nth(1).and_then(|s| s.parse().ok());
        let (Some(status), Some((_, body))) = (status, text.split_once("\r\n\r\n")) else {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        };
        match serde_json::from_str(body) {
            Ok(value) => Ok((status, value)),
            // Cut off in the middle.
            Err(_) => Err(std::io::ErrorKind::InvalidData.into()),
        }
    }

    /// As a careful client does it: the same request again until there is an answer.
    async fn ask(&self, method: &str, path: &str, body: &str) -> Value {
        let key = server::random::hex::<16>();
        loop {
            match self.send(method, path, body, Some(&key)).await {
                Ok((200, answer)) => return answer,
                Ok((status, answer)) if status < 500 && status != 409 => {
                    panic!("{method} {path}: {status} {answer}")
                }
                _ => sleep(Duration::from_millis(20)).await,
            }
        }
    }

    async fn finished(&self, operation: &Value) -> Value {
        let path = format!("/v2/operation/{}", operation["id"].as_str().unwrap());
        loop {
            let now = self.ask("GET", &path, "").await;
            if now["state"] != "pending" {
                return now;
            }
            sleep(Duration::from_millis(5)).await;
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Known {
    runs: bool,
    snapshots: BTreeSet<String>,
    scaled: bool,
}

/// What one client did, and what must be there because of it.
async fn client(
    program: Arc<Program>,
    seed: u64,
    done: Arc<AtomicUsize>,
    most: usize,
) -> BTreeMap<String, Known> {
    let mut pick = Pick(seed);
    let mut mine: BTreeMap<String, Known> = BTreeMap::new();
    let types = program.ask("GET", "/v2/instance-type", "").await;
    let of = |family: &str, size: &str| {
        let all = types["instance-types"].as_array().unwrap();
        let found = all.iter().find(|t| t["family"] == family && t["size"] == size);
        found.unwrap()["id"].clone()
    };
    let (tiny, small) = (of("standard", "tiny"), of("standard", "small"));
    let template = program.ask("GET", "/v2/template", "").await["templates"][0]["id"].clone();
    while done.fetch_add(1, Ordering::SeqCst) < most {
        let ids: Vec<String> = mine.keys().cloned().collect();
        let what = if ids.is_empty() { 0 } else { pick.below(8) };
        let id = if ids.is_empty() { String::new() } else { pick.of(&ids).clone() };
        let known = mine.get(&id).cloned().unwrap_or_default();
        let path = |verb: &str| format!("/v2/instance/{id}:{verb}");
        let run = |method, path: String, body: Value| {
            let program = program.clone();
            async move {
                let body = if body.is_null() { String::new() } else { body.to_string() };
                let operation = program.ask(method, &path, &body).await;
                let end = program.finished(&operation).await;
                assert_eq!(end["state"], "success", "{method} {path}: {end}");
                end["reference"]["id"].as_str().unwrap().to_owned()
            }
        };
        match what {
            0 | 1 if ids.len() < INSTANCES_MOST => {
                let body = json!({ "name": "web", "instance-type": { "id": tiny }, "template": { "id": template }, "disk-size": 10 });
                let id = run("POST", "/v2/instance".into(), body).await;
                let before = mine.insert(id, Known { runs: true, ..Known::default() });
                assert!(before.is_none(), "an id twice");
            }
            2 => {
                run("DELETE", format!("/v2/instance/{id}"), Value::Null).await;
                mine.remove(&id);
            }
            3 | 4 => {
                let snapshot = run("POST", path("create-snapshot"), Value::Null).await;
                mine.get_mut(&id).unwrap().snapshots.insert(snapshot);
            }
            5 if !known.runs && !known.scaled => {
                run("PUT", path("scale"), json!({ "instance-type": { "id": small } })).await;
                mine.get_mut(&id).unwrap().scaled = true;
            }
            _ if known.runs => {
                run("PUT", path("stop"), Value::Null).await;
                mine.get_mut(&id).unwrap().runs = false;
            }
            _ => {
                run("PUT", path("start"), json!({})).await;
                mine.get_mut(&id).unwrap().runs = true;
            }
        }
    }
    mine
}

/// Kills the program when that many operations have been asked for, at any instant.
async fn killer(
    program: Arc<Program>,
    kills: usize,
    most: usize,
    done: Arc<AtomicUsize>,
    mut child: Child,
    seed: u64,
) -> (Child, Vec<Duration>) {
    let mut pick = Pick(seed);
    let mut ready = Vec::new();
    for kill in 1..=kills {
        let at = most * kill / (kills + 2);
        while done.load(Ordering::SeqCst) < at {
            sleep(Duration::from_millis(2)).await;
        }
        sleep(Duration::from_micros(pick.below(30_000) as u64)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        let (next, took) = program.serve().await;
        child = next;
        ready.push(took);
    }
    (child, ready)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_under_load() {
    let (kills, most) =
        (number("COULOIR_TEST_KILLS", 25), number("COULOIR_TEST_OPERATIONS", 2_000));
    let seed = number("COULOIR_SIM_SEED", 1) as u64;
    println!("seed {seed}");
    let folder = tempfile::tempdir().unwrap();
    let database = Database::create(folder.path()).await;
    let program = Arc::new(Program::new(folder.path(), &database.url));
    let (child, first) = program.serve().await;
    let (began, done) = (Instant::now(), Arc::new(AtomicUsize::new(0)));
    let clients: Vec<_> = (0..CLIENTS as u64)
        .map(|n| tokio::spawn(client(program.clone(), seed * 1_000 + n, done.clone(), most)))
        .collect();
    let killing = tokio::spawn(killer(program.clone(), kills, most, done.clone(), child, seed));
    let mut expected: BTreeMap<String, Known> = BTreeMap::new();
    for client in clients {
        expected.extend(client.await.unwrap());
    }
    let (mut child, ready) = killing.await.unwrap();
    let took = began.elapsed();

    // What the API says is what was accepted.
    let list = program.ask("GET", "/v2/instance", "").await;
    let listed: BTreeMap<String, bool> = list["instances"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| (i["id"].as_str().unwrap().to_owned(), i["state"] == "running"))
        .collect();
    let wanted: BTreeMap<String, bool> =
        expected.iter().map(|(id, known)| (id.clone(), known.runs)).collect();
    assert_eq!(listed, wanted, "lost, duplicated or in another state");
    let snapshots = program.ask("GET", "/v2/snapshot", "").await;
    let listed: BTreeSet<&str> = snapshots["snapshots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["id"].as_str().unwrap())
        .collect();
    let wanted: BTreeSet<&str> =
        expected.values().flat_map(|k| k.snapshots.iter().map(String::as_str)).collect();
    assert_eq!(listed, wanted);
    Program::admin(folder.path(), &program.database, &["admin", "check"]);

    // It ends when it is asked to.
    let asked = Instant::now();
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    let ended = tokio::task::spawn_blocking(move || child.wait().unwrap()).await.unwrap();
    assert!(ended.success() && asked.elapsed() < ENDED_MOST, "{ended}, {:?}", asked.elapsed());
    let checked = Program::admin(folder.path(), &program.database, &["admin", "check"]);
    assert_eq!(checked["operations-pending"], 0);

    // The engine has the same, and made nothing twice.
    let journal = Some(folder.path().join("sim-ch-gva-2.jsonl"));
    let sim = Sim::open(SimOptions { seed: 1, journal, pace: Pace::Instant }).unwrap();
    let names: BTreeSet<String> = sim.list().await.unwrap().into_iter().map(|o| o.name).collect();
    let wanted: BTreeSet<String> =
        expected.keys().map(|id| format!("{}{id}", engine::NAME_PREFIX)).collect();
    assert_eq!(names, wanted, "leaked or lost in the engine");
    let mut made = BTreeSet::new();
    for call in sim.calls().iter().filter(|c| {
        matches!(c.name, CallName::Create | CallName::Delete | CallName::CreateSnapshot)
    }) {
        assert!(made.insert((call.name, call.object.clone())), "{call:?} happened twice");
    }
    let worst = ready.iter().max().copied().unwrap_or_default();
    println!(
        "{most} operations, {kills} kills, {:.1} s; ready after {first:?} at first, {worst:?} at worst; ended after {:?}",
        took.as_secs_f64(),
        asked.elapsed()
    );
    assert!(!program.log().contains("panicked"), "{}", program.log());
    database.remove().await;
}
