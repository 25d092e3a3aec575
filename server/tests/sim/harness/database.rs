//! A database of a test's own: a file, or a database on the server that `COULOIR_TEST_POSTGRES`
//! names.

use sqlx::{AssertSqlSafe, Connection, Executor};
use std::path::Path;

const SERVER: &str = "COULOIR_TEST_POSTGRES";

#[derive(Clone, Default)]
pub struct Database {
    pub url: String,
    name: Option<String>,
}

impl Database {
    pub async fn create(folder: &Path) -> Database {
        match std::env::var(SERVER) {
            Ok(_) => Database::postgres().await.unwrap(),
            Err(_) => Database::file(folder),
        }
    }

    pub fn file(folder: &Path) -> Database {
        let url = format!("sqlite:{}", folder.join("couloir.db").display());
        Database { url, name: None }
    }

    /// `None` where no server was named.
    pub async fn postgres() -> Option<Database> {
        let server = std::env::var(SERVER).ok()?;
        let name = format!("couloir_sim_{}", server::random::hex::<8>());
        run(&server, &format!("CREATE DATABASE {name}")).await;
        let (address, _) = server.rsplit_once('/').unwrap();
        Some(Database { url: format!("{address}/{name}"), name: Some(name) })
    }

    pub async fn remove(self) {
        if let (Some(name), Ok(server)) = (self.name, std::env::var(SERVER)) {
            run(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

/// Runs a statement as somebody who goes around the server.
pub async fn run(url: &str, sql: &str) {
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}
