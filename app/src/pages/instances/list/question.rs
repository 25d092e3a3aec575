//! What the address asks of the list: read, checked, and written again with one thing changed.

use super::{columns, typed};
use crate::{
    pages::address,
    path,
    text::{common, instances as text, states, t},
};
use api::{ErrorBody, ListInstances, PAGE_DEFAULT};
use domain::{instance::InstanceState, list::InstanceColumn};
use std::ops::Deref;

/// Rows of a page that can be chosen.
pub const LIMITS: [i64; 4] = [25, 50, 100, 250];

/// What is asked of the list: which instances, and which columns of them.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Question {
    pub asked: ListInstances,
    /// As they stand in the address; none: as the visitor has them.
    pub columns: Option<Vec<InstanceColumn>>,
}

impl Deref for Question {
    type Target = ListInstances;
    fn deref(&self) -> &ListInstances {
        &self.asked
    }
}

impl Question {
    /// The first page of the same question with something changed.
    pub fn with(&self, change: impl FnOnce(&mut ListInstances)) -> Question {
        let mut question = self.clone();
        question.asked.cursor = None;
        change(&mut question.asked);
        question
    }
}

/// Reads the parameters of the address. What the list does not know is said, not passed over.
pub fn read<'a>(
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Question, ErrorBody> {
    let mut question = Question::default();
    question.asked.limit = Some(PAGE_DEFAULT);
    let mut typed = "";
    for (name, value) in parameters {
        let value = value.trim();
        match name {
            _ if value.is_empty() => {}
            "q" => typed = value,
            "cols" => question.columns = Some(columns::read(value)?),
            _ => set(&mut question.asked, name, value)?,
        }
    }
    // What was typed counts more than what had been chosen.
    typed::apply(&mut question.asked, typed)?;
    Ok(question)
}

pub(super) fn set(asked: &mut ListInstances, name: &str, value: &str) -> Result<(), ErrorBody> {
    let text = Some(value.to_owned());
    match name {
        "zone" => asked.zone = text,
        "instance-type" => asked.instance_type = text,
        "labels" => asked.labels = text,
        "ip-address" => asked.ip_address = text,
        "sort" => asked.sort = text,
        "cursor" => asked.cursor = text,
        "state" => asked.state = Some(value.parse().map_err(|_| not_a_state(value))?),
        "limit" => {
            let wrong = |_| address::not_a_number(name, value);
            asked.limit = Some(value.parse().map_err(wrong)?);
        }
        "template-id" => {
            let wrong = |_| address::not_an_id(name, value);
            asked.template_id = Some(value.parse().map_err(wrong)?);
        }
        _ => return Err(address::unknown(name)),
    }
    Ok(())
}

fn not_a_state(value: &str) -> ErrorBody {
    address::not_one_of("state", value, InstanceState::ALL.iter().map(|state| state.as_str()))
}

/// The address of a question; what goes without saying is left out.
pub fn address(question: &Question) -> String {
    let limit = question.limit.filter(|limit| *limit != PAGE_DEFAULT);
    let asked = ListInstances { limit, ..question.asked.clone() };
    let mut parameters = serde_json::to_value(asked).unwrap_or_default();
    if let Some(columns) = &question.columns {
        parameters["cols"] = columns::write(columns).into();
    }
    path::instances_where(&parameters)
}

/// What the address asks behind its question mark, of the first page: as saved views have it.
pub fn query(question: &Question) -> String {
    let address = address(&first_page(question));
    address.split_once('?').map_or_else(String::new, |(_, query)| query.to_owned())
}

/// The first page of the same question.
pub fn first_page(question: &Question) -> Question {
    question.with(|_| ())
}

/// Sorted by `column`, the other way round if it already is.
pub fn sorted(question: &Question, column: &str) -> Question {
    let ascending = question.sort.as_deref() == Some(column);
    let sort = if ascending { format!("-{column}") } else { column.to_owned() };
    question.with(|asked| asked.sort = Some(sort))
}

/// How the list is sorted by `column` now.
pub fn order(asked: &Question, column: &str) -> Option<&'static str> {
    match asked.sort.as_deref().unwrap_or("-created-at").strip_prefix('-') {
        Some(name) => (name == column).then_some("descending"),
        None => (asked.sort.as_deref() == Some(column)).then_some("ascending"),
    }
}

/// One filter that is on, and the address without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub text: String,
    pub without: String,
}

/// The filters that are on.
pub fn filters(question: &Question) -> Vec<Filter> {
    let mut found = Vec::new();
    let mut add = |label: &str, value: &str, without: Question| {
        found.push(Filter { text: format!("{label}: {value}"), without: address(&without) });
    };
    if let Some(q) = &question.q {
        add(t(text::SEARCH_SHORT), q, question.with(|asked| asked.q = None));
    }
    if let Some(state) = question.state {
        let name = t(states::instance(state));
        add(t(common::STATE), name, question.with(|asked| asked.state = None));
    }
    if let Some(zone) = &question.zone {
        add(t(common::ZONE), zone, question.with(|asked| asked.zone = None));
    }
    if let Some(name) = &question.instance_type {
        add(t(text::TYPE), name, question.with(|asked| asked.instance_type = None));
    }
    if let Some(template) = &question.template_id {
        let without = question.with(|asked| asked.template_id = None);
        add(t(text::TEMPLATE), &template.to_string(), without);
    }
    if let Some(address) = &question.ip_address {
        add(t(text::ADDRESS), address, question.with(|asked| asked.ip_address = None));
    }
    let labels = question.labels.as_deref().unwrap_or_default();
    let pairs: Vec<_> = labels.split(',').map(str::trim).filter(|pair| !pair.is_empty()).collect();
    for pair in &pairs {
        let rest: Vec<_> = pairs.iter().filter(|other| *other != pair).copied().collect();
        let labels = (!rest.is_empty()).then(|| rest.join(","));
        add(t(text::LABEL), pair, question.with(|asked| asked.labels = labels));
    }
    found
}

/// The same question without any filter.
pub fn unfiltered(question: &Question) -> Question {
    let ListInstances { sort, limit, .. } = question.asked.clone();
    question.with(|asked| *asked = ListInstances { sort, limit, ..Default::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::visiting;

    fn check(query: &[(&'static str, &'static str)]) -> Option<Question> {
        read(query.iter().copied()).ok()
    }

    #[test]
    fn what_is_blank_is_not_asked() {
        let asked = check(&[("q", " web "), ("state", ""), ("zone", "")]);
        let expected =
            ListInstances { q: Some("web".into()), limit: Some(50), ..Default::default() };
        assert_eq!(asked.map(|question| question.asked), Some(expected));
    }

    #[test]
    fn addresses_leave_out_what_goes_without_saying() {
        let asked = check(&[("state", "running"), ("cursor", "abc")]).unwrap_or_default();
        assert!(address(&first_page(&asked)).ends_with("instances?state=running"));
        assert_eq!(address(&unfiltered(&asked)), path::instances());
    }

    #[test]
    fn heads_turn_the_order_round() {
        let asked = check(&[("sort", "name"), ("cursor", "abc")]).unwrap_or_default();
        assert_eq!(order(&asked, "name"), Some("ascending"));
        assert!(address(&sorted(&asked, "name")).ends_with("instances?sort=-name"));
        assert_eq!(order(&Question::default(), "created-at"), Some("descending"));
    }

    #[test]
    fn columns_stay_with_every_address() {
        let asked = check(&[("cols", "name,zone"), ("q", "a")]).unwrap_or_default();
        assert!(address(&unfiltered(&asked)).ends_with("instances?cols=name%2Czone"));
        assert!(visiting(|| check(&[("cols", "name,price")])).is_none());
    }
}
