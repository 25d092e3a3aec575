//! Everything but instances: there is less of it.

mod store;

use super::{Search, can};
use crate::error::Result;
use api::SearchHit;
use domain::{list::List, search::SearchKind};
use store::Row;

pub async fn find(search: &Search<'_>, kind: SearchKind) -> Result<Vec<SearchHit>> {
    let rows = store::find(search, kind).await?;
    Ok(rows.into_iter().map(|row| hit(search, kind, row)).collect())
}

fn hit(search: &Search<'_>, kind: SearchKind, row: Row) -> SearchHit {
    let Row { id, name, state, zone, about, instance, own } = row;
    let said = |text: String| Some(text).filter(|text| !text.is_empty());
    let can = can::other(kind, &state, own);
    let view = kind == SearchKind::SavedView;
    let hit = search.hit(kind, id, name);
    SearchHit {
        can,
        state: said(state),
        zone: said(zone),
        instance: instance.parse().ok(),
        list: view.then_some(List::Instances),
        query: view.then(|| about.clone()),
        detail: said(about),
        ..hit
    }
}
