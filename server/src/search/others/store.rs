//! The queries behind finding everything but instances. Each kind is brought into one form, in which
//! it is then looked for.

use crate::{
    db::{Columns, beginning, containing},
    error::Result,
    search::Search,
};
use domain::search::SearchKind;
use sqlx::{AssertSqlSafe, any::AnyRow};

/// What kinds have in common.
pub struct Row {
    pub id: String,
    pub name: String,
    pub state: String,
    pub zone: String,
    /// What else tells it from others.
    pub about: String,
    /// Of a snapshot: what it was taken of.
    pub instance: String,
    /// It is not the platform's.
    pub own: bool,
}

fn to_row(row: &AnyRow) -> Result<Row> {
    Ok(Row {
        id: row.text("id")?,
        name: row.text("name")?,
        state: row.text("state")?,
        zone: row.text("zone")?,
        about: row.text("about")?,
        instance: row.text("instance")?,
        own: row.flag("own")?,
    })
}

/// Rows of a kind: `$1` is the organization, `$2` the caller.
fn rows_of(kind: SearchKind) -> &'static str {
    match kind {
        SearchKind::Template => {
            "SELECT id, name, state, zone, family AS about, '' AS instance, CAST(CASE WHEN org_id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS own \
             FROM templates WHERE (org_id = $1 OR org_id IS NULL) AND deleted_us IS NULL AND state = 'ready'"
        }
        SearchKind::Snapshot => {
            "SELECT s.id, s.name, s.state, s.zone, i.name AS about, s.instance_id AS instance, CAST(1 AS BIGINT) AS own FROM snapshots s \
             JOIN instances i ON i.id = s.instance_id WHERE s.org_id = $1 AND s.deleted_us IS NULL"
        }
        SearchKind::SavedView => {
            "SELECT id, name, '' AS state, '' AS zone, query AS about, '' AS instance, CAST(1 AS BIGINT) AS own \
             FROM saved_views WHERE org_id = $1 AND (shared = 1 OR user_id = $2)"
        }
        SearchKind::SshKey => {
            "SELECT name AS id, name, '' AS state, '' AS zone, fingerprint AS about, '' AS instance, CAST(1 AS BIGINT) AS own \
             FROM ssh_keys WHERE org_id = $1"
        }
        SearchKind::ApiKey => {
            "SELECT key AS id, name, '' AS state, '' AS zone, key AS about, '' AS instance, CAST(1 AS BIGINT) AS own \
             FROM api_keys WHERE org_id = $1"
        }
        SearchKind::BulkAction => {
            "SELECT id, action AS name, '' AS state, '' AS zone, actor AS about, '' AS instance, CAST(1 AS BIGINT) AS own \
             FROM bulk_actions WHERE org_id = $1"
        }
        SearchKind::Operation | SearchKind::Instance | SearchKind::Organization => {
            "SELECT id, kind AS name, state, COALESCE(zone, '') AS zone, subject_name AS about, '' AS instance, CAST(1 AS BIGINT) AS own \
             FROM operations WHERE org_id = $1"
        }
    }
}

/// By id: tables that grow without end, whose names say nothing.
const BY_ID: &str = "id >= $4 AND id <= $5 ORDER BY id";
/// By id, by a part of the name, by the beginning of what it goes by; the best first.
const BY_NAME: &str = "((id >= $4 AND id <= $5) OR LOWER(name) LIKE $6 ESCAPE '!' \
    OR LOWER(id) LIKE $7 ESCAPE '!') ORDER BY CASE WHEN LOWER(name) = $8 THEN 0 \
    WHEN LOWER(name) LIKE $9 ESCAPE '!' THEN 1 ELSE 2 END, LOWER(name), id";
/// Shorter texts are no beginning of a key.
const KEY_PREFIX_MIN: usize = 8;

pub async fn find(search: &Search<'_>, kind: SearchKind) -> Result<Vec<Row>> {
    let (view, needle) = (search.view, &search.needle);
    let text = needle.text();
    let by_id = matches!(kind, SearchKind::Operation | SearchKind::BulkAction);
    // No id is between two that are none.
    let (least, greatest) = match needle.ids() {
        None if by_id => return Ok(Vec::new()),
        ids => ids.unwrap_or_default(),
    };
    let key = if text.len() >= KEY_PREFIX_MIN { beginning(text) } else { String::new() };
    let user = view.principal()?.actor.user();
    let mut values = vec![
        view.org()?.to_string(),
        user.map(|user| user.to_string()).unwrap_or_default(),
        view.zone().unwrap_or_default().to_owned(),
        least.to_owned(),
        greatest.to_owned(),
    ];
    if !by_id {
        values.extend([containing(text), key, text.to_owned(), beginning(text)]);
    }
    let sql = format!(
        "SELECT id, name, state, zone, about, instance, own FROM ({}) AS found \
         WHERE $2 = $2 AND ($3 = '' OR zone = '' OR zone = $3) AND {} LIMIT {}",
        rows_of(kind),
        if by_id { BY_ID } else { BY_NAME },
        search.most
    );
    let query = sqlx::query(AssertSqlSafe(sql));
    let query = values.into_iter().fold(query, |query, value| query.bind(value));
    query.fetch_all(view.cloud.db.reader()).await?.iter().map(to_row).collect()
}
