//! A database of a test's own: a file, or a database on the server that `COULOIR_TEST_POSTGRES`
//! names.

use sqlx::{AssertSqlSafe, Connection, Executor};
use std::path::Path;

const SERVER: &str = "COULOIR_TEST_POSTGRES";

#[derive(Clone, Default)]
pub struct Database {
    pub url: String,
    /// Its name on the server, when it is on one.
    name: Option<String>,
}

impl Database {
    pub async fn create(folder: &Path) -> Database {
        let Ok(server) = std::env::var(SERVER) else {
            let url = format!("sqlite:{}", folder.join("couloir.db").display());
            return Database { url, name: None };
        };
        let name = format!("couloir_{}", server::random::hex::<8>());
        run(&server, &format!("CREATE DATABASE {name}")).await;
        Database { url: sibling(&server, &name), name: Some(name) }
    }

    pub async fn remove(self) {
        if let (Some(name), Ok(server)) = (self.name, std::env::var(SERVER)) {
            run(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }

    /// Runs a statement as somebody who goes around the server.
    pub async fn run(url: &str, sql: &str) {
        run(url, sql).await;
    }

    /// Writes so many older events and calls of one organization, half of them each, after the model of
    /// those that there are.
    pub async fn fill_trail(url: &str, org: &str, count: i64) {
        let rows = format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})",
            count / 2
        );
        let of = |table: &str, number: &str, names: &str, more: &str| {
            format!(
                "INSERT INTO {table} (org_id, project_id, at_us, {number}, operation, subject_id, actor, \
                 status, data{names}) {rows} SELECT m.org_id, m.project_id, m.at_us - n.i * 100000, \
                 {}, CASE WHEN n.i % 1000 = 0 THEN 'delete-instance' ELSE m.operation END, \
                 'subject-' || (n.i % 100000), 'person-' || (n.i % 1000) || '@acme.example', \
                 CASE WHEN n.i % 500 = 0 THEN 403 ELSE 200 END, m.data{more} FROM n, (SELECT * FROM \
                 {table} WHERE org_id = '{org}' ORDER BY at_us LIMIT 1) AS m",
                if number == "id" { "'call-' || n.i" } else { "n.i + 1000" }
            )
        };
        run(url, &of("api_calls", "id", "", "")).await;
        let names = ", operation_id, request_id, previous_hash, hash";
        run(url, &of("audit_events", "sequence", names, ", '', '', m.hash, m.hash")).await;
    }

    /// The same, telling whether the database took it.
    pub async fn try_run(url: &str, sql: &str) -> Result<(), String> {
        try_run(url, sql).await
    }
}

async fn run(url: &str, sql: &str) {
    try_run(url, sql).await.unwrap();
}

async fn try_run(url: &str, sql: &str) -> Result<(), String> {
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(url).await.map_err(|e| e.to_string())?;
    let done = connection.execute(AssertSqlSafe(sql.to_owned())).await;
    connection.close().await.map_err(|e| e.to_string())?;
    done.map(|_| ()).map_err(|e| e.to_string())
}

/// The address of another database on the same server.
fn sibling(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let authority = address.find("://").map_or(0, |at| at + 3);
    let server = address[authority..].find('/').map_or(address, |at| &address[..authority + at]);
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{server}/{name}{mark}{query}")
}
