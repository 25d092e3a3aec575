//! What the address says: which instances, and what is asked of them.

use super::super::list::question::{self, Question};
use crate::{
    pages::address::{not_an_id, not_one_of, unknown, wrong},
    text::{bulk as text, t},
};
use api::{CreateBulkAction, ErrorBody, InstanceFilter, ListInstances, decode};
use domain::{InstanceId, bulk::BulkVerb};

pub const ACT: &str = "act";
const ID: &str = "id";
const ALL: &str = "all";
/// What the list's own address asks behind its question mark.
const FILTER: &str = "filter";

#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    pub action: BulkVerb,
    pub which: Which,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Which {
    These(Vec<InstanceId>),
    AllThatMatch(InstanceFilter),
}

impl Chosen {
    /// `None` when nothing is chosen.
    pub fn read<'a>(
        parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Option<Chosen>, ErrorBody> {
        let (mut action, mut ids, mut all, mut list) = (None, Vec::new(), false, "");
        for (name, value) in parameters {
            match name {
                ACT => action = Some(value.parse().map_err(|_| not_an_act(value))?),
                ID => ids.push(value.parse().map_err(|_| not_an_id(ID, value))?),
                ALL if value == "true" => all = true,
                ALL => return Err(wrong(ALL, t(text::BAD_ALL).to_owned())),
                FILTER => list = value,
                _ => return Err(unknown(name)),
            }
        }
        let action = action.ok_or_else(|| not_an_act(""))?;
        let filter = InstanceFilter::from(listed(list)?.asked);
        Ok(match (all, ids.is_empty()) {
            (true, _) => Some(Chosen { action, which: Which::AllThatMatch(filter) }),
            (false, false) => Some(Chosen { action, which: Which::These(ids) }),
            (false, true) => None,
        })
    }

    /// What to look at before it is asked.
    pub fn list(&self, limit: i64) -> ListInstances {
        let limit = Some(limit);
        let sort = Some("name".to_owned());
        match &self.which {
            Which::These(ids) => {
                let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
                ListInstances { ids: Some(ids.join(",")), sort, limit, ..Default::default() }
            }
            Which::AllThatMatch(filter) => {
                ListInstances { sort, limit, ..ListInstances::from(filter.clone()) }
            }
        }
    }

    /// What is asked, of as many as were looked at.
    pub fn request(&self, expected: Option<i64>) -> CreateBulkAction {
        let (ids, filter) = match &self.which {
            Which::These(ids) => (Some(ids.clone()), None),
            Which::AllThatMatch(filter) => (None, Some(filter.clone())),
        };
        CreateBulkAction { action: self.action, ids, filter, expected }
    }
}

/// Reads what the list's address asks behind its question mark.
pub fn listed(query: &str) -> Result<Question, ErrorBody> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name).unwrap_or_default(), decode(value).unwrap_or_default())
    });
    let pairs: Vec<_> = pairs.collect();
    question::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn not_an_act(value: &str) -> ErrorBody {
    not_one_of(ACT, value, BulkVerb::ALL.iter().map(|verb| verb.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "01900000-0000-7000-8000-000000000001";

    fn check(parameters: &[(&'static str, &'static str)]) -> Option<Which> {
        let chosen = Chosen::read(parameters.iter().copied()).ok().flatten()?;
        Some(chosen.which)
    }

    #[test]
    fn all_that_match_goes_before_those_that_are_ticked() {
        let all = [
            ("act", "stop-instance"),
            ("id", ONE),
            ("all", "true"),
            ("filter", "state=running&q=a%20b"),
        ];
        let chosen = check(&all);
        assert!(
            matches!(&chosen, Some(Which::AllThatMatch(filter)) if filter.state.is_some() && filter.q.as_deref() == Some("a b")),
            "{chosen:?}"
        );
        let ticked = check(&[("act", "stop-instance"), ("id", ONE), ("filter", "state=running")]);
        assert!(matches!(&ticked, Some(Which::These(ids)) if ids.len() == 1), "{ticked:?}");
        assert_eq!(check(&[("act", "stop-instance"), ("filter", "state=running")]), None);
    }
}
