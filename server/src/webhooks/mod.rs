//! Webhooks: addresses that are told of events of the audit trail, signed, in order, until they take it.

pub mod deliveries;
pub mod message;
mod send;
mod stop;
mod store;
mod work;

pub use work::{deliver, run};

use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    view::View,
};
use api::{
    CreateWebhook, Done, Nothing, UpdateWebhook, Webhook, WebhookCreated, WebhookFilter,
    WebhookSecret, Webhooks,
};
use domain::{WebhookId, name, webhook::WebhookState};
use serde_json::{Value, json};
use std::time::Duration;
use store::Row;

const WEBHOOKS_MAX: i64 = 20;
const NAME_CHARACTERS_MAX: usize = 60;
const FILTERED_MAX: usize = 100;
/// For how long the secret of before signs, too.
const SECRETS_OVERLAP: Duration = Duration::from_secs(24 * 3_600);

/// `list-webhooks`
pub async fn list(view: &View, _: Nothing) -> Result<Webhooks> {
    let mut db = view.cloud.db.read().await?;
    let rows = store::list(&mut db, view.org()?).await?;
    Ok(Webhooks { webhooks: rows.iter().map(|row| row.shown(view)).collect() })
}

/// `get-webhook`
pub async fn get(view: &View, _: Nothing) -> Result<Webhook> {
    let mut db = view.cloud.db.read().await?;
    let row = store::get(&mut db, view.org()?, view.param("id")?).await?;
    let row = row.ok_or_else(|| Error::not_found("webhook"))?;
    view.version(row.version);
    Ok(row.shown(view))
}

/// `create-webhook`
pub async fn create(act: &mut Act, input: CreateWebhook) -> Result<WebhookCreated> {
    let name = check_name(&input.name)?;
    check_url(act, &input.url)?;
    let filter = input.filter.unwrap_or_default();
    check_filter(&filter)?;
    if store::count(act).await? >= WEBHOOKS_MAX {
        return Err(Error::Conflict(format!(
            "There are {WEBHOOKS_MAX} webhooks in this organization: delete one that is not used."
        )));
    }
    let id: WebhookId = act.new_id();
    let secret = message::new_secret();
    let sealed = act.cloud.sealer.seal(&scope(id), secret.as_bytes());
    store::insert(act, id, &name, &input.url, &filter, &sealed).await?;
    act.about(Subject::new("webhook", id, &name));
    act.changed("webhook", id, None);
    Ok(WebhookCreated { id, name, secret })
}

/// `update-webhook`
pub async fn update(act: &mut Act, input: UpdateWebhook) -> Result<Webhook> {
    let mut row = of_path(act).await?;
    act.expect_version("webhook", row.id, row.version).await?;
    let was = fields(&row);
    if let Some(name) = &input.name {
        row.name = check_name(name)?;
    }
    if let Some(url) = input.url {
        check_url(act, &url)?;
        row.url = url;
        row.try_at_once();
    }
    if let Some(filter) = input.filter {
        check_filter(&filter)?;
        row.filter = filter;
    }
    match input.paused {
        Some(true) if row.state == WebhookState::Active => row.state = WebhookState::Paused,
        Some(false) if row.state != WebhookState::Active => {
            row.state = WebhookState::Active;
            row.try_at_once();
        }
        _ => {}
    }
    row.version += 1;
    store::update(act, &row).await?;
    act.changes(was, fields(&row))?;
    act.about(Subject::new("webhook", row.id, &row.name));
    act.changed("webhook", row.id, None);
    act.new_version(row.version);
    Ok(row.shown(act))
}

/// What can be changed, as the API calls it.
fn fields(row: &Row) -> Value {
    json!({ "name": row.name, "url": row.url, "filter": row.filter, "state": row.state })
}

/// `delete-webhook`
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Done> {
    let row = of_path(act).await?;
    act.expect_version("webhook", row.id, row.version).await?;
    store::delete(act, row.id).await?;
    act.about(Subject::new("webhook", row.id, row.name));
    act.changed("webhook", row.id, Some("deleted"));
    Ok(Done {})
}

/// `rotate-webhook-secret`
pub async fn rotate(act: &mut Act, _: Nothing) -> Result<WebhookSecret> {
    let row = of_path(act).await?;
    act.expect_version("webhook", row.id, row.version).await?;
    let secret = message::new_secret();
    let sealed = act.cloud.sealer.seal(&scope(row.id), secret.as_bytes());
    let previous_until = act.now().plus(SECRETS_OVERLAP);
    store::rotate(act, row.id, &sealed, previous_until).await?;
    act.about(Subject::new("webhook", row.id, &row.name));
    act.changed("webhook", row.id, None);
    act.new_version(row.version + 1);
    Ok(WebhookSecret { secret, previous_until })
}

/// What a secret is sealed for.
fn scope(id: WebhookId) -> String {
    format!("webhook {id}")
}

async fn of_path(act: &mut Act) -> Result<Row> {
    let (org, id) = (act.org()?, act.param("id")?);
    store::get(act.db(), org, id).await?.ok_or_else(|| Error::not_found("webhook"))
}

fn check_name(given: &str) -> Result<String> {
    let given = given.trim();
    name::check(given)
        .and_then(|()| name::check_text(given, NAME_CHARACTERS_MAX))
        .map_err(|e| Error::field("name", e))?;
    Ok(given.to_owned())
}

fn check_url(act: &Act, url: &str) -> Result<()> {
    act.cloud.outbound.target(url).map(|_| ()).map_err(|what| Error::field("url", what))
}

fn check_filter(filter: &WebhookFilter) -> Result<()> {
    let lengths = [
        ("filter.operations", filter.operations.as_ref().map(Vec::len)),
        ("filter.resources", filter.resources.as_ref().map(Vec::len)),
        ("filter.results", filter.results.as_ref().map(Vec::len)),
    ];
    for (field, length) in lengths {
        if length.is_some_and(|length| length > FILTERED_MAX) {
            return Err(Error::field(field, format!("has more than {FILTERED_MAX} entries")));
        }
    }
    let operations = filter.operations.iter().flatten();
    if let Some(unknown) = operations.into_iter().find(|name| !message::is_told(name)) {
        let what = format!("has {unknown:?}, which is no operation that changes something");
        return Err(Error::field("filter.operations", what));
    }
    let resources = filter.resources.iter().flatten();
    if let Some(unknown) = resources.into_iter().find(|name| !message::is_kind(name)) {
        let what = format!("has {unknown:?}, which no operation is about");
        return Err(Error::field("filter.resources", what));
    }
    Ok(())
}
