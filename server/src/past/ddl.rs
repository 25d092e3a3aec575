//! The SQL of the past, made from what the tables look like: triggers that record rows, and views that
//! stand before the tables when an instant is read. A column that a migration adds is in both by itself.

use super::tables::{Column, Table};
use crate::db::Dialect;

/// A version's end while it stands, and its beginning until its transaction is over.
pub const OPEN: i64 = i64::MAX;
/// A version's end until the transaction that ends it is over.
pub const ENDING: i64 = -1;

/// What PostgreSQL's triggers call: arguments are the columns of id and organization, then those that
/// are left out.
pub const POSTGRES_FUNCTION: &str = "CREATE OR REPLACE FUNCTION record_version() RETURNS trigger \
LANGUAGE plpgsql AS $$
DECLARE
    was jsonb;
    body jsonb;
    of_id text;
    of_org text;
BEGIN
    IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); END IF;
    IF TG_OP <> 'DELETE' THEN body := to_jsonb(NEW); END IF;
    of_id := COALESCE(body, was) ->> TG_ARGV[0];
    of_org := COALESCE(COALESCE(body, was) ->> TG_ARGV[1], '');
    was := was - TG_ARGV;
    body := body - TG_ARGV;
    IF TG_OP = 'UPDATE' AND was = body THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM resource_versions WHERE kind = TG_TABLE_NAME AND id = of_id AND org_id = of_org
            AND from_us = 9223372036854775807;
        UPDATE resource_versions SET until_us = -1 WHERE kind = TG_TABLE_NAME AND id = of_id
            AND org_id = of_org AND until_us = 9223372036854775807;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO resource_versions (kind, id, org_id, from_us, until_us, body)
        VALUES (TG_TABLE_NAME, of_id, of_org, 9223372036854775807, 9223372036854775807, body::text);
    END IF;
    RETURN NULL;
END $$;";

/// The triggers of a table, instead of those that it had.
pub fn triggers(dialect: Dialect, table: &Table) -> String {
    let name = table.recorded.name;
    match dialect {
        Dialect::Postgres => {
            let columns = [table.recorded.id, table.recorded.org.unwrap_or_default()];
            let arguments: Vec<_> =
                columns.iter().chain(table.recorded.left_out).map(|c| format!("'{c}'")).collect();
            format!(
                "DROP TRIGGER IF EXISTS {name}_recorded ON {name}; CREATE TRIGGER {name}_recorded \
                 AFTER INSERT OR UPDATE OR DELETE ON {name} FOR EACH ROW \
                 EXECUTE FUNCTION record_version({});",
                arguments.join(", ")
            )
        }
        Dialect::Sqlite => {
            let changed: Vec<_> = kept(table)
                .map(|Column { name, .. }| format!("OLD.\"{name}\" IS NOT NEW.\"{name}\""))
                .collect();
            let (begin, end) = (sqlite_begin(table), sqlite_end(table));
            let trigger = |event: &str, when: &str, what: &str| {
                format!(
                    "DROP TRIGGER IF EXISTS {name}_recorded_{event}; CREATE TRIGGER \
                     {name}_recorded_{event} AFTER {event} ON {name}{when} BEGIN {what} END; "
                )
            };
            let if_changed = format!(" WHEN {}", changed.join(" OR "));
            [
                trigger("insert", "", &begin),
                trigger("update", &if_changed, &format!("{end} {begin}")),
                trigger("delete", "", &end),
            ]
            .concat()
        }
    }
}

fn sqlite_begin(table: &Table) -> String {
    let (id, org) = key(table, "NEW");
    format!(
        "INSERT INTO resource_versions (kind, id, org_id, from_us, until_us, body) VALUES \
         ('{}', {id}, {org}, {OPEN}, {OPEN}, {});",
        table.recorded.name,
        body(Dialect::Sqlite, table, "NEW")
    )
}

fn sqlite_end(table: &Table) -> String {
    let (id, org) = key(table, "OLD");
    let which = format!("kind = '{}' AND id = {id} AND org_id = {org}", table.recorded.name);
    format!(
        "DELETE FROM resource_versions WHERE {which} AND from_us = {OPEN}; \
         UPDATE resource_versions SET until_us = {ENDING} WHERE {which} AND until_us = {OPEN};"
    )
}

/// Id and organization of a row.
pub fn key(table: &Table, row: &str) -> (String, String) {
    let org = match table.recorded.org {
        Some(org) => format!("COALESCE({row}.\"{org}\", '')"),
        None => "''".to_owned(),
    };
    (format!("{row}.\"{}\"", table.recorded.id), org)
}

/// What is recorded of a row.
pub fn body(dialect: Dialect, table: &Table, row: &str) -> String {
    match dialect {
        Dialect::Sqlite => {
            let fields: Vec<_> = kept(table)
                .map(|Column { name, .. }| format!("'{name}', {row}.\"{name}\""))
                .collect();
            format!("json_object({})", fields.join(", "))
        }
        Dialect::Postgres => {
            let left = table.columns.iter().filter(|column| !table.keeps(column));
            let left: Vec<_> = left.map(|Column { name, .. }| format!("'{name}'")).collect();
            format!("(to_jsonb({row}) - ARRAY[{}])::text", left.join(", "))
        }
    }
}

/// The table as it was at the instant that a connection shows, under its own name.
pub fn view(dialect: Dialect, table: &Table) -> String {
    let (name, at) = (table.recorded.name, dialect.shown());
    let columns: Vec<_> = table
        .columns
        .iter()
        .map(|column| format!("{} AS \"{}\"", value(dialect, table, column), column.name))
        .collect();
    let fields = match dialect {
        Dialect::Sqlite => String::new(),
        // Read once for all columns.
        Dialect::Postgres => {
            let fields: Vec<_> = kept(table)
                .map(|Column { name, is_text, .. }| {
                    format!("\"{name}\" {}", if *is_text { "TEXT" } else { "BIGINT" })
                })
                .collect();
            format!(
                " CROSS JOIN LATERAL jsonb_to_record(v.body::jsonb) AS b({})",
                fields.join(", ")
            )
        }
    };
    format!(
        "CREATE TEMP VIEW {name} AS SELECT {} FROM resource_versions v{fields} \
         WHERE v.kind = '{name}' AND v.from_us <= {at} AND v.until_us > {at};",
        columns.join(", ")
    )
}

fn value(dialect: Dialect, table: &Table, column: &Column) -> String {
    let Column { name, is_text, nullable, default } = column;
    if name == table.recorded.id {
        return "v.id".to_owned();
    }
    if Some(name.as_str()) == table.recorded.org {
        return if *nullable { "NULLIF(v.org_id, '')" } else { "v.org_id" }.to_owned();
    }
    let blank = match (nullable, default) {
        (true, _) => "NULL",
        (false, Some(default)) => default,
        (false, None) if *is_text => "''",
        (false, None) => "0",
    };
    if !table.keeps(column) {
        let kind = if *is_text { "TEXT" } else { "BIGINT" };
        return format!("CAST({blank} AS {kind})");
    }
    let kept = match dialect {
        Dialect::Sqlite => format!("json_extract(v.body, '$.\"{name}\"')"),
        Dialect::Postgres => format!("b.\"{name}\""),
    };
    // A version may be older than the column.
    if *nullable { kept } else { format!("COALESCE({kept}, {blank})") }
}

/// What was metered at that instant, likewise.
pub fn usage(dialect: Dialect, columns: &[Column]) -> String {
    let (at, schema) = (dialect.shown(), if dialect == Dialect::Sqlite { "main." } else { "" });
    let columns: Vec<_> = columns
        .iter()
        .map(|Column { name, .. }| match name.as_str() {
            "ended_us" | "closed_by" => {
                format!("CASE WHEN ended_us <= {at} THEN {name} END AS {name}")
            }
            _ => name.clone(),
        })
        .collect();
    format!(
        "CREATE TEMP VIEW usage_intervals AS SELECT {} FROM {schema}usage_intervals \
         WHERE started_us <= {at};",
        columns.join(", ")
    )
}

fn kept(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| table.keeps(column))
}
