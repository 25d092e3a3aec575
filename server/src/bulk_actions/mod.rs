//! Bulk actions: the same asked of many instances. What is to be asked is written down at once; the
//! worker asks for it one by one ([`jobs`]), as whoever started it, and what became of each stays.

pub mod jobs;
mod list;
mod store;

pub use list::{get, items, list};

use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    iam::behalf::Behalf,
    instances, operations,
};
use api::{BulkAction, CreateBulkAction, Nothing, Operation, PreviewItems};
use domain::{
    BulkActionId, InstanceId,
    bulk::{BulkVerb, ITEMS_MAX},
    money::NanoPerHour,
    price,
};
use serde::{Deserialize, Serialize};

const IDS_MAX: usize = 1_000;

/// What the operation of a bulk action works with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub behalf: Behalf,
}

/// `create-bulk-action`
pub async fn create(act: &mut Act, input: CreateBulkAction) -> Result<Operation> {
    let id: BulkActionId = act.new_id();
    store::insert(act, id, input.action).await?;
    let count = match (input.ids, input.filter) {
        (Some(ids), None) => add_named(act, id, ids).await?,
        (None, Some(filter)) => {
            let (condition, values) = instances::matching(act, filter)?;
            store::add_matching(act, id, &condition, values).await?
        }
        _ => {
            return Err(Error::invalid(
                "Say which instances: either their ids or a filter, and not both.",
            ));
        }
    };
    if count == 0 {
        return Err(Error::Conflict("No instance matches, so there is nothing to do.".into()));
    }
    if count > ITEMS_MAX {
        return Err(Error::field(
            "filter",
            format!("matches more than {ITEMS_MAX} instances: narrow it down"),
        ));
    }
    if let Some(expected) = input.expected.filter(|expected| count > *expected) {
        return Err(Error::Conflict(format!(
            "{count} instances match by now, and {expected} did when you looked: look at the list \
             again and decide."
        )));
    }
    if act.request.dry_run {
        effect(act, id, input.action).await?;
    }
    begin(act, id, input.action).await
}

/// Instances by their ids, each once.
async fn add_named(act: &mut Act, bulk: BulkActionId, ids: Vec<InstanceId>) -> Result<i64> {
    if ids.is_empty() || ids.len() > IDS_MAX {
        return Err(Error::field(
            "ids",
            format!("must name 1 to {IDS_MAX} instances; for more, send a filter"),
        ));
    }
    let mut named: Vec<InstanceId> = Vec::with_capacity(ids.len());
    for id in ids {
        if !named.contains(&id) {
            named.push(id);
        }
    }
    for (place, id) in named.iter().enumerate() {
        if !store::add_one(act, bulk, place as i64 + 1, *id).await? {
            return Err(Error::field("ids", format!("names {id}, and there is no such instance")));
        }
    }
    Ok(named.len() as i64)
}

/// How many there are, and what they cost now and when it has been done to those that permit it.
async fn effect(act: &mut Act, bulk: BulkActionId, action: BulkVerb) -> Result<()> {
    let (mut before, mut after) = (NanoPerHour(0), NanoPerHour(0));
    let mut items = PreviewItems { total: 0, refused: 0 };
    let prices = act.cloud.catalogue.prices;
    for row in store::instances(act, bulk).await? {
        items.total += 1;
        before = before.plus(row.metered);
        let of = act.cloud.catalogue.find(row.instance_type);
        after = after.plus(match (row.situation().permits(action.verb()), of) {
            (Ok(()), Some(of)) => price::instance(&prices, of, row.disk_gib, action.ends_as()),
            (refused, _) => {
                items.refused += i64::from(refused.is_err());
                row.metered
            }
        });
    }
    let (before, after) = (act.price(before)?, act.price(after)?);
    act.price_effect(before, after);
    act.items_effect(items);
    Ok(())
}

/// Hands what is queued to the worker, in the name of whoever asks now.
async fn begin(act: &mut Act, id: BulkActionId, action: BulkVerb) -> Result<Operation> {
    act.about(Subject::new("bulk-action", id, action.as_str()));
    let plan = Plan { behalf: Behalf::of(act)? };
    // It is cancelled by `cancel-bulk-action`.
    let new = operations::New { step: "ask", zone: None, lock: id.0, data: &plan, was: None };
    act.changed("bulk-action", id, None);
    operations::start(act, new).await
}

/// A bulk action that an act is about.
async fn subject(act: &mut Act) -> Result<BulkAction> {
    let (org, id) = (act.org()?, act.param("id")?);
    let found = list::find(act.db(), org, id).await?;
    found.ok_or_else(|| Error::not_found("bulk action"))
}

/// `retry-bulk-action`
pub async fn retry(act: &mut Act, _: Nothing) -> Result<Operation> {
    let bulk = subject(act).await?;
    if store::queue_failed(act, bulk.id).await? == 0 {
        return Err(Error::Conflict(
            "Nothing of it has failed, so there is nothing to retry.".into(),
        ));
    }
    begin(act, bulk.id, bulk.action).await
}

/// `cancel-bulk-action`
pub async fn cancel(act: &mut Act, _: Nothing) -> Result<Operation> {
    let bulk = subject(act).await?;
    store::cancel_queued(act, bulk.id).await?;
    act.about(Subject::new("bulk-action", bulk.id, bulk.action.as_str()));
    act.changed("bulk-action", bulk.id, None);
    operations::done(act).await
}
