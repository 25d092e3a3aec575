//! A PostgreSQL that lives as long as a tier: own folder, own port, no durability.

use super::{install, scratch};
use crate::progress::Progress;
use crate::signals;
use anyhow::{Context, Result, bail};
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const READY_WITHIN: Duration = Duration::from_secs(30);
/// Nothing has to survive the machine, and every test makes a database of its own.
const SETTINGS: [&str; 6] = [
    "fsync=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=500",
    "shared_buffers=64MB",
];

/// Where distributions keep the server's programs, newest first when sorted.
const HOMES: &str = "/usr/lib/postgresql";

/// A server of ours, or the one that `COULOIR_TEST_POSTGRES` names.
pub struct Postgres {
    /// Of a user who may create databases.
    pub url: String,
    own: Option<(Child, PathBuf)>,
}

impl Postgres {
    /// Starts one, installing the Debian package when it is missing and may be.
    pub fn start(progress: &Progress) -> Result<Self> {
        if let Ok(url) = std::env::var("COULOIR_TEST_POSTGRES") {
            return Ok(Postgres { url, own: None });
        }
        if program("initdb").is_none() {
            install::debian(&["postgresql"], progress).context("PostgreSQL")?;
        }
        let initdb = program("initdb").context("PostgreSQL is installed without initdb")?;
        let server = program("postgres").context("PostgreSQL is installed without postgres")?;
        progress.step("starting a throw-away PostgreSQL", || own(&initdb, &server))
    }

    /// A fresh database; returns its address.
    pub fn database(&self, name: &str) -> Result<String> {
        let psql = program("psql").context("psql is missing: apt-get install postgresql-client")?;
        for sql in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
            let output = Command::new(&psql).args(["-q", "-d", &self.url, "-c", &sql]).output()?;
            if !output.status.success() {
                bail!("{sql}: {}", String::from_utf8_lossy(&output.stderr).trim());
            }
        }
        Ok(sibling(&self.url, name))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some((child, folder)) = &mut self.own {
            signals::end(child);
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// The address of another database on the same server.
fn sibling(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let authority = address.find("://").map_or(0, |at| at + 3);
    let server = address[authority..].find('/').map_or(address, |at| &address[..authority + at]);
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{server}/{name}{mark}{query}")
}

fn own(initdb: &PathBuf, server: &PathBuf) -> Result<Postgres> {
    let folder = scratch::folder().join(format!("couloir-postgres-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
    let user = if install::is_root() { Some(unprivileged()?) } else { None };
    if let Some((user, group)) = user {
        chown(&folder, Some(user), Some(group))?;
    }
    let as_user = |program: &PathBuf| {
        let mut command = Command::new(program);
        if let Some((user, group)) = user {
            command.uid(user).gid(group);
        }
        command.current_dir(&folder).stdout(Stdio::null());
        command
    };
    let data = folder.join("data");
    let output = as_user(initdb)
        .args([
            "-U",
            "couloir",
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "-D",
        ])
        .arg(&data)
        .output()?;
    if !output.status.success() {
        bail!("initdb: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let log = fs::File::create(folder.join("log"))?;
    let child = as_user(server)
        .arg("-D")
        .arg(&data)
        .arg("-k")
        .arg(&folder)
        .args(["-h", "127.0.0.1", "-p", &port.to_string()])
        .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
        .stderr(log)
        .spawn()?;
    signals::remember(child.id());
    let url = format!("postgres://couloir@127.0.0.1:{port}/postgres");
    let mut postgres = Postgres { url, own: Some((child, folder)) };
    postgres.wait_until_ready()?;
    Ok(postgres)
}

impl Postgres {
    fn wait_until_ready(&mut self) -> Result<()> {
        let ready = program("pg_isready").context("PostgreSQL is installed without pg_isready")?;
        let begun = Instant::now();
        while begun.elapsed() < READY_WITHIN {
            let answer = Command::new(&ready).args(["-q", "-d", &self.url]).status()?;
            if answer.success() {
                return Ok(());
            }
            if let Some((child, folder)) = &mut self.own
                && let Some(status) = child.try_wait()?
            {
                let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
                bail!("PostgreSQL ended at once ({status}): {}", log.trim());
            }
            sleep(Duration::from_millis(50));
        }
        bail!("PostgreSQL is not ready after {} s", READY_WITHIN.as_secs())
    }
}

/// A program of PostgreSQL, on the PATH or where Debian keeps it.
fn program(name: &str) -> Option<PathBuf> {
    let mut homes: Vec<PathBuf> = fs::read_dir(HOMES)
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    homes.sort();
    homes.reverse();
    install::find(&[name], &homes)
}

/// User and group of somebody who is not root: the server refuses to run as root.
fn unprivileged() -> Result<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd")?;
    for name in ["postgres", "nobody"] {
        if let Some(ids) = ids(&users, name) {
            return Ok(ids);
        }
    }
    bail!("PostgreSQL refuses root, and there is no user postgres or nobody")
}

fn ids(users: &str, name: &str) -> Option<(u32, u32)> {
    let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_database_keeps_the_server() {
        assert_eq!(sibling("postgres://c@h:1/postgres", "x"), "postgres://c@h:1/x");
        assert_eq!(sibling("postgres://c@h:1", "x"), "postgres://c@h:1/x");
        assert_eq!(
            sibling("postgres://c@h/p?sslmode=disable", "x"),
            "postgres://c@h/x?sslmode=disable"
        );
    }

    #[test]
    fn users_are_read_from_passwd() {
        let users = "root:x:0:0::/root:/bin/sh\npostgres:x:105:109::/:/bin/sh\n";
        assert_eq!(ids(users, "postgres"), Some((105, 109)));
        assert_eq!(ids(users, "nobody"), None);
    }
}
