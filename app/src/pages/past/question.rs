//! What the address asks of the past.

use super::kinds::{KINDS, Kind, ONLY_COMPARED};
use crate::pages::address;
use api::{ErrorBody, ListResourceChanges, PAGE_DEFAULT};
use domain::Timestamp;
use leptos_router::params::ParamsMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    pub kind: Option<String>,
    pub at: Option<Timestamp>,
    pub id: Option<String>,
    pub cursor: Option<String>,
}

impl Asked {
    /// The kind that is looked at; the first, when none is said.
    pub fn kind(&self) -> &'static Kind {
        let said = self.kind.as_deref().unwrap_or_default();
        KINDS.iter().find(|kind| kind.name == said).unwrap_or(&KINDS[0])
    }
}

/// Reads an instant, also as a form sends it: `2027-01-15T08:00` is in UTC.
fn instant(name: &str, value: &str) -> Result<Option<Timestamp>, ErrorBody> {
    let parse = |after: &str| Timestamp::parse(&format!("{value}{after}"));
    let found = parse("").or_else(|| parse("Z")).or_else(|| parse(":00Z"));
    let example = || address::not_one_of(name, value, ["2027-01-15T08:00:00Z"]);
    found.ok_or_else(example).map(Some)
}

/// As a form shows it.
pub fn typed(at: Timestamp) -> String {
    at.to_string().chars().take("2027-01-15T08:00".len()).collect()
}

pub fn read(query: &ParamsMap) -> Result<Asked, ErrorBody> {
    let mut asked = Asked::default();
    address::read(query, |name, value| {
        let text = Some(value.to_owned());
        match name {
            "kind" if KINDS.iter().any(|kind| kind.name == value) => asked.kind = text,
            "kind" => {
                let names = KINDS.iter().map(|kind| kind.name);
                return Err(address::not_one_of(name, value, names));
            }
            "at" => asked.at = instant(name, value)?,
            "id" => asked.id = text,
            "cursor" => asked.cursor = text,
            _ => return Err(address::unknown(name)),
        }
        Ok(())
    })?;
    Ok(asked)
}

pub fn read_changes(query: &ParamsMap) -> Result<ListResourceChanges, ErrorBody> {
    let mut asked = ListResourceChanges { limit: Some(PAGE_DEFAULT), ..Default::default() };
    address::read(query, |name, value| {
        let text = Some(value.to_owned());
        match name {
            "from" => asked.from = instant(name, value)?,
            "to" => asked.to = instant(name, value)?,
            "kind" => {
                let mut names = compared();
                if !names.any(|kind| kind == value) {
                    return Err(address::not_one_of(name, value, compared()));
                }
                asked.kind = text;
            }
            "cursor" => asked.cursor = text,
            _ => return Err(address::unknown(name)),
        }
        Ok(())
    })?;
    Ok(asked)
}

/// Kinds that can be compared.
pub fn compared() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.name).chain(ONLY_COMPARED.iter().map(|(name, _)| *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_as_forms_and_links_have_them() {
        let eight = Timestamp::parse("2027-01-15T08:00:00Z");
        for text in ["2027-01-15T08:00", "2027-01-15T08:00:00", "2027-01-15T09:00:00+01:00"] {
            assert_eq!(instant("at", text).ok().flatten(), eight, "{text}");
        }
        assert_eq!(eight.map(typed).as_deref(), Some("2027-01-15T08:00"));
        assert_eq!(instant("at", "2027-01-15T08:00:00.000Z").ok().flatten(), eight);
    }
}
