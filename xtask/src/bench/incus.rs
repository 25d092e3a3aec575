//! What a create costs beside the same calls made directly to Incus, in interleaved pairs.

use super::account::{Account, Client};
use super::figures::{Figures, Times, milliseconds};
use super::http::Connection;
use super::{Ground, ZONE};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

const PAIRS: usize = 50;
const SOCKETS: [&str; 2] = ["/var/lib/incus/unix.socket", "/run/incus/unix.socket"];
const TEMPLATE: &str = "Bench";
/// Seldom enough that looking does not take the processor from what is measured. What it adds, half
/// of it on average, counts as ours.
const LOOK_EVERY: Duration = Duration::from_millis(5);
const PATIENCE: Duration = Duration::from_secs(120);

/// The socket of an Incus that answers: the one asked for, the tests' one, or the system's.
pub fn socket(asked: Option<&str>) -> Option<PathBuf> {
    let of_tests = std::env::var("COULOIR_TEST_INCUS").ok();
    let named = asked.or(of_tests.as_deref()).map(|name| name.trim_start_matches("unix://"));
    let candidates = named.into_iter().chain(SOCKETS);
    candidates.map(PathBuf::from).find(|path| UnixStream::connect(path).is_ok())
}

/// Creates and deletes in turn through the platform and directly; reports both and the difference.
pub fn pairs(
    ground: &Ground,
    socket: &Path,
    image: Option<&str>,
    figures: &mut Figures,
) -> Result<()> {
    let progress = &ground.progress;
    let settings =
        ground.prepare("incus", &[format!("{ZONE}=incus:unix://{}", socket.display())])?;
    let account = Account::bootstrap(&settings, ZONE)?;
    let _server = settings.serve(progress)?;
    if let Some(image) = image {
        let words = ["admin", "template", "import", "--zone", ZONE, "--name", TEMPLATE];
        let mut import = settings.command(&words);
        let status = import.args(["--default-user", "root", image]).status()?;
        ensure!(status.success(), "the import of {image} failed ({status})");
    }
    let body = account
        .create_body("bench", image.map(|_| TEMPLATE))
        .context("an Incus zone needs a template: give an image with --image FILE")?;
    let mut client = account.connect()?;
    let warm = platform_create(&mut client, &body)?;
    // Not before there is something to ask: Incus accepts nobody else while it waits for the first
    // byte of a connection.
    let stream = UnixStream::connect(socket)?;
    let mut incus = Incus { connection: Connection::new(stream, "incus") };
    let same = incus.request_like(&warm.id)?;
    platform_delete(&mut client, &warm.id)?;

    let (mut ours, mut answers, mut theirs) =
        (Times::default(), Times::default(), Times::default());
    progress.step(&format!("creating {PAIRS} pairs of instances"), || {
        for number in 0..PAIRS {
            let mut direct = || incus.create_and_delete(&same, &format!("bench-direct-{number}"));
            // Incus clears up after a deletion while the next one is made: each goes first in turn.
            if number % 2 == 1 {
                theirs.each.push(direct()?);
            }
            let created = platform_create(&mut client, &body)?;
            ours.each.push(created.took);
            answers.each.push(created.accepted);
            platform_delete(&mut client, &created.id)?;
            if number % 2 == 0 {
                theirs.each.push(direct()?);
            }
        }
        Ok(())
    })?;
    for times in [&mut ours, &mut answers, &mut theirs] {
        times.together = times.each.iter().sum();
    }
    figures.times("create on Incus, until the id is there", &mut answers);
    figures.times("create on Incus, until success", &mut ours);
    figures.times("the same calls made directly", &mut theirs);
    let more = |share: f64, ours: &mut Times, theirs: &mut Times| {
        let (ours, theirs) = (ours.quantile(share), theirs.quantile(share));
        format!(
            "{} (x{:.2})",
            milliseconds(ours.saturating_sub(theirs)),
            ours.as_secs_f64() / theirs.as_secs_f64()
        )
    };
    let (p50, p99) = (more(0.5, &mut ours, &mut theirs), more(0.99, &mut ours, &mut theirs));
    figures.text("what a create costs more", format!("p50 {p50}  p99 {p99}, {PAIRS} pairs"));
    Ok(())
}

struct Created {
    id: String,
    accepted: Duration,
    took: Duration,
}

fn platform_create(client: &mut Client, body: &Value) -> Result<Created> {
    let mut body = body.clone();
    // Each its own body: equal requests within a second would count once.
    body["name"] = json!(format!("bench-{}", client.number()));
    let begun = Instant::now();
    let operation = client.send("POST", "/instance", Some(&body))?.json()?;
    let accepted = begun.elapsed();
    let id = operation["reference"]["id"].as_str().context("create-instance names no instance")?;
    wait(client, &operation)?;
    Ok(Created { id: id.to_owned(), accepted, took: begun.elapsed() })
}

fn platform_delete(client: &mut Client, id: &str) -> Result<()> {
    let operation = client.send("DELETE", &format!("/instance/{id}"), None)?.json()?;
    wait(client, &operation)
}

fn wait(client: &mut Client, operation: &Value) -> Result<()> {
    let id = operation["id"].as_str().context("the answer is no operation")?;
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let now = client.send("GET", &format!("/operation/{id}"), None)?.json()?;
        match now["state"].as_str() {
            Some("success") => return Ok(()),
            Some("pending") => sleep(LOOK_EVERY),
            _ => bail!("the operation failed: {now}"),
        }
    }
    bail!("operation {id} has not ended after {} s", PATIENCE.as_secs())
}

/// Incus itself.
struct Incus {
    connection: Connection<UnixStream>,
}

impl Incus {
    /// The request that makes an instance like the one that the platform has made.
    fn request_like(&mut self, id: &str) -> Result<Value> {
        let all = self.get("/1.0/instances?recursion=1")?;
        let made =
            all.as_array().into_iter().flatten().find(|it| it["config"]["user.couloir.id"] == id);
        let made = made.context("Incus does not have the instance that the platform made")?;
        let image = made["config"]["volatile.base_image"].as_str().context("it has no image")?;
        let mut config = made["config"].clone();
        if let Some(config) = config.as_object_mut() {
            // What Incus added itself, and what would make it look like one of ours.
            config.retain(|name, _| {
                !["volatile.", "image.", "user.couloir."].iter().any(|own| name.starts_with(own))
            });
        }
        Ok(json!({
            "type": made["type"],
            "profiles": made["profiles"],
            "config": config,
            "devices": made["devices"],
            "source": {"type": "image", "fingerprint": image},
        }))
    }

    fn create_and_delete(&mut self, like: &Value, name: &str) -> Result<Duration> {
        let mut body = like.clone();
        body["name"] = json!(name);
        let path = format!("/1.0/instances/{name}");
        let state = format!("{path}/state");
        let begun = Instant::now();
        self.act("POST", "/1.0/instances", &body)?;
        self.act("PUT", &state, &json!({"action": "start"}))?;
        let took = begun.elapsed();
        self.act("PUT", &state, &json!({"action": "stop", "force": true}))?;
        self.act("DELETE", &path, &Value::Null)?;
        Ok(took)
    }

    /// A call that works in the background, until it has ended well.
    fn act(&mut self, method: &str, path: &str, body: &Value) -> Result<()> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let started = self.connection.send(method, path, "", body.as_bytes())?.json()?;
        let operation = started["operation"].as_str().context("Incus started no operation")?;
        let ended = self.get(&format!("{operation}/wait?timeout={}", PATIENCE.as_secs()))?;
        ensure!(ended["status_code"] == 200, "{method} {path}: {}", ended["err"]);
        Ok(())
    }

    fn get(&mut self, path: &str) -> Result<Value> {
        Ok(self.connection.send("GET", path, "", b"")?.json()?["metadata"].take())
    }
}
