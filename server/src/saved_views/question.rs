//! The question of a saved view, held against what the list takes now.

use crate::{
    call::Call,
    error::{Error, Result},
    http::input,
    instances, page,
};
use api::{ListInstances, PAGE_DEFAULT, forms};
use domain::{
    list::{INSTANCE_KEYS, List},
    tokens,
};

/// Longest question, in characters.
const QUERY_CHARACTERS_MAX: usize = 1_000;
/// What may stand in the address of the list of instances. A cursor is no question.
const PARAMETERS: [&str; 10] = [
    "cols",
    "instance-type",
    "ip-address",
    "labels",
    "limit",
    "q",
    "sort",
    "state",
    "template-id",
    "zone",
];

/// A question that the list takes.
pub struct Checked {
    /// Written as the portal writes it.
    pub query: String,
    pub question: instances::list::Question,
}

/// Checks it. Whatever is wrong is wrong with the field `query`.
pub fn check(call: &Call, list: List, query: &str) -> Result<Checked> {
    let has = query.chars().count();
    if has > QUERY_CHARACTERS_MAX {
        return Err(wrong(format!(
            "may have at most {QUERY_CHARACTERS_MAX} characters, and has {has}"
        )));
    }
    let List::Instances = list;
    let mut columns = None;
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
        let (name, value) = (name.into_owned(), value.trim().to_owned());
        if !PARAMETERS.contains(&name.as_str()) {
            let possible = PARAMETERS.join(", ");
            return Err(wrong(format!("has the parameter {name:?}; possible are {possible}")));
        }
        if pairs.iter().any(|(before, _)| *before == name) || name == "cols" && columns.is_some() {
            return Err(wrong(format!("has {name} twice")));
        }
        match name.as_str() {
            _ if value.is_empty() => {}
            "cols" => {
                list.check_columns(&value)
                    .map_err(|what| wrong(format!("has a wrong cols: it {what}")))?;
                columns = Some(value);
            }
            _ => pairs.push((name, value)),
        }
    }
    let asked: ListInstances = input::query(&pairs).map_err(of_query)?;
    page::limit(asked.limit).map_err(of_query)?;
    must_be_words(asked.q.as_deref().unwrap_or_default())?;
    let question = instances::list::Question::of(call, &asked).map_err(of_query)?;
    Ok(Checked { query: written(asked, columns), question })
}

/// The portal would read what looks like a filter as one, and then show other instances than these.
fn must_be_words(q: &str) -> Result<()> {
    match tokens::read(q, INSTANCE_KEYS) {
        Ok(typed) if typed.filters.is_empty() => Ok(()),
        _ => Err(wrong("has a filter in q: write it as a parameter of its own")),
    }
}

fn written(asked: ListInstances, columns: Option<String>) -> String {
    let limit = asked.limit.filter(|limit| *limit != PAGE_DEFAULT);
    let mut parameters = serde_json::to_value(ListInstances { limit, ..asked }).unwrap_or_default();
    if let Some(columns) = columns {
        parameters["cols"] = columns.into();
    }
    forms::query(&parameters).trim_start_matches('?').to_owned()
}

fn wrong(what: impl std::fmt::Display) -> Error {
    Error::field("query", what)
}

/// An error of the list's own fields, as one of the query.
fn of_query(error: Error) -> Error {
    match error {
        Error::Invalid { fields, .. } => {
            let all: Vec<_> = fields.iter().map(|(name, what)| format!("{name} {what}")).collect();
            wrong(format!("is wrong: {}", all.join("; ")))
        }
        other => other,
    }
}
