//! SQLite's pools: one connection that writes, and several that can't.

use super::{Dialect, options};
use crate::error::Error;
use sqlx::{AnyPool, Connection as _, Executor};
use std::path::Path;

const READERS: u32 = 6;
/// 8,000 pages are 32 MB: a change of one instance writes some forty pages, mostly the same as the one before,
/// and with the usual 1,000 the database was written again every twenty changes.
const WRITER_PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA wal_autocheckpoint = 8000; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; \
    PRAGMA cache_size = -32000";

/// Both pools of a file that is made when it is absent, and the address at which it is only read.
pub async fn open(path: &str) -> Result<(AnyPool, AnyPool, String), Error> {
    let path = path.trim_start_matches("//");
    if let Some(folder) = Path::new(path).parent().filter(|p| !p.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|e| Error::Startup(format!("the folder of the database {path}: {e}")))?;
    }
    let writer = options(1)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(WRITER_PRAGMAS).await?;
                Ok(())
            })
        })
        // A full disk ends a transaction by itself; the driver then counts it as open for ever,
        // and begins no other one on this connection.
        .after_release(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
        .connect(&format!("sqlite:{path}?mode=rwc"))
        .await?;
    let readable = format!("sqlite:{path}?mode=ro");
    let reader = options(READERS)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(Dialect::Sqlite.only_reads()).await?;
                Ok(())
            })
        })
        .connect(&readable)
        .await?;
    Ok((writer, reader, readable))
}
