//! The database: pools, migrations, and nothing about what is stored.
//!
//! SQLite and PostgreSQL share every statement through `sqlx::Any`. SQLite has one writer
//! connection, whose queue is the lock, and readers that can't write; transactions that write begin
//! with `BEGIN IMMEDIATE`, because a deferred one that upgrades fails at once when another writes.

mod columns;
mod connections;
mod dialect;
mod migrations;
mod past_readers;
mod patterns;
mod sqlite;
mod write;

use crate::{
    clock::Clock,
    error::Error,
    past::{self, store::Tables},
};
pub use columns::Columns;
pub use connections::Connections;
pub use dialect::Dialect;
use domain::Timestamp;
use past_readers::{PastReader, PastReaders};
pub use patterns::{beginning, containing};
use sqlx::{Any, Transaction, any::AnyPoolOptions};
/// A connection or transaction, as stores take it.
pub use sqlx::{AnyConnection as Connection, AnyPool as Pool};
use std::{sync::Arc, time::Duration};
pub use write::Write;

/// Longest wait for a connection before a request is refused.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// How often a lost connection is replaced before a request is refused.
const WRITERS_REPLACED_MAX: usize = 3;

/// Both pools of one database, or of what it was at an instant.
#[derive(Clone)]
pub struct Db {
    pub dialect: Dialect,
    writer: Pool,
    reader: Pool,
    /// Dates what is committed.
    clock: Arc<dyn Clock>,
    /// For more connections that only read.
    readable: String,
    tables: Arc<Tables>,
    past_readers: PastReaders,
    /// The instant that is read, and what it is read through.
    past: Option<(Timestamp, PastReader)>,
}

impl Db {
    /// Opens `sqlite:PATH` (made when absent) or `postgres://…` and brings it up to date. A database
    /// that a newer version wrote is refused.
    pub async fn open(
        url: &str,
        connections: Connections,
        clock: Arc<dyn Clock>,
    ) -> Result<Db, Error> {
        sqlx::any::install_default_drivers();
        let mut db = match url.split_once(':') {
            Some(("sqlite", path)) => {
                let (writer, reader, readable) = sqlite::open(path).await?;
                Db::of(Dialect::Sqlite, writer, reader, clock, readable)
            }
            Some(("postgres" | "postgresql", _)) => {
                let writer = options(connections.writers).connect(url).await?;
                let reader = options(connections.readers).connect(url).await?;
                Db::of(Dialect::Postgres, writer, reader, clock, url.to_owned())
            }
            _ => {
                return Err(Error::Startup(format!(
                    "the database {url:?} is neither sqlite:PATH nor postgres://…"
                )));
            }
        };
        migrations::migrate(db.dialect, &db.writer).await?;
        db.record().await?;
        Ok(db)
    }

    fn of(
        dialect: Dialect,
        writer: Pool,
        reader: Pool,
        clock: Arc<dyn Clock>,
        readable: String,
    ) -> Db {
        let (tables, past_readers) = (Arc::default(), PastReaders::default());
        Db { dialect, writer, reader, clock, readable, tables, past_readers, past: None }
    }

    /// Sees to it that everything that is written from now on is recorded.
    async fn record(&mut self) -> Result<(), Error> {
        let mut write = self.begin().await?;
        let tables = past::store::prepare(&mut write, self.dialect, self.clock.now()).await?;
        write.commit().await?;
        self.tables = Arc::new(tables);
        Ok(())
    }

    /// The same database as it was at an instant, to be read and then given back: on a connection of its
    /// own, where views of the past have the names of the tables, so that whoever reads need not know.
    pub async fn as_of(&self, at: Timestamp) -> Result<Db, Error> {
        let views = || self.tables.views(self.dialect);
        let past = self.past_readers.lend(self.dialect, &self.readable, at, views).await?;
        let (writer, reader) = (past.pool.clone(), past.pool.clone());
        Ok(Db { writer, reader, past: Some((at, past)), ..self.clone() })
    }

    /// Gives back one of the past that nobody else has any more.
    pub async fn give_back(self) {
        if let Some((_, past)) = self.past {
            self.past_readers.take_back(past).await;
        }
    }

    /// The instant that is read, if it is a past one.
    pub fn at(&self) -> Option<Timestamp> {
        self.past.as_ref().map(|(at, _)| *at)
    }

    /// The tables whose rows are kept in versions.
    pub fn recorded(&self) -> &[past::tables::Table] {
        self.tables.recorded()
    }

    /// What of the recorded tables is not what their newest versions say; nothing, when all is.
    pub async fn unrecorded(&self) -> Result<Option<String>, Error> {
        past::store::differs(&self.reader, self.dialect, &self.tables).await
    }

    /// A transaction that may write.
    pub async fn begin(&self) -> Result<Write, Error> {
        let transaction = match self.dialect {
            Dialect::Sqlite => self.begin_immediate().await?,
            Dialect::Postgres => self.writer.begin().await?,
        };
        Ok(Write { transaction, clock: self.clock.clone(), request: None })
    }

    /// SQLite itself ends a transaction when the disk is full. The connection does not hear of it,
    /// and would refuse every transaction after that: it is replaced.
    async fn begin_immediate(&self) -> Result<Transaction<'static, Any>, Error> {
        for _ in 0..WRITERS_REPLACED_MAX {
            match self.writer.begin_with("BEGIN IMMEDIATE").await {
                Err(sqlx::Error::InvalidSavePointStatement) => {
                    tracing::warn!("the writer's connection lost its transaction and is replaced");
                    self.writer.acquire().await?.close().await?;
                }
                begun => return Ok(begun?),
            }
        }
        Err(Error::Unavailable("The database can't be written to just now.".into()))
    }

    /// One connection that only reads.
    pub async fn read(&self) -> Result<sqlx::pool::PoolConnection<Any>, Error> {
        Ok(self.reader.acquire().await?)
    }

    /// Connections that only read.
    pub fn reader(&self) -> &Pool {
        &self.reader
    }

    /// Whether it answers.
    pub async fn ping(&self) -> Result<(), Error> {
        sqlx::query("SELECT 1").execute(&self.reader).await?;
        Ok(())
    }

    /// Moves what the write-ahead log holds into the database file (SQLite).
    pub async fn checkpoint(&self) -> Result<(), Error> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writer).await?;
        Ok(())
    }

    pub async fn close(&self) {
        if self.past.is_none() {
            self.past_readers.close().await;
        }
        self.reader.close().await;
        self.writer.close().await;
    }
}

fn options(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}
