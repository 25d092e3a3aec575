//! Load on a server: many creates, reads by one or several clients, changes.

use super::account::Account;
use super::figures::Times;
use crate::progress::Progress;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const CREATORS: usize = 4;
const READS_PER_CLIENT: usize = 2_000;
const UPDATES: usize = 500;
/// Operations that have not ended.
pub const PENDING: &str = "/operation?limit=1&state=pending";
const REPORT_EVERY: usize = 2_000;

/// Creates stopped instances with several clients; the times are those of the answers.
pub fn create(account: &Account, numbers: Range<usize>, progress: &Progress) -> Result<Times> {
    let body = account.create_body("bench", None)?;
    let next = AtomicUsize::new(numbers.start);
    together(CREATORS, || {
        let mut client = account.connect()?;
        let mut times = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= numbers.end {
                return Ok(times);
            }
            if number > numbers.start && number.is_multiple_of(REPORT_EVERY) {
                progress.say(&format!("  {number} of {}", numbers.end));
            }
            let mut body = body.clone();
            body["name"] = json!(format!("bench-{number:05}"));
            body["auto-start"] = json!(false);
            let begun = Instant::now();
            let answer = client.send("POST", "/instance", Some(&body))?;
            times.push(begun.elapsed());
            answer.json().context("create-instance")?;
        }
    })
}

/// How many a list has in all.
pub fn count(account: &Account, list: &str) -> Result<usize> {
    let total = account.connect()?.send("GET", list, None)?.json()?["total"].as_u64();
    Ok(usize::try_from(total.with_context(|| format!("{list} tells no total"))?)?)
}

/// Waits until no operation is pending.
pub fn drain(account: &Account, progress: &Progress) -> Result<()> {
    let mut said = Instant::now();
    loop {
        let total = count(account, PENDING)?;
        if total == 0 {
            return Ok(());
        }
        if said.elapsed() > Duration::from_secs(10) {
            progress.say(&format!("  {total} operations are pending"));
            said = Instant::now();
        }
        thread::sleep(Duration::from_millis(200));
    }
}

/// The same read again and again by each of several clients.
pub fn reads(account: &Account, path: &str, clients: usize) -> Result<Times> {
    together(clients, || {
        let mut client = account.connect()?;
        let mut times = Vec::with_capacity(READS_PER_CLIENT);
        for _ in 0..READS_PER_CLIENT / clients {
            let begun = Instant::now();
            let answer = client.send("GET", path, None)?;
            times.push(begun.elapsed());
            ensure!(answer.status == 200, "{path}: {}", answer.status);
        }
        Ok(times)
    })
}

/// The same refused read again and again by each of several clients, until it is over.
pub fn refused(account: &Account, path: &str, clients: usize, over: &AtomicBool) -> Result<Times> {
    together(clients, || {
        let mut client = account.connect()?;
        let mut times = Vec::new();
        while !over.load(Ordering::Relaxed) {
            let begun = Instant::now();
            let answer = client.send("GET", path, None)?;
            times.push(begun.elapsed());
            ensure!(answer.status == 403, "{path}: {}", answer.status);
        }
        Ok(times)
    })
}

/// Renames one instance again and again.
pub fn updates(account: &Account) -> Result<Times> {
    let mut client = account.connect()?;
    let list = client.send("GET", "/instance?limit=1", None)?.json()?;
    let id = list["instances"][0]["id"].as_str().context("there is no instance")?.to_owned();
    together(1, || {
        let mut times = Vec::with_capacity(UPDATES);
        let mut client = account.connect()?;
        for number in 0..UPDATES {
            let body = json!({"name": format!("renamed-{number}")});
            let begun = Instant::now();
            let answer = client.send("PUT", &format!("/instance/{id}"), Some(&body))?;
            times.push(begun.elapsed());
            answer.json().context("update-instance")?;
        }
        Ok(times)
    })
}

/// Runs the same work in several threads and puts their times together.
fn together(threads: usize, work: impl Fn() -> Result<Vec<Duration>> + Sync) -> Result<Times> {
    let begun = Instant::now();
    let each = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(&work)).collect();
        let mut all = Vec::new();
        for thread in running {
            all.extend(thread.join().map_err(|_| anyhow::anyhow!("a client panicked"))??);
        }
        anyhow::Ok(all)
    })?;
    Ok(Times { each, together: begun.elapsed() })
}
