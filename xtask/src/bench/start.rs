//! How long a start takes: of an empty platform, and of a full one after a crash.

use super::account::Account;
use super::figures::{Figures, milliseconds};
use super::{Counts, Ground, ZONE, load, memory};
use crate::server::Settings;
use anyhow::{Context, Result};
use std::time::{Duration, Instant};

const EMPTY_STARTS: usize = 5;
/// How long the work is watched after a start.
const WATCHED: Duration = Duration::from_secs(5);
const EMPTY_MAX: Duration = Duration::from_millis(300);
const FULL_MAX: Duration = Duration::from_secs(2);

/// Starts of a platform that has nothing but its first organization.
pub fn empty(ground: &Ground, figures: &mut Figures) -> Result<()> {
    let settings = ground.prepare("empty", &[format!("{ZONE}=sim:1")])?;
    Account::bootstrap(&settings, ZONE)?;
    let mut slowest = Duration::ZERO;
    for _ in 0..EMPTY_STARTS {
        slowest = slowest.max(settings.serve(&ground.progress)?.ready_after);
    }
    let what = format!("start until ready, empty, slowest of {EMPTY_STARTS}");
    report(&what, slowest, EMPTY_MAX, "≤ 300 ms", figures);
    Ok(())
}

/// The start of a platform that crashed with many instances and much to do.
pub fn full(
    ground: &Ground,
    settings: &mut Settings,
    account: &Account,
    counts: &Counts,
    figures: &mut Figures,
) -> Result<()> {
    let progress = &ground.progress;
    let (resources, wanted) = (counts.resources, counts.pending);
    let server = settings.serve(progress)?;
    progress.step(&format!("creating instances until there are {resources}"), || {
        load::create(account, counts.instances..resources, progress)?;
        load::drain(account, progress)
    })?;
    figures.bytes(&format!("memory, {resources} instances"), memory::resident_bytes(server.id())?);
    drop(server);

    // Calls take their time now, so that the work piles up.
    settings.instant = false;
    let server = settings.serve(progress)?;
    let pending = progress.step(&format!("asking for {wanted} operations"), || {
        let (mut pending, mut there) = (0, resources);
        // Some end while others are asked for.
        while pending < wanted {
            load::create(account, there..there + wanted - pending, progress)?;
            there += wanted - pending;
            pending = load::count(account, load::PENDING)?;
        }
        Ok(pending)
    })?;
    server.crash()?;
    let begun = Instant::now();
    let server = progress.step("starting after the crash", || settings.serve(progress))?;
    account.connect()?.send("GET", "/instance?limit=50", None)?.json()?;
    let answered = begun.elapsed();
    let left = load::count(account, load::PENDING)?;
    let what = format!("start until ready, {resources} instances, {pending} operations pending");
    report(&what, server.ready_after, FULL_MAX, "≤ 2 s", figures);
    figures.text("… until it has answered a list of 50", milliseconds(answered));
    figures.bytes("memory, after this start", memory::resident_bytes(server.id())?);
    working(account, left, figures)
}

/// Whether the work goes on, and how quickly.
fn working(account: &Account, left: usize, figures: &mut Figures) -> Result<()> {
    let begun = Instant::now();
    std::thread::sleep(WATCHED);
    let now = load::count(account, load::PENDING)?;
    let done = left.checked_sub(now).context("operations became more by themselves")?;
    let rate = done as f64 / begun.elapsed().as_secs_f64();
    figures.text("… operations that then end", format!("{rate:.0}/s, {now} left"));
    Ok(())
}

fn report(what: &str, took: Duration, most: Duration, goal: &str, figures: &mut Figures) {
    figures.goal(what, milliseconds(took), took.as_secs_f64(), most.as_secs_f64(), goal);
}
