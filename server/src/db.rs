//! The database: pools, migrations, and nothing about what is stored.
//!
//! SQLite and PostgreSQL share every statement through `sqlx::Any`. SQLite has one writer
//! connection, whose queue is the lock, and readers that can't write; transactions that write begin
//! with `BEGIN IMMEDIATE`, because a deferred one that upgrades fails at once when another writes.

use crate::{
    clock::Clock,
    error::Error,
    past::{self, store::Tables},
};
use domain::{RequestId, Timestamp};
use sqlx::{
    Any, AnyPool, AssertSqlSafe, Connection as _, Executor, SqlSafeStr, Transaction,
    any::AnyPoolOptions,
    migrate::{MigrateError, Migration, MigrationType, Migrator},
};
use std::{
    ops::{Deref, DerefMut},
    path::Path,
    sync::Arc,
    time::Duration,
};

/// Longest wait for a connection before a request is refused.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const SQLITE_READERS: u32 = 6;
const WRITER_PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000";
const READER_PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON";
/// How often a lost connection is replaced before a request is refused.
const WRITERS_REPLACED_MAX: usize = 3;
const POSTGRES_CONNECTIONS: u32 = 16;
/// Of a read of the past: some hold one while they ask for another.
const PAST_CONNECTIONS: u32 = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// What a `SELECT` ends with whose row is about to be changed.
    pub fn row_lock(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR UPDATE",
        }
    }

    /// What follows a text that is compared letter by letter, as `0007_search` indexes it, and not
    /// in the order of a language.
    pub fn letters(self) -> &'static str {
        match self {
            Dialect::Sqlite => " COLLATE BINARY",
            Dialect::Postgres => " COLLATE \"C\"",
        }
    }

    /// What follows a table that is to be read by this index. SQLite has no figures to tell by which of
    /// several that fit: it may read all of a time for a few rows.
    pub fn by_index(self, name: &str) -> String {
        match self {
            Dialect::Sqlite => format!(" INDEXED BY {name}"),
            Dialect::Postgres => String::new(),
        }
    }

    /// From then on a connection only reads.
    fn only_reads(self) -> &'static str {
        match self {
            Dialect::Sqlite => READER_PRAGMAS,
            Dialect::Postgres => "SET default_transaction_read_only = on",
        }
    }

    /// What a `SELECT` ends with whose row must stay as it is until the transaction ends.
    pub fn row_hold(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR SHARE",
        }
    }
}

/// A transaction that may write. What it does to recorded tables is dated when it is committed.
pub struct Write {
    transaction: Transaction<'static, Any>,
    clock: Arc<dyn Clock>,
    request: Option<RequestId>,
}

impl Write {
    /// Says which request it is for.
    pub fn is_for(&mut self, request: RequestId) {
        self.request = Some(request);
    }

    pub async fn commit(mut self) -> Result<(), Error> {
        let request = self.request.map(|id| id.to_string()).unwrap_or_default();
        past::store::date(&mut self.transaction, self.clock.now(), &request).await?;
        Ok(self.transaction.commit().await?)
    }
}

impl Deref for Write {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.transaction
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.transaction
    }
}

/// A connection or transaction, as stores take it.
pub use sqlx::{AnyConnection as Connection, AnyPool as Pool};

/// Both pools of one database, or of what it was at an instant.
#[derive(Clone)]
pub struct Db {
    pub dialect: Dialect,
    writer: AnyPool,
    reader: AnyPool,
    /// Dates what is committed.
    clock: Arc<dyn Clock>,
    /// For more connections that only read.
    readable: String,
    tables: Arc<Tables>,
    at: Option<Timestamp>,
}

macro_rules! migration {
    ($version:literal, $name:literal) => {
        ($version, $name, include_str!(concat!("../migrations/", $name, ".sql")))
    };
    ($version:literal, $name:literal, $dialect:literal) => {
        ($version, $name, include_str!(concat!("../migrations/", $name, ".", $dialect, ".sql")))
    };
}

fn migrator(dialect: Dialect) -> Migrator {
    let append_only = match dialect {
        Dialect::Sqlite => migration!(2, "0002_audit_append_only", "sqlite"),
        Dialect::Postgres => migration!(2, "0002_audit_append_only", "postgres"),
    };
    let search = match dialect {
        Dialect::Sqlite => migration!(7, "0007_search", "sqlite"),
        Dialect::Postgres => migration!(7, "0007_search", "postgres"),
    };
    let files = [
        migration!(1, "0001_foundation"),
        append_only,
        migration!(3, "0003_bulk_actions"),
        migration!(4, "0004_instances_by_template"),
        migration!(5, "0005_saved_views"),
        migration!(6, "0006_soft_delete"),
        search,
        migration!(8, "0008_list_exports"),
        migration!(9, "0009_cancel"),
        migration!(10, "0010_totals"),
        migration!(11, "0011_roles"),
        migration!(12, "0012_calls"),
        migration!(13, "0013_users"),
        migration!(14, "0014_second_factor"),
        migration!(15, "0015_uses"),
        migration!(16, "0016_access"),
        migration!(17, "0017_audit_out"),
        migration!(18, "0018_second_factor_required"),
        migration!(19, "0019_access_requests"),
        migration!(20, "0020_confirmed_sessions"),
        migration!(21, "0021_past"),
        migration!(22, "0022_single_sign_on"),
        migration!(23, "0023_passkeys"),
    ];
    let migrations = files
        .into_iter()
        .map(|(version, name, sql)| {
            let kind = MigrationType::Simple;
            Migration::new(version, name.into(), kind, sql.into_sql_str(), false)
        })
        .collect();
    Migrator::with_migrations(migrations)
}

impl Db {
    /// Opens `sqlite:PATH` (made when absent) or `postgres://…` and brings it up to date. A database
    /// that a newer version wrote is refused.
    pub async fn open(url: &str, clock: Arc<dyn Clock>) -> Result<Db, Error> {
        sqlx::any::install_default_drivers();
        let mut db = match url.split_once(':') {
            Some(("sqlite", path)) => Db::sqlite(path, clock).await?,
            Some(("postgres" | "postgresql", _)) => {
                // Two pools: an act that reads beside its transaction must not wait for a connection
                // that other acts hold while they wait for theirs.
                let writer = options(POSTGRES_CONNECTIONS).connect(url).await?;
                let reader = options(POSTGRES_CONNECTIONS).connect(url).await?;
                Db::of(Dialect::Postgres, writer, reader, clock, url.to_owned())
            }
            _ => {
                return Err(Error::Startup(format!(
                    "the database {url:?} is neither sqlite:PATH nor postgres://…"
                )));
            }
        };
        db.migrate().await?;
        db.record().await?;
        Ok(db)
    }

    fn of(
        dialect: Dialect,
        writer: AnyPool,
        reader: AnyPool,
        clock: Arc<dyn Clock>,
        readable: String,
    ) -> Db {
        Db { dialect, writer, reader, clock, readable, tables: Arc::default(), at: None }
    }

    /// Sees to it that everything that is written from now on is recorded.
    async fn record(&mut self) -> Result<(), Error> {
        let mut write = self.begin().await?;
        let tables = past::store::prepare(&mut write, self.dialect, self.clock.now()).await?;
        write.commit().await?;
        self.tables = Arc::new(tables);
        Ok(())
    }

    async fn sqlite(path: &str, clock: Arc<dyn Clock>) -> Result<Db, Error> {
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
        let reader = options(SQLITE_READERS)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection.execute(READER_PRAGMAS).await?;
                    Ok(())
                })
            })
            .connect(&readable)
            .await?;
        Ok(Db::of(Dialect::Sqlite, writer, reader, clock, readable))
    }

    /// The same database as it was at an instant, to be read and then closed: on connections of its own,
    /// where views of the past have the names of the tables, so that whoever reads need not know.
    pub async fn as_of(&self, at: Timestamp) -> Result<Db, Error> {
        let (dialect, views) = (self.dialect, self.tables.views(self.dialect, at));
        let pool = options(PAST_CONNECTIONS)
            .after_connect(move |connection, _| {
                let views = views.clone();
                Box::pin(async move {
                    connection.execute(AssertSqlSafe(views)).await?;
                    connection.execute(dialect.only_reads()).await?;
                    Ok(())
                })
            })
            .connect(&self.readable)
            .await?;
        let (writer, reader) = (pool.clone(), pool);
        let of = Db::of(dialect, writer, reader, self.clock.clone(), self.readable.clone());
        Ok(Db { tables: self.tables.clone(), at: Some(at), ..of })
    }

    /// The instant that is read, if it is a past one.
    pub fn at(&self) -> Option<Timestamp> {
        self.at
    }

    /// The tables whose rows are kept in versions.
    pub fn recorded(&self) -> &[past::tables::Table] {
        self.tables.recorded()
    }

    /// What of the recorded tables is not what their newest versions say; nothing, when all is.
    pub async fn unrecorded(&self) -> Result<Option<String>, Error> {
        past::store::differs(&self.reader, self.dialect, &self.tables).await
    }

    async fn migrate(&self) -> Result<(), Error> {
        migrator(self.dialect).run(&self.writer).await.map_err(|e| {
            Error::Startup(match e {
                MigrateError::VersionMissing(version) => format!(
                    "the database was written by a newer version of couloir (migration {version} \
                     is unknown here): start that version, or restore a backup from before"
                ),
                MigrateError::VersionMismatch(version) => format!(
                    "migration {version} of the database is not the one this version has: it was \
                     written by another build; restore a backup or start that build"
                ),
                other => format!("the database could not be brought up to date: {other}"),
            })
        })
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
    pub fn reader(&self) -> &AnyPool {
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

/// A pattern for `LIKE … ESCAPE '!'` that a text matches when it has `part` in it.
pub fn containing(part: &str) -> String {
    format!("%{}", beginning(part))
}

/// A pattern for `LIKE … ESCAPE '!'` that a text matches when it begins with `part`.
pub fn beginning(part: &str) -> String {
    format!("{}%", part.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

/// Reading columns by name, as the types that the rules know.
pub trait Columns {
    fn text(&self, name: &str) -> Result<String, Error>;
    fn maybe_text(&self, name: &str) -> Result<Option<String>, Error>;
    fn int(&self, name: &str) -> Result<i64, Error>;
    fn maybe_int(&self, name: &str) -> Result<Option<i64>, Error>;

    /// A text column that is an id, an enum or anything else with `FromStr`.
    fn parsed<T: std::str::FromStr>(&self, name: &str) -> Result<T, Error>
    where
        T::Err: std::fmt::Display,
    {
        let text = self.text(name)?;
        text.parse().map_err(|e| Error::Internal(format!("column {name} holds {text:?}: {e}")))
    }

    fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, Error> {
        serde_json::from_str(&self.text(name)?)
            .map_err(|e| Error::Internal(format!("column {name}: {e}")))
    }

    fn time(&self, name: &str) -> Result<domain::Timestamp, Error> {
        self.int(name).map(domain::Timestamp)
    }

    fn maybe_time(&self, name: &str) -> Result<Option<domain::Timestamp>, Error> {
        Ok(self.maybe_int(name)?.map(domain::Timestamp))
    }

    fn flag(&self, name: &str) -> Result<bool, Error> {
        Ok(self.int(name)? != 0)
    }
}

impl Columns for sqlx::any::AnyRow {
    fn text(&self, name: &str) -> Result<String, Error> {
        Ok(sqlx::Row::try_get(self, name)?)
    }

    fn maybe_text(&self, name: &str) -> Result<Option<String>, Error> {
        Ok(sqlx::Row::try_get(self, name)?)
    }

    fn int(&self, name: &str) -> Result<i64, Error> {
        Ok(sqlx::Row::try_get(self, name)?)
    }

    fn maybe_int(&self, name: &str) -> Result<Option<i64>, Error> {
        Ok(sqlx::Row::try_get(self, name)?)
    }
}
