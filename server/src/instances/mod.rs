//! Instances: what can be asked of them. The work itself is in [`jobs`].

mod again;
mod create;
pub mod jobs;
pub mod list;
mod password;
pub mod plan;
mod put_back;
mod recovery;
mod row;
pub mod store;
mod update;
mod wire;
mod work;

pub use again::again;
pub use create::create;
pub use list::{check_question, list, matching};
pub use password::{reset_password, reveal_password};
pub use put_back::put_back;
pub use recovery::{expunge_expired, recover, soft_delete};
pub use row::InstanceRow;
pub use update::{protect, reset_field, unprotect, update};
pub use wire::show;

use crate::{
    act::{Act, Subject},
    call::Call,
    error::{Error, Result},
    operations::{self, Was},
    quotas, snapshots, templates,
    view::View,
};
use api::{
    Instance, Nothing, Operation, ResetInstance, ResizeInstanceDisk, RevertInstanceToSnapshot,
    ScaleInstance, StartInstance,
};
use domain::{
    InstanceId,
    instance::{InstanceState, Verb},
    instance_type::{InstanceType, TypeError},
    price,
    quota::QuotaResource,
};
use plan::Plan;
use serde_json::json;

/// An instance that the call may see.
pub async fn load(view: &View, id: InstanceId) -> Result<InstanceRow> {
    let mut db = view.cloud.db.read().await?;
    visible(view, store::get(&mut db, view.org()?, id).await?)
}

fn visible(call: &Call, found: Option<InstanceRow>) -> Result<InstanceRow> {
    found
        .filter(|i| call.zone().is_none_or(|zone| zone == i.zone))
        .ok_or_else(|| Error::not_found("instance"))
}

/// An instance that an act is about; `verb` must be possible now.
pub async fn subject(act: &mut Act, param: &str, verb: Verb) -> Result<InstanceRow> {
    let (org, id) = (act.org()?, act.param(param)?);
    let found = store::get_for_change(act, org, id).await?;
    let row = visible(act, found)?;
    act.expect_version("instance", row.id, row.version).await?;
    act.about(Subject::new("instance", row.id, &row.name));
    row.situation().permits(verb).map_err(|refusal| {
        let operation = row.operation.map_or_else(String::new, |o| format!(" (operation {o})"));
        let busy =
            if refusal == domain::instance::Refusal::Busy { operation } else { String::new() };
        Error::Conflict(format!("The instance {:?} can't do this now: {refusal}{busy}.", row.name))
    })?;
    Ok(row)
}

/// The type that a row names. A type that left the catalogue is a fault of the operator.
fn type_of(call: &Call, row: &InstanceRow) -> Result<InstanceType> {
    let found = call.cloud.catalogue.find(row.instance_type).cloned();
    found.ok_or_else(|| {
        Error::Unavailable(format!(
            "The type of this instance is not in the catalogue any more ({}): the operator must put it back.",
            row.instance_type
        ))
    })
}

/// Accepts work on an instance: its state at once, the rest by the worker.
async fn start_work(
    act: &mut Act,
    row: &InstanceRow,
    state: InstanceState,
    step: &str,
    plan: &Plan,
) -> Result<Operation> {
    start_work_after(act, row, Some(row.was(Vec::new())), state, step, plan).await
}

/// The same, where more than the row changes with it, or what was can't be brought back.
async fn start_work_after(
    act: &mut Act,
    row: &InstanceRow,
    was: Option<Was>,
    state: InstanceState,
    step: &str,
    plan: &Plan,
) -> Result<Operation> {
    let new = operations::New { step, zone: Some(&row.zone), lock: row.id.0, data: plan, was };
    let operation = operations::start(act, new).await?;
    store::begin(act, row.id, state, operation.id).await?;
    act.new_version(row.version + 1);
    act.changed("instance", row.id, Some(state.as_str()));
    let of = type_of(act, row)?;
    let (to, disk_gib) = match plan {
        Plan::Scale { to, .. } => (act.cloud.catalogue.find(*to).cloned(), row.disk_gib),
        Plan::Resize { disk_gib } | Plan::Reset { disk_gib, .. } => (None, *disk_gib),
        _ => (None, row.disk_gib),
    };
    let prices = act.cloud.catalogue.prices;
    let after = price::instance(&prices, &to.unwrap_or(of), disk_gib, plan.ends_as());
    let (before, after) = (act.price(row.metered)?, act.price(after)?);
    act.price_effect(before, after);
    Ok(operation)
}

/// `get-instance`
pub async fn get(view: &View, _: Nothing) -> Result<Instance> {
    let row = load(view, view.param("id")?).await?;
    view.version(row.version);
    wire::detail(view, row).await
}

/// `start-instance`
pub async fn start(act: &mut Act, input: StartInstance) -> Result<Operation> {
    if input.rescue_profile.is_some() {
        return Err(Error::field(
            "rescue-profile",
            "is not possible here: instances are containers",
        ));
    }
    let row = subject(act, "id", Verb::Start).await?;
    start_work(act, &row, InstanceState::Starting, "run", &Plan::Start).await
}

/// `stop-instance`
pub async fn stop(act: &mut Act, _: Nothing) -> Result<Operation> {
    let row = subject(act, "id", Verb::Stop).await?;
    start_work(act, &row, InstanceState::Stopping, "run", &Plan::Stop).await
}

/// `reboot-instance`
pub async fn reboot(act: &mut Act, _: Nothing) -> Result<Operation> {
    let row = subject(act, "id", Verb::Reboot).await?;
    start_work(act, &row, InstanceState::Starting, "halt", &Plan::Reboot).await
}

/// `scale-instance`
pub async fn scale(act: &mut Act, input: ScaleInstance) -> Result<Operation> {
    let row = subject(act, "id", Verb::Scale).await?;
    let from = type_of(act, &row)?;
    let to = find_type(act, input.instance_type.id)?;
    from.check_scale(&to, row.disk_gib).map_err(|e| match e {
        TypeError::Same(_) => Error::Conflict(format!("The instance needs no scaling: {e}.")),
        e => Error::field("instance-type.id", format!("is not possible: {e}")),
    })?;
    quotas::take(act, QuotaResource::Gpu, to.gpus - from.gpus).await?;
    act.changes(json!({ "instance-type": from.name() }), json!({ "instance-type": to.name() }))?;
    let plan = Plan::Scale { to: to.id, gpus: to.gpus - from.gpus };
    start_work(act, &row, row.state, "run", &plan).await
}

/// `resize-instance-disk`
pub async fn resize_disk(act: &mut Act, input: ResizeInstanceDisk) -> Result<Operation> {
    let row = subject(act, "id", Verb::ResizeDisk).await?;
    let (has, asked) = (row.disk_gib, input.disk_size);
    if asked <= has {
        return Err(Error::field(
            "disk-size",
            format!("is not possible: {}", TypeError::Shrink { has, asked }),
        ));
    }
    type_of(act, &row)?
        .check_disk(asked)
        .map_err(|e| Error::field("disk-size", format!("is not possible: {e}")))?;
    act.changes(json!({ "disk-size": has }), json!({ "disk-size": asked }))?;
    start_work(act, &row, row.state, "run", &Plan::Resize { disk_gib: asked }).await
}

/// `reset-instance`
pub async fn reset(act: &mut Act, input: ResetInstance) -> Result<Operation> {
    reset_and(act, input, None).await
}

/// A reset that leaves the instance running, or not; by default as it is.
async fn reset_and(act: &mut Act, input: ResetInstance, start: Option<bool>) -> Result<Operation> {
    let row = subject(act, "id", Verb::Reset).await?;
    let template = input.template.map_or(row.template, |t| t.id);
    let template = create::usable_template(act, template, &row.zone).await?;
    let disk_gib = input.disk_size.unwrap_or(row.disk_gib);
    if disk_gib < row.disk_gib {
        let e = TypeError::Shrink { has: row.disk_gib, asked: disk_gib };
        return Err(Error::field("disk-size", format!("is not possible: {e}")));
    }
    create::check_disk(&type_of(act, &row)?, &template, disk_gib)?;
    let start = start.unwrap_or(row.state != InstanceState::Stopped);
    let plan = Plan::Reset { template: template.id, disk_gib, start };
    start_work(act, &row, InstanceState::Stopping, "halt", &plan).await
}

/// `revert-instance-to-snapshot`
pub async fn revert(act: &mut Act, input: RevertInstanceToSnapshot) -> Result<Operation> {
    revert_and(act, input, None).await
}

/// A revert that leaves the instance running, or not; by default as it is.
async fn revert_and(
    act: &mut Act,
    input: RevertInstanceToSnapshot,
    start: Option<bool>,
) -> Result<Operation> {
    let row = subject(act, "instance-id", Verb::RevertSnapshot).await?;
    let org = act.org()?;
    let found = snapshots::store::get(act.db(), org, input.id).await?;
    let snapshot =
        found.filter(|s| s.instance == row.id).ok_or_else(|| Error::not_found("snapshot"))?;
    if !snapshot.state.is_usable() {
        return Err(Error::Conflict(format!(
            "The snapshot is {}: wait until it is ready.",
            snapshot.state
        )));
    }
    let start = start.unwrap_or(row.state == InstanceState::Running);
    let plan = Plan::Revert { snapshot: snapshot.id, start };
    start_work(act, &row, InstanceState::Stopping, "halt", &plan).await
}

/// `delete-instance`
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Operation> {
    let row = subject(act, "id", Verb::Delete).await?;
    // Rows are taken in the order in which jobs take them: first the subject, then the operation.
    let with_it = snapshots::store::delete_with_instance(act, row.id).await?;
    let taken_over =
        operations::store::interrupt(act, row.id.0, "The instance was deleted meanwhile.").await?;
    let took_over = !taken_over.is_empty();
    for (operation, data) in taken_over {
        act.changed("operation", operation, Some("failure"));
        // What it took from a quota beforehand; the rest is given back with the instance.
        if let Ok(Plan::Scale { gpus, .. }) = serde_json::from_value(data) {
            quotas::give_back(act, QuotaResource::Gpu, gpus).await?;
        }
    }
    // What was kept for a while is not counted any more.
    if row.recover_until.is_none() {
        quotas::will_give_back(act, QuotaResource::Instance, 1).await?;
        let gpus = type_of(act, &row)?.gpus;
        quotas::will_give_back(act, QuotaResource::Gpu, gpus).await?;
    }
    quotas::will_give_back(act, QuotaResource::Snapshot, with_it.len() as i64).await?;
    let was = (!took_over).then(|| row.was(with_it));
    let state = InstanceState::Destroying;
    start_work_after(act, &row, was, state, "run", &Plan::Delete).await
}

/// A type that may be used.
fn find_type(call: &Call, id: domain::InstanceTypeId) -> Result<InstanceType> {
    let found = call.cloud.catalogue.find(id).cloned();
    let found = found.ok_or_else(|| {
        Error::field("instance-type.id", "is not an instance type of this platform")
    })?;
    if !found.authorized {
        let e = TypeError::NotAuthorized(found.name());
        return Err(Error::field("instance-type.id", format!("can't be used: {e}")));
    }
    Ok(found)
}

/// The template that a row was made from, deleted or not.
pub async fn template_of(
    db: &mut crate::db::Connection,
    row: &InstanceRow,
) -> Result<templates::TemplateRow> {
    let found = templates::store::get_ever(db, row.template).await?;
    found.ok_or_else(|| Error::internal("an instance without a template"))
}

/// The template of an instance, whose snapshot is to become one.
pub async fn template_of_instance(act: &mut Act, id: InstanceId) -> Result<templates::TemplateRow> {
    let org = act.org()?;
    let row = store::get(act.db(), org, id).await?;
    let row = row.ok_or_else(|| Error::not_found("instance"))?;
    template_of(act.db(), &row).await
}
