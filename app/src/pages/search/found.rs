//! A find in words: what it is called, what it is, and where it is shown.

use super::acts::list;
use crate::{
    pages::operations::name as operation_name,
    path,
    text::{search as text, states, t},
    ui::{Icon, icons},
};
use api::SearchHit;
use domain::search::SearchKind;

/// Operations are called by what they do.
pub fn name(hit: &SearchHit) -> String {
    match hit.kind {
        SearchKind::Operation | SearchKind::BulkAction => operation_name(&hit.name),
        _ => hit.name.clone(),
    }
}

/// `Instance · Running · ch-gva-2 · 203.0.113.7`
pub fn hint(hit: &SearchHit) -> String {
    let kind = t(text::kind(hit.kind)).to_owned();
    // Where a view leads is no line for people.
    let detail = hit.detail.clone().filter(|_| hit.kind != SearchKind::SavedView);
    let parts = [Some(kind), state(hit), hit.zone.clone(), detail];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn state(hit: &SearchHit) -> Option<String> {
    let state = hit.state.as_deref()?;
    let words = match hit.kind {
        SearchKind::Instance => states::instance(state.parse().ok()?),
        SearchKind::Snapshot => states::snapshot(state.parse().ok()?),
        SearchKind::Operation => states::operation(state.parse().ok()?),
        _ => return None,
    };
    Some(t(words).to_owned())
}

pub fn icon(kind: SearchKind) -> Icon {
    match kind {
        SearchKind::Instance => icons::SERVER,
        SearchKind::Template => icons::LAYERS,
        SearchKind::Snapshot => icons::CAMERA,
        SearchKind::SavedView => icons::FILTER,
        SearchKind::SshKey => icons::KEY_ROUND,
        SearchKind::ApiKey => icons::KEY,
        SearchKind::Operation | SearchKind::BulkAction => icons::ACTIVITY,
        SearchKind::Organization => icons::HOUSE,
    }
}

/// Where it is shown.
pub fn to(hit: &SearchHit) -> String {
    match hit.kind {
        SearchKind::Instance => path::instance(&hit.id),
        SearchKind::Template => path::template(&hit.id),
        SearchKind::Snapshot => path::snapshot(&hit.id),
        SearchKind::SavedView => {
            path::list_asking(list(hit), hit.query.as_deref().unwrap_or_default())
        }
        SearchKind::SshKey => path::ssh_keys(),
        SearchKind::ApiKey => path::api_keys(),
        SearchKind::Operation => path::operation(&hit.id),
        SearchKind::BulkAction => path::bulk_action(&hit.id),
        SearchKind::Organization => path::home(),
    }
}
