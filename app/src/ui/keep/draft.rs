//! What was typed into a form and not sent, as it is kept in the browser: by person, organization
//! and form, for a day.
//!
//! Never kept: passwords, user data and keys (what `data-secret` marks), and what is typed to confirm.

use super::controls::Changed;
use crate::visit::visit;
use domain::Timestamp;
use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use web_sys::Storage;

/// How long what was typed is kept.
const KEPT_FOR: Duration = Duration::from_secs(24 * 3_600);
/// Longest draft; what is longer is guarded like a secret.
const CHARACTERS_MAX: usize = 65_536;
/// Drafts of one person. Beyond it the oldest one goes.
const DRAFTS_MAX: usize = 30;
const PREFIX: &str = "couloir-draft ";

/// What was typed into one form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub at: Timestamp,
    /// Where the form stands.
    pub page: String,
    /// What the page is called.
    pub name: String,
    pub fields: Vec<Changed>,
    /// What the fields had when the form was opened: it may have been changed since by others.
    pub was: Vec<(String, String)>,
    /// Something secret was typed, too.
    pub secret: bool,
}

/// The key of a form's draft; none for who is not signed in.
pub fn key(action: &str, path: &[(String, String)]) -> Option<String> {
    let me = visit().me?;
    let path: Vec<_> = path.iter().map(|(_, value)| value.as_str()).collect();
    Some(format!("{PREFIX}{} {} {action} {}", me.email, me.organization.id, path.join(" ")))
}

/// The draft of a form, unless it is too old.
pub fn find(key: &str) -> Option<Draft> {
    let draft: Draft = serde_json::from_str(&storage()?.get_item(key).ok()??).ok()?;
    is_fresh(draft.at, now()).then_some(draft)
}

/// Keeps a draft. Whether it is kept: a browser may refuse, and so do limits.
pub fn keep(key: &str, draft: &Draft) -> bool {
    // What was put back was typed when it was typed.
    if find(key).is_some_and(|kept| kept.fields == draft.fields && kept.secret == draft.secret) {
        return true;
    }
    let text = serde_json::to_string(draft).unwrap_or_default();
    let fits = text.len() <= CHARACTERS_MAX;
    fits && storage().is_some_and(|storage| storage.set_item(key, &text).is_ok())
}

pub fn drop(key: &str) {
    if let Some(storage) = storage() {
        // What is not there need not go.
        let _ = storage.remove_item(key);
    }
}

/// Drops what is too old, too much, or of somebody else: who signs in finds nobody's words.
pub fn sweep() {
    let own = visit().me.map(|me| format!("{PREFIX}{} ", me.email));
    let mut kept = Vec::new();
    for key in keys() {
        match find(&key).filter(|_| own.as_deref().is_some_and(|own| key.starts_with(own))) {
            Some(draft) => kept.push((draft.at, key)),
            None => drop(&key),
        }
    }
    kept.sort_unstable();
    let surplus = kept.len().saturating_sub(DRAFTS_MAX);
    kept.iter().take(surplus).for_each(|(_, key)| drop(key));
}

/// Drops everything: somebody signs out.
pub fn drop_all() {
    keys().iter().for_each(|key| drop(key));
}

pub fn now() -> Timestamp {
    Timestamp((js_sys::Date::now() * 1_000.0) as i64)
}

fn is_fresh(at: Timestamp, now: Timestamp) -> bool {
    now.since(at) <= KEPT_FOR
}

fn keys() -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let length = storage.length().unwrap_or_default();
    let keys = (0..length).filter_map(|at| storage.key(at).ok().flatten());
    keys.filter(|key| key.starts_with(PREFIX)).collect()
}

/// None in a browser that keeps nothing.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_kept_for_a_day() {
        let at = Timestamp(0);
        assert!(is_fresh(at, at.plus(KEPT_FOR)));
        assert!(!is_fresh(at, at.plus(KEPT_FOR + Duration::from_secs(1))));
    }
}
