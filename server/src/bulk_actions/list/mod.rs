//! Bulk actions as people see them: one, the newest first, and what became of each instance.

mod store;

pub use store::find;

use crate::{
    error::{Error, Result},
    page,
    view::View,
};
use api::{BulkAction, BulkActions, BulkItems, ListBulkActions, ListBulkItems, Nothing};
use domain::bulk::BulkItemState;

/// `list-bulk-actions`
pub async fn list(view: &View, input: ListBulkActions) -> Result<BulkActions> {
    const NAME: &str = "bulk-actions";
    let limit = page::limit(input.limit)?.unwrap_or(api::PAGE_DEFAULT);
    let after = page::decode(input.cursor.as_deref(), NAME, page::SortKind::Int)?;
    let (bulk_actions, next) = store::list(view, limit, after.as_ref()).await?;
    if let Some(next) = next {
        view.next_page(page::encode(NAME, &next));
    }
    Ok(BulkActions { bulk_actions })
}

/// `get-bulk-action`
pub async fn get(view: &View, _: Nothing) -> Result<BulkAction> {
    let mut db = view.cloud.db.read().await?;
    let found = store::find(&mut db, view.org()?, view.param("id")?).await?;
    found.ok_or_else(|| Error::not_found("bulk action"))
}

/// `list-bulk-items`
pub async fn items(view: &View, input: ListBulkItems) -> Result<BulkItems> {
    let bulk = get(view, Nothing {}).await?;
    let name = format!("bulk-items {} {}", bulk.id, input.state.map_or("", BulkItemState::as_str));
    let limit = page::limit(input.limit)?.unwrap_or(api::PAGE_DEFAULT);
    let after = page::decode(input.cursor.as_deref(), &name, page::SortKind::Int)?;
    let (items, next) = store::items(view, bulk.id, input.state, limit, after.as_ref()).await?;
    if let Some(next) = next {
        view.next_page(page::encode(&name, &next));
    }
    Ok(BulkItems { items })
}
