//! Addresses of instances, alone and many at once.

use super::{query, with_query};
use serde::Serialize;
use std::fmt::Display;

pub fn instances() -> String {
    "/instances".to_owned()
}

/// The list with its filters.
pub fn instances_where<F: Serialize>(filters: &F) -> String {
    format!("{}{}", instances(), query(filters))
}

pub fn instance_create() -> String {
    "/instances/create".to_owned()
}

/// The page that asks before the same is done to many.
pub fn instances_bulk() -> String {
    "/instances/bulk".to_owned()
}

/// The same page, with what it is asked as the address has it.
pub fn instances_bulk_asking(query: &str) -> String {
    format!("{}{query}", instances_bulk())
}

pub fn instance(id: impl Display) -> String {
    format!("/instances/{id}")
}

/// A tab of an instance; the empty one is its overview.
pub fn instance_tab(id: impl Display, tab: &str) -> String {
    if tab.is_empty() { instance(id) } else { format!("/instances/{id}/{tab}") }
}

/// The way into an instance, with its password shown.
pub fn instance_password(id: impl Display) -> String {
    with_query(instance_tab(id, "connect"), &[("password", "shown")])
}

/// The page that asks before something is done with a snapshot of an instance.
pub fn instance_snapshot(id: impl Display, act: &str, snapshot: impl Display) -> String {
    with_query(instance_confirm(id, act), &[("snapshot", &snapshot.to_string())])
}

/// The page that asks before something is done to an instance.
pub fn instance_confirm(id: impl Display, act: &str) -> String {
    format!("/instances/{id}/confirm/{act}")
}

/// The form of a new instance, with this template chosen.
pub fn instance_create_from(zone: &str, template: impl Display) -> String {
    with_query(instance_create(), &[("zone", zone), ("template", &template.to_string())])
}

pub fn bulk_actions() -> String {
    "/bulk-actions".to_owned()
}

pub fn bulk_actions_where<F: Serialize>(filters: &F) -> String {
    format!("{}{}", bulk_actions(), query(filters))
}

/// What has become of the same asked of many; `{reference}` stands for one that is not known yet.
pub fn bulk_action(id: impl Display) -> String {
    format!("{}/{id}", bulk_actions())
}

/// What was done to a bulk action.
pub fn bulk_action_activity(id: impl Display) -> String {
    format!("{}/activity", bulk_action(id))
}

pub fn bulk_action_where<F: Serialize>(id: impl Display, filters: &F) -> String {
    format!("{}{}", bulk_action(id), query(filters))
}
