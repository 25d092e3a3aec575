//! Operations as people see them: one, or the newest first.

mod store;

use crate::{
    error::{Error, Result},
    page,
    view::View,
};
use api::{ListOperations, Nothing, Operation, Operations};

/// `get-operation`
pub async fn get(view: &View, _: Nothing) -> Result<Operation> {
    let found = store::get(view.cloud.db.reader(), view.org()?, view.param("id")?).await?;
    let detail = found.ok_or_else(|| Error::not_found("operation"))?;
    Ok(Operation {
        id: detail.id,
        state: detail.state,
        reason: detail.reason,
        message: detail.message,
        reference: detail.reference,
    })
}

/// `list-operations`
pub async fn list(view: &View, input: ListOperations) -> Result<Operations> {
    if let Some(kind) = &input.operation {
        let takes_time = api::find(kind).is_some_and(|e| e.kind == api::Kind::Task);
        if !takes_time {
            let what = format!("is {kind:?}, which is not an operation that takes time");
            return Err(Error::field("operation", what));
        }
    }
    let limit = page::limit(input.limit)?.unwrap_or(api::PAGE_DEFAULT);
    let after = page::decode(input.cursor.as_deref(), "operations", page::SortKind::Int)?;
    let (operations, next) = store::list(view, &input, limit, after.as_ref()).await?;
    if let Some(next) = next {
        view.next_page(page::encode("operations", &next));
    }
    let total = store::count(view, &input).await?;
    Ok(Operations { operations, total })
}
