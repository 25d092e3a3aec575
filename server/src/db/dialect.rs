//! What the two databases say differently.

use domain::Timestamp;

/// From then on a connection of SQLite only reads.
const READER_PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON";

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
    pub(super) fn only_reads(self) -> &'static str {
        match self {
            Dialect::Sqlite => READER_PRAGMAS,
            Dialect::Postgres => "SET default_transaction_read_only = on",
        }
    }

    /// Says on a connection which instant its views show; the connection may write from then on.
    pub(super) fn shows(self, at: Timestamp) -> String {
        let Timestamp(at) = at;
        match self {
            Dialect::Sqlite => format!(
                "PRAGMA query_only = OFF; CREATE TEMP TABLE IF NOT EXISTS shown (at_us BIGINT); \
                 DELETE FROM temp.shown; INSERT INTO temp.shown VALUES ({at})"
            ),
            Dialect::Postgres => format!("SET couloir.shown = '{at}'"),
        }
    }

    /// The instant that the views of the past show.
    pub fn shown(self) -> &'static str {
        match self {
            Dialect::Sqlite => "(SELECT at_us FROM temp.shown)",
            Dialect::Postgres => "current_setting('couloir.shown')::BIGINT",
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
