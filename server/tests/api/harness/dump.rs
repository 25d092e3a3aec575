//! Everything that the database holds, as text: to compare two moments, and to look for secrets.

use server::db::{Columns, Db, Dialect};
use sqlx::{AssertSqlSafe, Column, Row, any::AnyRow};
use std::collections::BTreeMap;

/// Table to its rows, sorted.
pub type Dump = BTreeMap<String, Vec<String>>;

pub async fn of(db: &Db) -> Dump {
    let sql = match db.dialect {
        Dialect::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Dialect::Postgres => {
            "SELECT table_name::TEXT AS name FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    let mut dump = Dump::new();
    for row in sqlx::query(sql).fetch_all(db.reader()).await.unwrap() {
        let table = row.text("name").unwrap();
        // sqlx's own table has types that `Any` does not read; nothing of ours is in it.
        if table.starts_with("_sqlx") || table.starts_with("sqlite_") {
            continue;
        }
        let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table}")));
        let mut lines: Vec<String> =
            rows.fetch_all(db.reader()).await.unwrap().iter().map(line).collect();
        lines.sort();
        dump.insert(table, lines);
    }
    assert!(dump.len() > 15, "the dump misses tables: {:?}", dump.keys());
    dump
}

fn line(row: &AnyRow) -> String {
    let cells = row.columns().iter().map(|column| {
        let name = column.name();
        let text = match row.maybe_text(name) {
            Ok(text) => text,
            Err(_) => row.maybe_int(name).unwrap().map(|n| n.to_string()),
        };
        format!("{name}={}", text.unwrap_or_else(|| "NULL".to_owned()))
    });
    cells.collect::<Vec<_>>().join(" | ")
}

/// What is in one and not in the other; empty when nothing changed.
pub fn difference(before: &Dump, after: &Dump) -> Vec<String> {
    let mut found = Vec::new();
    for (table, rows) in before {
        found.extend(
            rows.iter().filter(|r| !after[table].contains(r)).map(|r| format!("- {table}: {r}")),
        );
    }
    for (table, rows) in after {
        found.extend(
            rows.iter().filter(|r| !before[table].contains(r)).map(|r| format!("+ {table}: {r}")),
        );
    }
    found
}
