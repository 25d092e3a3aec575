//! A database of a test's own: a file, or a database on the server that `COULOIR_TEST_POSTGRES`
//! names.

mod prepared;

use server::{
    clock::Clock,
    db::{Connections, Db},
    error::Error,
};
use sqlx::{AssertSqlSafe, Connection, Executor};
use std::{path::Path, sync::Arc};

const SERVER: &str = "COULOIR_TEST_POSTGRES";
const FILE: &str = "couloir.db";

/// Two that write, so that they can meet, and one that reads, so that whatever holds one while it asks for
/// another waits for ever. More of them are no better tests, and take half of the time that a server's
/// databases do: each begins with nothing prepared.
const CONNECTIONS: Connections = Connections { writers: 2, readers: 1 };

#[derive(Clone, Default)]
pub struct Database {
    pub url: String,
    /// Its name on the server, when it is on one.
    name: Option<String>,
}

impl Database {
    /// Opens one as the server does.
    pub async fn open(url: &str, clock: Arc<dyn Clock>) -> Result<Db, Error> {
        Db::open(url, CONNECTIONS, clock).await
    }

    /// One that is up to date and has nothing in it.
    pub async fn create(folder: &Path) -> Database {
        if Database::is_on_a_server() {
            return Database::postgres().await.unwrap();
        }
        let database = Database::file(folder);
        std::fs::write(folder.join(FILE), prepared::file().await).unwrap();
        database
    }

    /// A file that is there already, or is yet to be made.
    pub fn file(folder: &Path) -> Database {
        let url = format!("sqlite:{}", folder.join(FILE).display());
        Database { url, name: None }
    }

    /// One that is up to date and has nothing in it; `None` where no server was named.
    pub async fn postgres() -> Option<Database> {
        let server = std::env::var(SERVER).ok()?;
        let name = format!("couloir_{}", server::random::hex::<8>());
        let prepared = prepared::database(&server).await;
        Database::run(&server, &format!("CREATE DATABASE {name} TEMPLATE {prepared}")).await;
        Some(Database { url: sibling(&server, &name), name: Some(name) })
    }

    /// Whether tests run on a server's databases.
    pub fn is_on_a_server() -> bool {
        std::env::var_os(SERVER).is_some()
    }

    pub async fn remove(self) {
        if let (Some(name), Ok(server)) = (self.name, std::env::var(SERVER)) {
            Database::run(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }

    /// Runs a statement as somebody who goes around the server.
    pub async fn run(url: &str, sql: &str) {
        Database::try_run(url, sql).await.unwrap();
    }

    /// The same, telling whether the database took it.
    pub async fn try_run(url: &str, sql: &str) -> Result<(), String> {
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(url).await.map_err(|e| e.to_string())?;
        let done = connection.execute(AssertSqlSafe(sql.to_owned())).await;
        connection.close().await.map_err(|e| e.to_string())?;
        done.map(|_| ()).map_err(|e| e.to_string())
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
