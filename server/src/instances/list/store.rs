//! The queries behind the list of instances.

use super::{Column, Question};
use crate::{
    db::{Columns, containing},
    error::Result,
    instances::{
        InstanceRow,
        store::{COLUMNS, METERED, to_row},
    },
    page::{After, SortValue},
    view::View,
};
use domain::{instance::InstanceState, money::NanoPerHour};
use sqlx::AssertSqlSafe;

/// Conditions, whose texts are added to those that are bound from `$2` on; `$1` is the organization.
pub fn conditions(question: &Question, values: &mut Vec<String>) -> String {
    let mut sql = "org_id = $1 AND deleted_us IS NULL".to_owned();
    // Who asks for them by state, by id or by what they hold on to gets what was deleted and is kept,
    // too: a template can't be deleted while one of them is made from it.
    if question.state.is_none() && question.ids.is_none() && question.template.is_none() {
        sql.push_str(" AND recover_until_us IS NULL");
    }
    let mut add = |template: &str, value: String| {
        values.push(value);
        let place = format!("${}", values.len() + 1);
        sql.push_str(" AND ");
        sql.push_str(&template.replace('?', &place));
    };
    if let Some(zone) = &question.zone {
        add("zone = ?", zone.clone());
    }
    if let Some(state) = question.state {
        add("state = ?", state.to_string());
    }
    if let Some(of) = question.instance_type {
        add("instance_type_id = ?", of.to_string());
    }
    if let Some(template) = question.template {
        add("template_id = ?", template.to_string());
    }
    if let Some(address) = &question.ip_address {
        add("(ipv4 = ? OR ipv6 = ?)", address.clone());
    }
    for (key, value) in &question.labels {
        // Labels are stored as compact JSON, in which a pair is written in one way only.
        let text = |t: &str| serde_json::Value::String(t.to_owned()).to_string();
        add("labels LIKE ? ESCAPE '!'", containing(&format!("{}:{}", text(key), text(value))));
    }
    if let Some(q) = &question.q {
        let pattern = containing(q);
        add(
            "(LOWER(name) LIKE ? ESCAPE '!' OR id LIKE ? ESCAPE '!' OR ipv4 LIKE ? ESCAPE '!' OR LOWER(labels) LIKE ? ESCAPE '!')",
            pattern,
        );
    }
    if let Some(ids) = &question.ids {
        // They were read as UUIDs, so none is anybody's text.
        let quoted: Vec<String> = ids.iter().map(|id| format!("'{id}'")).collect();
        sql.push_str(&format!(" AND id IN ({})", quoted.join(",")));
    }
    sql
}

/// One page, and where the next begins.
pub async fn page(
    view: &View,
    question: &Question,
    limit: i64,
    after: Option<&After>,
) -> Result<(Vec<InstanceRow>, Option<After>)> {
    let mut values = Vec::new();
    let mut sql = conditions(question, &mut values);
    let order = question.order;
    let (column, direction, compare) = (
        order.sql(),
        if order.descending { "DESC" } else { "ASC" },
        if order.descending { "<" } else { ">" },
    );
    let n = values.len() + 2;
    if after.is_some() {
        sql.push_str(&format!(" AND ({column}, id) {compare} (${n}, ${})", n + 1));
    }
    let sql = format!(
        "SELECT {COLUMNS}, {METERED} FROM instances WHERE {sql} ORDER BY {column} {direction}, id {direction} LIMIT {}",
        limit + 1
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(view.org()?.to_string());
    for value in values {
        query = query.bind(value);
    }
    if let Some(After { value, id }) = after {
        query = match value {
            SortValue::Int(n) => query.bind(*n),
            SortValue::Text(t) => query.bind(t.clone()),
        };
        query = query.bind(id.clone());
    }
    let rows = query.fetch_all(view.cloud.db.reader()).await?;
    let mut found = rows.iter().map(to_row).collect::<Result<Vec<_>>>()?;
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|last| After {
        value: match order.column {
            Column::Name => SortValue::Text(last.name.clone()),
            Column::CreatedAt => SortValue::Int(last.created.0),
            Column::State => SortValue::Text(last.state.to_string()),
        },
        id: last.id.to_string(),
    });
    Ok((found, next))
}

/// What all that match add up to.
pub struct Totals {
    pub count: i64,
    pub running: i64,
    pub metered: NanoPerHour,
}

pub async fn totals(view: &View, question: &Question) -> Result<Totals> {
    let mut values = Vec::new();
    let sql = conditions(question, &mut values);
    // A question without conditions is the one that most pages ask, of the most rows: what is metered
    // of all is one walk along an index, where a look at each instance's rows takes ten times as long.
    let everything = values.is_empty() && question.ids.is_none();
    let each = if everything { "0 AS metered" } else { METERED };
    let sql = format!(
        "SELECT state, COUNT(*) AS n, CAST(SUM(metered) AS BIGINT) AS metered FROM \
         (SELECT state, {each} FROM instances WHERE {sql}) AS matching GROUP BY state"
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(view.org()?.to_string());
    for value in values {
        query = query.bind(value);
    }
    let metered = if everything { metered(view).await? } else { NanoPerHour(0) };
    let mut totals = Totals { count: 0, running: 0, metered };
    for row in query.fetch_all(view.cloud.db.reader()).await? {
        let count = row.int("n")?;
        totals.count += count;
        if row.parsed::<InstanceState>("state")? == InstanceState::Running {
            totals.running += count;
        }
        totals.metered = totals.metered.plus(NanoPerHour(row.int("metered")?));
    }
    Ok(totals)
}

/// What is metered of all instances but those that were deleted and are kept.
async fn metered(view: &View) -> Result<NanoPerHour> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE(SUM(nano_per_hour), 0) AS BIGINT) AS metered FROM usage_intervals \
         WHERE org_id = $1 AND ended_us IS NULL AND resource_kind = 'instance' AND resource_id NOT IN \
         (SELECT id FROM instances WHERE org_id = $1 AND deleted_us IS NULL AND recover_until_us IS NOT NULL)",
    )
    .bind(view.org()?.to_string())
    .fetch_one(view.cloud.db.reader())
    .await?;
    Ok(NanoPerHour(row.int("metered")?))
}

/// How many match each of several questions, all in one query; none is counted beyond `most`.
pub async fn counts(view: &View, questions: &[Question], most: i64) -> Result<Vec<i64>> {
    let mut values = Vec::new();
    let counted: Vec<_> = (0_usize..)
        .zip(questions)
        .map(|(place, question)| {
            let sql = conditions(question, &mut values);
            format!(
                "SELECT CAST({place} AS BIGINT) AS place, COUNT(*) AS n FROM \
                 (SELECT 1 AS one FROM instances WHERE {sql} LIMIT {most}) AS matching"
            )
        })
        .collect();
    if counted.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{} ORDER BY place", counted.join(" UNION ALL "));
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(view.org()?.to_string());
    for value in values {
        query = query.bind(value);
    }
    let rows = query.fetch_all(view.cloud.db.reader()).await?;
    rows.iter().map(|row| row.int("n")).collect()
}
