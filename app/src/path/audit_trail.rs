//! Addresses of the audit trail and of who hears of it.

use super::{query, with_query};
use serde::Serialize;
use std::fmt::Display;

pub fn audit_trail() -> String {
    "/audit-trail".to_owned()
}

pub fn audit_trail_where<F: Serialize>(filters: &F) -> String {
    format!("{}{}", audit_trail(), query(filters))
}

/// All that the trail has of one thing.
pub fn audit_trail_of(id: impl Display) -> String {
    with_query(audit_trail(), &[("subject-id", &id.to_string())])
}

/// The same of what goes by a name, which other kinds of things may have, too.
pub fn audit_trail_of_named(kind: &str, name: &str) -> String {
    with_query(audit_trail(), &[("resource", kind), ("subject-id", name)])
}

pub fn webhooks() -> String {
    format!("{}/webhooks", audit_trail())
}

pub fn webhook(id: domain::WebhookId) -> String {
    format!("{}/{id}", webhooks())
}

/// The page that edits a webhook, or asks before it is deleted.
pub fn webhook_act(id: domain::WebhookId, act: &str) -> String {
    format!("{}/{act}", webhook(id))
}

/// The signed heads of the audit trail as the API answers them, to be saved.
pub fn audit_heads_file() -> String {
    format!("/v2/audit-head/hourly?limit={}", api::PAGE_MAX)
}
