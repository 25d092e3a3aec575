//! The queries behind finding instances.

use crate::{
    db::containing,
    error::Result,
    instances::{
        InstanceRow,
        store::{COLUMNS, METERED, to_row},
    },
    search::Search,
};
use sqlx::AssertSqlSafe;

/// How instances are found.
pub enum How {
    /// From one id to another.
    Ids(String, String),
    /// By the beginning of the name.
    Name(String),
    /// By the beginning of an address.
    Ipv4(String),
    Ipv6(String),
    /// By a part of the name, of a label, or by key and value of a label.
    Part(String, Option<(String, String)>),
}

impl How {
    /// Condition and order, and what is bound to `$3`, `$4` and `$5`.
    fn sql(&self, letters: &str) -> (String, [String; 3]) {
        let begins = |column: &str, text: &str| {
            let sql = format!("{column}{letters} >= $3 AND {column}{letters} < $4 AND $5 = ''");
            let beyond = format!("{text}{}", char::MAX);
            (
                format!("{sql} ORDER BY {column}{letters}, id"),
                [text.to_owned(), beyond, String::new()],
            )
        };
        match self {
            How::Ids(least, greatest) => (
                "id >= $3 AND id <= $4 AND $5 = '' ORDER BY id".to_owned(),
                [least.clone(), greatest.clone(), String::new()],
            ),
            How::Name(text) => begins("LOWER(name)", text),
            How::Ipv4(text) => begins("ipv4", text),
            How::Ipv6(text) => begins("ipv6", text),
            How::Part(text, label) => {
                // Labels are stored as compact JSON, in which a pair is written in one way only.
                let json = |t: &str| serde_json::Value::String(t.to_owned()).to_string();
                let pair = label.as_ref().map(|(key, value)| {
                    let value = json(value);
                    containing(&format!("{}:{}", json(key), value.trim_end_matches('"')))
                });
                let sql = "(LOWER(name) LIKE $3 ESCAPE '!' OR LOWER(labels) LIKE $4 ESCAPE '!' \
                     OR LOWER(labels) LIKE $5 ESCAPE '!')";
                let in_label = json(text);
                let in_label = containing(in_label.trim_matches('"'));
                // Names that an index leads to are known already.
                (
                    format!("{sql} ORDER BY name, id"),
                    [containing(text), in_label, pair.unwrap_or_default()],
                )
            }
        }
    }
}

pub async fn find(search: &Search<'_>, how: &How) -> Result<Vec<InstanceRow>> {
    let db = &search.view.cloud.db;
    let (condition, values) = how.sql(db.dialect.letters());
    let sql = format!(
        "SELECT {COLUMNS}, {METERED} FROM instances WHERE org_id = $1 AND deleted_us IS NULL \
         AND ($2 = '' OR zone = $2) AND {condition} LIMIT {}",
        search.most
    );
    let mut query = sqlx::query(AssertSqlSafe(sql))
        .bind(search.view.org()?.to_string())
        .bind(search.view.zone().unwrap_or_default().to_owned());
    for value in values {
        query = query.bind(value);
    }
    query.fetch_all(db.reader()).await?.iter().map(to_row).collect()
}
