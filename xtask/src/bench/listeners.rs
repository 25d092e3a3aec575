//! Many listeners at the stream of changes: what each costs, and when the last one hears.
//!
//! One thread waits for all of their sockets with `mio`: ten thousand threads would measure themselves,
//! and the standard library can only wait for one socket at a time.

use super::account::{Account, Client};
use super::figures::{Figures, Times, milliseconds, sized, spread};
use super::memory;
use crate::progress::Progress;
use anyhow::{Context, Result, bail};
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use serde_json::json;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::thread;
use std::time::{Duration, Instant};

const CHANGES: usize = 20;
/// Files that server and bench have open beside the listeners.
const OTHER_FILES: u64 = 200;
const PATIENCE: Duration = Duration::from_secs(30);
/// After this long without a byte everybody has heard everything.
const SILENCE: Duration = Duration::from_millis(300);
const MEMORY_BYTES_MAX: f64 = 400e6;
const HEARD_MS_MAX: f64 = 500.0;

/// Opens `count` listeners, changes one instance several times, and waits for all of them each time.
pub fn measure(
    account: &Account,
    process: u32,
    count: usize,
    figures: &mut Figures,
    progress: &Progress,
) -> Result<()> {
    let files = open_files_max()?;
    if count as u64 + OTHER_FILES > files {
        progress.say(&format!(
            "{count} listeners are not measured: a process may open {files} files (ulimit -n)"
        ));
        return Ok(());
    }
    let before = memory::resident_bytes(process)?;
    let mut listeners = progress.step(&format!("opening {count} listeners"), || {
        let mut listeners = Listeners::open(account, count)?;
        listeners.hear("event: hello", Instant::now())?;
        Ok(listeners)
    })?;
    let more = memory::resident_bytes(process)?.saturating_sub(before);
    let shown = format!("{} ({} each)", sized(more), sized(more / count.max(1) as u64));
    let what = format!("memory, {count} listeners more");
    figures.goal(&what, shown, more as f64, MEMORY_BYTES_MAX, "≤ 400 MB");

    let (mut heard, mut last) = (Times::default(), Times::default());
    progress.step("changing, with all of them listening", || {
        let mut client = account.connect()?;
        let list = client.send("GET", "/instance?limit=1", None)?.json()?;
        let id = list["instances"][0]["id"].as_str().context("there is no instance")?;
        for number in 0..CHANGES {
            listeners.be_silent()?;
            let times = change(&mut client, &mut listeners, id, number)?;
            last.each.extend(times.iter().max());
            heard.each.extend(times);
        }
        Ok(())
    })?;
    let p99 = heard.quantile(0.99);
    let what = format!("a change until a listener of {count} hears");
    figures.goal(&what, spread(&mut heard), p99.as_secs_f64() * 1e3, HEARD_MS_MAX, "p99 ≤ 500 ms");
    let shown = format!(
        "p50 {}  worst {}",
        milliseconds(last.quantile(0.5)),
        milliseconds(last.quantile(1.0))
    );
    figures.text("… until the last one hears", shown);
    Ok(())
}

/// One change, asked for while the listeners are read; the times count from the request.
fn change(
    client: &mut Client,
    listeners: &mut Listeners,
    id: &str,
    number: usize,
) -> Result<Vec<Duration>> {
    thread::scope(|scope| {
        let begun = Instant::now();
        let asked = scope.spawn(move || {
            let body = json!({"name": format!("heard-{number}")});
            client.send("PUT", &format!("/instance/{id}"), Some(&body))?.json()
        });
        let times = listeners.hear("event: change", begun)?;
        asked.join().map_err(|_| anyhow::anyhow!("the change panicked"))??;
        Ok(times)
    })
}

/// Connections that are only read; one thread looks after all of them.
struct Listeners {
    poll: Poll,
    events: Events,
    streams: Vec<TcpStream>,
    buffer: Vec<u8>,
}

impl Listeners {
    fn open(account: &Account, count: usize) -> Result<Self> {
        let poll = Poll::new()?;
        let mut streams = Vec::with_capacity(count);
        for number in 0..count {
            let mut stream = std::net::TcpStream::connect(account.address())
                .with_context(|| format!("listener {number}"))?;
            stream.write_all(account.get("/stream")?.as_bytes())?;
            stream.set_nonblocking(true)?;
            let mut stream = TcpStream::from_std(stream);
            poll.registry().register(&mut stream, Token(number), Interest::READABLE)?;
            streams.push(stream);
        }
        Ok(Listeners {
            poll,
            events: Events::with_capacity(1024),
            streams,
            buffer: vec![0; 1 << 16],
        })
    }

    /// Reads until everybody has had this event; how long after `begun` each had it.
    fn hear(&mut self, event: &str, begun: Instant) -> Result<Vec<Duration>> {
        let mut times = vec![None; self.streams.len()];
        let mut missing = times.len();
        while missing > 0 {
            self.read(PATIENCE, |number, text| {
                if times[number].is_none() && text.contains(event) {
                    times[number] = Some(begun.elapsed());
                    missing -= 1;
                }
            })?;
            if begun.elapsed() > PATIENCE {
                bail!(
                    "{missing} listeners have not heard '{event}' after {} s",
                    PATIENCE.as_secs()
                );
            }
        }
        Ok(times.into_iter().flatten().collect())
    }

    /// Reads until nobody has anything to read any more.
    fn be_silent(&mut self) -> Result<()> {
        let mut heard = true;
        while std::mem::take(&mut heard) {
            self.read(SILENCE, |_, _| heard = true)?;
        }
        Ok(())
    }

    /// Waits once, and gives what came. An event comes in one piece: it is smaller than a packet.
    fn read(&mut self, wait: Duration, mut each: impl FnMut(usize, &str)) -> Result<()> {
        self.poll.poll(&mut self.events, Some(wait))?;
        for event in &self.events {
            let Token(number) = event.token();
            loop {
                match self.streams[number].read(&mut self.buffer) {
                    Ok(0) => bail!("the server has closed the connection of listener {number}"),
                    Ok(length) => each(number, &String::from_utf8_lossy(&self.buffer[..length])),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(())
    }
}

/// How many files one process may have open.
fn open_files_max() -> Result<u64> {
    let limits = fs::read_to_string("/proc/self/limits")?;
    parse(&limits).context("the kernel tells no 'Max open files'")
}

fn parse(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_of_files_is_understood() {
        let limits = "Max processes 1 2 processes\nMax open files            1024   4096   files\n";
        assert_eq!(parse(limits), Some(1024));
        assert!(open_files_max().unwrap() > 0);
    }
}
