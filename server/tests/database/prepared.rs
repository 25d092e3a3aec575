//! The database that all others are copies of: every migration ran in it, once for all tests.
//!
//! A database of its own for every test is made ten times as often as anything else is; most of the
//! time that the tests took on PostgreSQL went into the same migrations.

use super::{Database, sibling};
use domain::Timestamp;
use server::clock::ManualClock;
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::Arc,
};
use tokio::sync::OnceCell;

/// Before any test begins.
const MADE: Timestamp = Timestamp(0);

/// The bytes of one in a file.
pub async fn file() -> &'static [u8] {
    static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();
    FILE.get_or_init(async || {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("prepared.db");
        make(&format!("sqlite:{}", path.display())).await;
        std::fs::read(path).unwrap()
    })
    .await
}

/// The name of one on a server. It stays there for the next run, until a migration changes.
pub async fn database(server: &str) -> &'static str {
    static NAME: OnceCell<String> = OnceCell::const_new();
    NAME.get_or_init(async || {
        let name = format!("couloir_prepared_{:016x}", migrations());
        let making = format!("couloir_making_{}", server::random::hex::<8>());
        Database::run(server, &format!("CREATE DATABASE {making}")).await;
        make(&sibling(server, &making)).await;
        // Another process may have been first, or the run before.
        let renamed = format!("ALTER DATABASE {making} RENAME TO {name}");
        if Database::try_run(server, &renamed).await.is_err() {
            Database::run(server, &format!("DROP DATABASE {making} WITH (FORCE)")).await;
        }
        name
    })
    .await
}

async fn make(url: &str) {
    Database::open(url, Arc::new(ManualClock::at(MADE))).await.unwrap().close().await;
}

/// Changes whenever a migration does.
fn migrations() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        std::fs::read(file).unwrap().hash(&mut hasher);
    }
    hasher.finish()
}
