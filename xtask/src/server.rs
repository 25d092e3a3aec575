//! A running `couloir serve` and the admin commands beside it.

use crate::net;
use crate::progress::{Progress, elapsed};
use crate::signals;
use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

const READY_WITHIN: Duration = Duration::from_secs(120);
/// Often enough to tell how long a start takes.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Everything that one server is started with.
pub struct Settings {
    pub binary: PathBuf,
    pub listen: SocketAddr,
    pub data: PathBuf,
    pub database: String,
    /// `NAME=ENGINE` each.
    pub zones: Vec<String>,
    /// Simulated zones take no time for what they do.
    pub instant: bool,
}

/// A server that ends when this is dropped.
pub struct Server {
    child: Child,
    /// From the start of the process until it said that it is ready.
    pub ready_after: Duration,
}

impl Settings {
    /// The address clients see.
    pub fn origin(&self) -> String {
        format!("http://{}", self.listen)
    }

    /// `couloir <words>` on this database and data folder.
    ///
    /// The origin goes along by environment: links that admin commands print start with it.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(words).args(["--database", &self.database]);
        command.arg("--data").arg(&self.data);
        command.env("COULOIR_LISTEN", self.listen.to_string());
        command.env("COULOIR_ORIGIN", self.origin());
        command
    }

    /// Runs an admin command and returns the JSON it prints.
    pub fn admin(&self, words: &[&str]) -> Result<serde_json::Value> {
        let shown = format!("couloir {}", words.join(" "));
        let output = self
            .command(words)
            .stderr(std::process::Stdio::inherit())
            .output()
            .with_context(|| format!("starting {}", self.binary.display()))?;
        if !output.status.success() {
            bail!("{shown} failed ({})", output.status);
        }
        serde_json::from_slice(&output.stdout).with_context(|| format!("{shown} printed no JSON"))
    }

    /// Starts the server and waits until it says that it is ready.
    pub fn serve(&self, progress: &Progress) -> Result<Server> {
        let mut command = self.command(&["serve"]);
        command.args(["--listen", &self.listen.to_string()]);
        for zone in &self.zones {
            command.args(["--zone", zone]);
        }
        if self.instant {
            command.env("COULOIR_SIM_PACE", "instant");
        }
        let begun = Instant::now();
        let child =
            command.spawn().with_context(|| format!("starting {}", self.binary.display()))?;
        signals::remember(child.id());
        let mut server = Server { child, ready_after: Duration::ZERO };
        server.wait_until_ready(self.listen, progress)?;
        server.ready_after = begun.elapsed();
        Ok(server)
    }
}

impl Server {
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        let status = self.child.wait()?;
        signals::forget(self.child.id());
        Ok(status)
    }

    /// Ends it as a crash would: at once, and nothing is put in order.
    pub fn crash(mut self) -> Result<()> {
        self.child.kill()?;
        self.wait().map(drop)
    }

    fn wait_until_ready(&mut self, address: SocketAddr, progress: &Progress) -> Result<()> {
        let begun = Instant::now();
        let mut said = begun;
        loop {
            if net::status(address, "/healthz").is_ok_and(|status| status == 200) {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended before it was ready ({status}); its reason stands above");
            }
            if begun.elapsed() > READY_WITHIN {
                bail!("the server is not ready after {}", elapsed(READY_WITHIN));
            }
            if said.elapsed() > Duration::from_secs(3) {
                progress.say(&format!("waiting for http://{address}/healthz to answer 200"));
                said = Instant::now();
            }
            sleep(LOOK_EVERY);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            signals::end(&mut self.child);
        }
    }
}
