//! `cargo xtask bench`: the figures, measured in one run on one machine.

mod account;
mod decisions;
mod figures;
mod http;
mod incus;
mod listeners;
mod load;
mod memory;
mod neighbour;
mod page;
mod sign;
mod sizes;
mod start;

use crate::args::{Accepts, Args};
use crate::progress::Progress;
use crate::server::Settings;
use crate::signals;
use crate::workspace::{Profile, Workspace};
use crate::{build, net};
use account::Account;
use anyhow::{Result, ensure};
use figures::Figures;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

const INSTANCES: usize = 10_000;
const LISTENERS: usize = 10_000;
const RESOURCES: usize = 100_000;
const PENDING: usize = 10_000;
const ZONE: &str = "ch-gva-2";

/// How many of everything; what a smaller run leaves out has none.
struct Counts {
    instances: usize,
    listeners: usize,
    /// Instances before the full start, those from before among them; no full start with 0.
    resources: usize,
    pending: usize,
}

/// The command line of `bench`.
pub fn command(given: &[String]) -> Result<ExitCode> {
    let options = &["instances", "listeners", "resources", "pending", "incus", "image"];
    let args = Args::parse(given, &Accepts { switches: &[], options, words: false })?;
    let number = |name: &str, usual| args.value(name).map_or(Ok(usual), str::parse);
    let counts = Counts {
        instances: number("instances", INSTANCES)?,
        listeners: number("listeners", LISTENERS)?,
        resources: number("resources", RESOURCES)?,
        pending: number("pending", PENDING)?,
    };
    ensure!(counts.pending <= PENDING, "--pending: the API counts up to {PENDING}");
    let workspace = Workspace::find()?;
    let progress = Progress::start();
    signals::forward(true)?;
    let ground = Ground {
        binary: build::everything(&workspace, Profile::Release, &progress)?,
        folder: workspace.target.join("bench"),
        catalogue: fs::read_to_string(workspace.root.join("server/catalogue.toml"))?,
        progress,
    };

    let mut figures = Figures::default();
    sizes::measure(&workspace.site(Profile::Release), &mut figures)?;
    decisions::measure(&ground, &workspace, &mut figures)?;
    neighbour::measure(&ground, &mut figures)?;
    start::empty(&ground, &mut figures)?;
    simulated(&ground, &workspace, &counts, &mut figures)?;
    match incus::socket(args.value("incus")) {
        Some(socket) => incus::pairs(&ground, &socket, args.value("image"), &mut figures)?,
        None => {
            ground.progress.say("no Incus here: the cost of a create beside it is not measured");
        }
    }
    println!("\n{}", figures.table());
    Ok(ExitCode::SUCCESS)
}

/// A platform with many simulated instances: lists and changes, its page, listeners, a full start.
fn simulated(
    ground: &Ground,
    workspace: &Workspace,
    counts: &Counts,
    figures: &mut Figures,
) -> Result<()> {
    let (progress, instances) = (&ground.progress, counts.instances);
    let mut settings = ground.prepare("sim", &[format!("{ZONE}=sim:1")])?;
    // The platform is measured and not how long a simulation takes.
    settings.instant = true;
    let account = Account::bootstrap(&settings, ZONE)?;
    let server = settings.serve(progress)?;
    figures.bytes("memory, idle", memory::resident_bytes(server.id())?);

    let mut accepted = progress
        .step(&format!("creating {instances} simulated instances"), || {
            load::create(&account, 0..instances, progress)
        })?;
    progress.step("waiting until they are all made", || load::drain(&account, progress))?;
    figures.bytes(&format!("memory, {instances} instances"), memory::resident_bytes(server.id())?);

    let path = "/instance?limit=50";
    let mut single = progress.step("listing, one client", || load::reads(&account, path, 1))?;
    figures.times(&format!("list of 50 of {instances}, one client"), &mut single);
    let mut crowd = progress.step("listing, eight clients", || load::reads(&account, path, 8))?;
    figures.times(&format!("list of 50 of {instances}, eight clients"), &mut crowd);
    figures.times("create-instance accepted, four clients", &mut accepted);
    let mut updates = progress.step("changing, one client", || load::updates(&account))?;
    figures.times("update-instance accepted, one client", &mut updates);
    figures.bytes("memory, after the load", memory::resident_bytes(server.id())?);
    page::measure(ground, workspace, &settings, figures)?;
    if counts.listeners > 0 {
        listeners::measure(&account, server.id(), counts.listeners, figures, progress)?;
    }
    drop(server);
    if counts.resources > 0 {
        start::full(ground, &mut settings, &account, counts, figures)?;
    }
    Ok(())
}

/// Where servers are measured.
struct Ground {
    binary: PathBuf,
    folder: PathBuf,
    catalogue: String,
    progress: Progress,
}

impl Ground {
    /// A fresh data folder whose catalogue sets no limit, and a free port.
    fn prepare(&self, name: &str, zones: &[String]) -> Result<Settings> {
        let data = self.folder.join(name);
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        fs::create_dir_all(&data)?;
        let unlimited = self
            .catalogue
            .lines()
            .map(|line| if line.starts_with("instance = ") { "instance = -1" } else { line });
        fs::write(data.join("catalogue.toml"), unlimited.collect::<Vec<_>>().join("\n"))?;
        Ok(Settings {
            binary: self.binary.clone(),
            listen: net::free_loopback()?,
            database: format!("sqlite:{}", data.join("couloir.db").display()),
            data,
            zones: zones.to_vec(),
            instant: false,
        })
    }
}
