//! The operations by service. A service folds, as all of them are a long page on a phone: open are those
//! where operations come out differently, and everything when a filter is on.

use super::{
    question::{OUTCOMES, UNUSED, is_unused},
    rows::Rows,
};
use crate::{
    text::{permissions as text, t, t_count, t_with},
    visit::language,
};
use api::{IamPermission, IamPermissions};
use domain::{Timestamp, format};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What decides about operations; in the order of the page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Service(String),
    Permission,
    Nothing,
}

impl Group {
    fn of(one: &IamPermission) -> Self {
        match (one.service.is_empty(), &one.permission) {
            (false, _) => Group::Service(one.service.clone()),
            (true, Some(_)) => Group::Permission,
            (true, None) => Group::Nothing,
        }
    }
}

#[component]
pub fn Groups(
    shown: Vec<IamPermission>,
    said: IamPermissions,
    /// Whether all are open.
    open: bool,
) -> impl IntoView {
    let unused = said.operations.iter().filter(|one| is_unused(one, said.since)).count();
    let count = t_with(
        text::COUNT,
        &[
            ("shown", &number(shown.len())),
            ("all", &number(said.operations.len())),
            ("unused", &number(unused)),
        ],
    );
    let mut groups = BTreeMap::<_, Vec<_>>::new();
    for one in shown {
        groups.entry(Group::of(&one)).or_default().push(one);
    }
    let (since, role) = (said.since, said.role_id);
    let fold = move |(group, of): (Group, Vec<IamPermission>)| {
        let open = open || is_mixed(&of);
        let sums = sums(&of, since);
        view! {
            <details class="fold" open=open>
                <summary><h2>{title(group)}</h2>" "<span class="hint">{sums}</span></summary>
                <Rows shown=of since=since role=role />
            </details>
        }
    };
    view! {
        <p class="hint">{count}</p>
        <div class="stack-small">{groups.into_iter().map(fold).collect_view()}</div>
    }
    .into_any()
}

fn title(group: Group) -> AnyView {
    match group {
        Group::Service(name) => view! { <code>{name}</code> }.into_any(),
        Group::Permission => t(text::BY_PERMISSIONS).into_any(),
        Group::Nothing => t(text::OPEN).into_any(),
    }
}

/// Whether there is more to see than that all of them are allowed, or refused, by the same.
fn is_mixed(of: &[IamPermission]) -> bool {
    let says = |one: &IamPermission| (one.outcome.clone(), one.layer.clone());
    of.windows(2).any(|two| says(&two[0]) != says(&two[1]))
        || of.iter().any(|one| one.outcome == "depends" || !one.grants.is_empty())
}

/// How many there are, and how many of each outcome.
fn sums(of: &[IamPermission], since: Timestamp) -> String {
    let of_outcome =
        OUTCOMES.iter().filter(|(outcome, _)| *outcome != "open").map(|(outcome, label)| {
            (t(*label), of.iter().filter(|one| one.outcome == *outcome).count())
        });
    let unused = of.iter().filter(|one| is_unused(one, since)).count();
    let mut said = t_count(text::ONE_OPERATION, text::OPERATIONS, of.len());
    for (label, count) in of_outcome.chain([(t(UNUSED.1), unused)]).filter(|(_, count)| *count > 0)
    {
        said.push_str(&format!(" · {label}: {}", number(count)));
    }
    said
}

fn number(count: usize) -> String {
    format::integer(language(), i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(service: &str, outcome: &str) -> IamPermission {
        IamPermission {
            operation: String::new(),
            service: service.to_owned(),
            outcome: outcome.to_owned(),
            layer: None,
            permission: None,
            rules: Vec::new(),
            grants: Vec::new(),
            last_used_at: None,
            uses: 0,
        }
    }

    #[test]
    fn what_comes_out_alike_is_folded() {
        assert!(!is_mixed(&[one("dns", "allowed"), one("dns", "allowed")]));
        assert!(is_mixed(&[one("dns", "allowed"), one("dns", "refused")]));
        assert!(is_mixed(&[one("dns", "depends")]));
        let by =
            |layer: &str| IamPermission { layer: Some(layer.to_owned()), ..one("dns", "refused") };
        assert!(is_mixed(&[by("role"), by("organization")]));
    }

    #[test]
    fn services_go_before_what_no_policy_is_asked_of() {
        let reset = IamPermission { permission: Some("reset".to_owned()), ..one("", "allowed") };
        let mut groups = [one("", "open"), reset, one("iam", "open"), one("dns", "open")]
            .map(|one| Group::of(&one));
        groups.sort();
        let of = |name: &str| Group::Service(name.to_owned());
        assert_eq!(groups, [of("dns"), of("iam"), Group::Permission, Group::Nothing]);
    }
}
