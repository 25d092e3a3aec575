//! What the address asks of the list: read, checked, and written again with one thing changed.

use crate::{
    path,
    text::{common, instances as text, states, t, t_with},
};
use api::{ErrorBody, ErrorCode, ListInstances, PAGE_DEFAULT};
use domain::instance::InstanceState;
use std::collections::BTreeMap;

/// Rows of a page that can be chosen.
pub const LIMITS: [i64; 4] = [25, 50, 100, 250];

/// Reads the parameters of the address. What the list does not know is said, not passed over.
pub fn read<'a>(
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<ListInstances, ErrorBody> {
    let mut asked = ListInstances { limit: Some(PAGE_DEFAULT), ..Default::default() };
    for (name, value) in parameters {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        let text = Some(value.to_owned());
        match name {
            "q" => asked.q = text,
            "zone" => asked.zone = text,
            "instance-type" => asked.instance_type = text,
            "labels" => asked.labels = text,
            "ip-address" => asked.ip_address = text,
            "sort" => asked.sort = text,
            "cursor" => asked.cursor = text,
            "state" => asked.state = Some(value.parse().map_err(|_| not_a_state(value))?),
            "limit" => asked.limit = Some(value.parse().map_err(|_| not_a_number(value))?),
            _ => return Err(unknown(name)),
        }
    }
    Ok(asked)
}

fn not_a_state(value: &str) -> ErrorBody {
    let possible: Vec<_> = InstanceState::ALL.iter().map(|state| state.as_str()).collect();
    let what = t_with(text::BAD_STATE, &[("value", value), ("possible", &possible.join(", "))]);
    wrong("state", what)
}

fn not_a_number(value: &str) -> ErrorBody {
    wrong("limit", t_with(text::BAD_NUMBER, &[("value", value)]))
}

fn unknown(name: &str) -> ErrorBody {
    wrong(name, t(text::BAD_PARAMETER).to_owned())
}

/// The API's way to say that a field is wrong.
fn wrong(field: &str, what: String) -> ErrorBody {
    let message = t_with(text::BAD_ADDRESS, &[("field", field), ("what", &what)]);
    let fields = BTreeMap::from([(field.to_owned(), what)]);
    ErrorBody { message, code: ErrorCode::Invalid, fields, request_id: None }
}

/// The address of a question; what goes without saying is left out.
pub fn address(asked: &ListInstances) -> String {
    let limit = asked.limit.filter(|limit| *limit != PAGE_DEFAULT);
    path::instances_where(&ListInstances { limit, ..asked.clone() })
}

/// The first page of the same question.
pub fn first_page(asked: &ListInstances) -> ListInstances {
    ListInstances { cursor: None, ..asked.clone() }
}

/// Sorted by `column`, the other way round if it already is.
pub fn sorted(asked: &ListInstances, column: &str) -> ListInstances {
    let ascending = asked.sort.as_deref() == Some(column);
    let sort = if ascending { format!("-{column}") } else { column.to_owned() };
    ListInstances { sort: Some(sort), ..first_page(asked) }
}

/// How the list is sorted by `column` now.
pub fn order(asked: &ListInstances, column: &str) -> Option<&'static str> {
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
pub fn filters(asked: &ListInstances) -> Vec<Filter> {
    let base = first_page(asked);
    let mut found = Vec::new();
    let mut add = |label: &str, value: &str, without: ListInstances| {
        found.push(Filter { text: format!("{label}: {value}"), without: address(&without) });
    };
    if let Some(q) = &asked.q {
        add(t(text::SEARCH_SHORT), q, ListInstances { q: None, ..base.clone() });
    }
    if let Some(state) = asked.state {
        let without = ListInstances { state: None, ..base.clone() };
        add(t(common::STATE), t(states::instance(state)), without);
    }
    if let Some(zone) = &asked.zone {
        add(t(common::ZONE), zone, ListInstances { zone: None, ..base.clone() });
    }
    if let Some(name) = &asked.instance_type {
        add(t(text::TYPE), name, ListInstances { instance_type: None, ..base.clone() });
    }
    if let Some(address) = &asked.ip_address {
        add(t(text::ADDRESS), address, ListInstances { ip_address: None, ..base.clone() });
    }
    let labels = asked.labels.as_deref().unwrap_or_default();
    let pairs: Vec<_> = labels.split(',').map(str::trim).filter(|pair| !pair.is_empty()).collect();
    for pair in &pairs {
        let rest: Vec<_> = pairs.iter().filter(|other| *other != pair).copied().collect();
        let labels = (!rest.is_empty()).then(|| rest.join(","));
        add(t(text::LABEL), pair, ListInstances { labels, ..base.clone() });
    }
    found
}

/// The same question without any filter.
pub fn unfiltered(asked: &ListInstances) -> ListInstances {
    let ListInstances { sort, limit, .. } = asked.clone();
    ListInstances { sort, limit, ..Default::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &[(&'static str, &'static str)]) -> Option<ListInstances> {
        read(query.iter().copied()).ok()
    }

    #[test]
    fn what_is_blank_is_not_asked() {
        let asked = check(&[("q", " web "), ("state", ""), ("zone", "")]);
        let expected =
            ListInstances { q: Some("web".into()), limit: Some(50), ..Default::default() };
        assert_eq!(asked, Some(expected));
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
        assert_eq!(order(&ListInstances::default(), "created-at"), Some("descending"));
    }
}
