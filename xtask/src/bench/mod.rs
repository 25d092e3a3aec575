//! `cargo xtask bench`: the figures, measured in one run on one machine.

mod account;
mod figures;
mod http;
mod incus;
mod load;
mod memory;
mod sign;

use crate::args::{Accepts, Args};
use crate::progress::Progress;
use crate::server::Settings;
use crate::signals;
use crate::workspace::{Profile, Workspace};
use crate::{budget, build, net};
use account::Account;
use anyhow::Result;
use figures::Figures;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

const INSTANCES: usize = 10_000;
const ZONE: &str = "ch-gva-2";

/// The command line of `bench`.
pub fn command(given: &[String]) -> Result<ExitCode> {
    let accepts =
        Accepts { switches: &[], options: &["instances", "incus", "image"], words: false };
    let args = Args::parse(given, &accepts)?;
    let instances = args.value("instances").map_or(Ok(INSTANCES), str::parse)?;
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
    for (kind, size) in budget::sizes(&workspace.site(Profile::Release))? {
        figures.bytes(&format!("{kind}, raw"), size.raw);
        figures.bytes(&format!("{kind}, brotli"), size.compressed);
    }
    simulated(&ground, instances, &mut figures)?;
    match incus::socket(args.value("incus")) {
        Some(socket) => incus::pairs(&ground, &socket, args.value("image"), &mut figures)?,
        None => {
            ground.progress.say("no Incus here: the cost of a create beside it is not measured");
        }
    }
    println!("\n{}", figures.table());
    Ok(ExitCode::SUCCESS)
}

/// Lists and changes on a platform with many simulated instances.
fn simulated(ground: &Ground, instances: usize, figures: &mut Figures) -> Result<()> {
    let progress = &ground.progress;
    let settings = ground.prepare("sim", &[format!("{ZONE}=sim:1")])?;
    let account = Account::bootstrap(&settings, ZONE)?;
    let server = settings.serve(progress)?;
    figures.bytes("memory, idle", memory::resident_bytes(server.id())?);

    let mut accepted = progress
        .step(&format!("creating {instances} simulated instances"), || {
            load::create(&account, instances, progress)
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
        })
    }
}
