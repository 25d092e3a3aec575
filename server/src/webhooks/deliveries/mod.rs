//! What webhooks were told, and what is told once because somebody asks for it.

pub mod store;

use super::{self as webhooks, store::Row};
use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    page::{self, After, SortKind, SortValue},
    view::View,
};
use api::{ListWebhookDeliveries, Nothing, RedeliverWebhook, WebhookDeliveries, WebhookDelivery};
use domain::webhook::DeliveryCause;

/// Tests and repetitions that may wait at once.
const ASKED_MAX: i64 = 10;
/// What the cursor belongs to.
const LIST: &str = "webhook-deliveries";

/// `test-webhook`
pub async fn test(act: &mut Act, _: Nothing) -> Result<WebhookDelivery> {
    let row = webhooks::of_path(act).await?;
    ask(act, &row, DeliveryCause::Test, None).await
}

/// `redeliver-webhook`
pub async fn redeliver(act: &mut Act, input: RedeliverWebhook) -> Result<WebhookDelivery> {
    let row = webhooks::of_path(act).await?;
    let org = act.org()?;
    let found = store::get(act.db(), org, row.id, input.delivery).await?;
    let found = found
        .ok_or_else(|| Error::field("delivery", "is none of this webhook, or none any more"))?;
    let Some(sequence) = found.sequence else {
        return Err(Error::field("delivery", "is a test: ask for another test"));
    };
    ask(act, &row, DeliveryCause::Again, Some((sequence, found.operation.unwrap_or_default())))
        .await
}

/// Something that is sent once, beside the events, also while they wait.
async fn ask(
    act: &mut Act,
    row: &Row,
    cause: DeliveryCause,
    event: Option<(i64, String)>,
) -> Result<WebhookDelivery> {
    if store::asked(act, row.id).await? >= ASKED_MAX {
        return Err(Error::Conflict(format!(
            "{ASKED_MAX} deliveries that were asked for are waiting already: wait until they have ended."
        )));
    }
    let delivery = store::ask(act, row.id, cause, event).await?;
    act.about(Subject::new("webhook", row.id, &row.name));
    act.changed("webhook", row.id, None);
    Ok(delivery)
}

/// `list-webhook-deliveries`
pub async fn list(view: &View, input: ListWebhookDeliveries) -> Result<WebhookDeliveries> {
    let limit = page::limit(input.limit)?.unwrap_or(api::PAGE_DEFAULT);
    let after = page::decode(input.cursor.as_deref(), LIST, SortKind::Int)?;
    let mut db = view.cloud.db.read().await?;
    let (org, id) = (view.org()?, view.param("id")?);
    webhooks::store::get(&mut db, org, id).await?.ok_or_else(|| Error::not_found("webhook"))?;
    let mut found = store::page(&mut db, org, id, input.state, after.as_ref(), limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    if found.len() > wanted {
        found.truncate(wanted);
        if let Some(last) = found.last() {
            let value = SortValue::Int(last.created_at.0);
            view.next_page(page::encode(LIST, &After { value, id: last.id.to_string() }));
        }
    }
    Ok(WebhookDeliveries { webhook_deliveries: found })
}
