//! What was used last, in this tab and by this person: it is theirs, and goes with the tab.

use super::entries::{Does, Entry, entry};
use crate::{ui::icons, visit::visit};
use leptos::prelude::*;
use web_sys::Storage;

const KEPT: usize = 5;

fn storage() -> Option<(Storage, String)> {
    let me = visit().me?;
    let storage = window().session_storage().ok().flatten()?;
    Some((storage, format!("couloir-recent {} {}", me.organization.id, me.email)))
}

/// Labels and addresses, the last first.
fn read() -> Vec<(String, String)> {
    let text = storage().and_then(|(storage, name)| storage.get_item(&name).ok().flatten());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

pub fn keep(label: &str, to: &str) {
    let mut used = read();
    used.retain(|(_, of)| of != to);
    used.insert(0, (label.to_owned(), to.to_owned()));
    used.truncate(KEPT);
    if let (Some((storage, name)), Ok(text)) = (storage(), serde_json::to_string(&used)) {
        // A browser that keeps nothing has nothing to show.
        let _ = storage.set_item(&name, &text);
    }
}

pub fn entries() -> Vec<Entry> {
    read().into_iter().map(|(label, to)| entry(label, icons::CLOCK, Does::Go(to))).collect()
}
