//! Snapshots: taken of an instance's disk, dying with it.

mod again;
pub mod jobs;
mod put_back;
pub mod store;

use crate::{
    act::{Act, Subject},
    cloud::Cloud,
    download,
    error::{Error, Result},
    instances,
    operations::{self, Was},
    quotas, random,
    templates::{self, TemplateRow},
    usage,
    view::View,
};
pub use again::again;
use api::{
    InstanceRef, ListSnapshots, Nothing, Operation, PromoteSnapshot, Snapshot, SnapshotExport,
    Snapshots,
};
use domain::{
    InstanceId, TemplateId, Timestamp, instance::Verb, name, quota::QuotaResource,
    snapshot::SnapshotState,
};
pub use put_back::{bring_back, put_back};
use std::time::Duration;
pub use store::SnapshotRow;

const DESCRIPTION_CHARACTERS_MAX: usize = 4_096;

/// How long an exported file can be downloaded.
const FILE_LIFETIME: Duration = Duration::from_secs(3_600);

/// What an operation on a snapshot is to do.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(tag = "plan", rename_all = "kebab-case")]
pub enum Plan {
    Create,
    Delete,
    Export,
}

/// `list-snapshots`
pub async fn list(view: &View, input: ListSnapshots) -> Result<Snapshots> {
    let zone = view.zone_asked(input.zone.as_deref())?;
    let q = input.q.map(|q| q.trim().to_lowercase());
    let question = store::Question { zone, state: input.state, instance: input.instance_id, q };
    let rows = store::list(view.cloud.db.reader(), view.org()?, &question).await?;
    Ok(Snapshots { snapshots: rows.iter().map(|row| wire(view, row)).collect() })
}

/// `get-snapshot`
pub async fn get(view: &View, _: Nothing) -> Result<Snapshot> {
    let found = store::read(view.cloud.db.reader(), view.org()?, view.param("id")?).await?;
    let row = found.filter(|s| view.zone().is_none_or(|zone| zone == s.zone));
    let row = row.ok_or_else(|| Error::not_found("snapshot"))?;
    view.version(row.version);
    Ok(wire(view, &row))
}

fn wire(view: &View, row: &SnapshotRow) -> Snapshot {
    // A file that was there is no reason to give it away.
    let lives = |until: &Timestamp| *until > view.now() && !view.is_of_the_past();
    let export = row.export_md5.clone().map(|md5| SnapshotExport {
        presigned_url: row.export_until.filter(lives).map(|until| {
            view.shows_secret();
            download::address(&view.cloud, row.id.0, "", until)
        }),
        md5sum: Some(md5),
    });
    Snapshot {
        id: row.id,
        name: row.name.clone(),
        state: row.state,
        created_at: row.created,
        size: row.size_gib,
        instance: Some(InstanceRef { id: row.instance, name: row.instance_name.clone() }),
        export,
        application_consistent: false,
        zone: Some(row.zone.clone()),
        reason: row.reason.clone(),
    }
}

/// `create-snapshot`
pub async fn create(act: &mut Act, _: Nothing) -> Result<Operation> {
    let instance = instances::subject(act, "id", Verb::CreateSnapshot).await?;
    quotas::take(act, QuotaResource::Snapshot, 1).await?;
    let id: domain::SnapshotId = act.new_id();
    let row = SnapshotRow {
        id,
        zone: instance.zone.clone(),
        instance: instance.id,
        instance_name: Some(instance.name.clone()),
        engine_name: format!("snapshot-{id}"),
        name: format!("{}_{}", instance.name.chars().take(200).collect::<String>(), act.now()),
        state: SnapshotState::Snapshotting,
        size_gib: instance.disk_gib,
        export_md5: None,
        export_until: None,
        reason: None,
        created: act.now(),
        version: 1,
    };
    store::insert(act, &row).await?;
    let units = act.cloud.catalogue.prices.snapshot_gib.times(row.size_gib);
    let (before, after) = (act.price(Default::default())?, act.price(units)?);
    act.price_effect(before, after);
    start(act, &row, Was::Nothing, SnapshotState::Snapshotting, &Plan::Create).await
}

/// The snapshot that a parameter names, if nothing else works on it.
async fn subject(act: &mut Act, param: &str) -> Result<SnapshotRow> {
    let (org, id) = (act.org()?, act.param(param)?);
    let found = store::get(act.db(), org, id).await?;
    let row = found.filter(|s| act.zone().is_none_or(|zone| zone == s.zone));
    let row = row.ok_or_else(|| Error::not_found("snapshot"))?;
    act.expect_version("snapshot", row.id, row.version).await?;
    if row.state.is_moving() {
        return Err(Error::Conflict(format!(
            "The snapshot is {}: wait until that has ended.",
            row.state
        )));
    }
    Ok(row)
}

fn must_be_usable(row: &SnapshotRow) -> Result<()> {
    if row.state.is_usable() {
        return Ok(());
    }
    Err(Error::Conflict(format!("The snapshot is {}: only a ready one can be used.", row.state)))
}

async fn start(
    act: &mut Act,
    row: &SnapshotRow,
    was: Was,
    state: SnapshotState,
    plan: &Plan,
) -> Result<Operation> {
    act.about(Subject::new("snapshot", row.id, &row.name));
    let new = operations::New {
        step: "run",
        zone: Some(&row.zone),
        lock: row.instance.0,
        data: plan,
        was: Some(was),
    };
    let operation = operations::start(act, new).await?;
    store::set_state(act, row.id, state, None).await?;
    act.new_version(row.version + 1);
    act.changed("snapshot", row.id, Some(state.as_str()));
    Ok(operation)
}

/// `delete-snapshot`
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Operation> {
    let row = subject(act, "id").await?;
    quotas::will_give_back(act, QuotaResource::Snapshot, 1).await?;
    let units = act.cloud.catalogue.prices.snapshot_gib.times(row.size_gib);
    let (before, after) = (act.price(units)?, act.price(Default::default())?);
    act.price_effect(before, after);
    start(act, &row, Was::Snapshot(row.was()), SnapshotState::Deleting, &Plan::Delete).await
}

/// `export-snapshot`
pub async fn export(act: &mut Act, _: Nothing) -> Result<Operation> {
    let row = subject(act, "id").await?;
    must_be_usable(&row)?;
    start(act, &row, Was::Snapshot(row.was()), SnapshotState::Exporting, &Plan::Export).await
}

/// `promote-snapshot-to-template`
pub async fn promote(act: &mut Act, input: PromoteSnapshot) -> Result<Operation> {
    let row = subject(act, "id").await?;
    must_be_usable(&row)?;
    name::check(&input.name).map_err(|e| Error::field("name", e))?;
    let description = input.description.unwrap_or_default();
    name::check_text(&description, DESCRIPTION_CHARACTERS_MAX)
        .map_err(|e| Error::field("description", e))?;
    if let Some(user) = &input.default_user {
        name::check_user(user).map_err(|e| Error::field("default-user", e))?;
    }
    quotas::take(act, QuotaResource::Template, 1).await?;
    let id: TemplateId = act.new_id();
    let origin = instances::template_of_instance(act, row.instance).await?;
    let template = TemplateRow {
        id,
        org: Some(act.org()?),
        image: format!("{}{id}", engine::NAME_PREFIX),
        name: input.name,
        description,
        build: random::hex::<4>(),
        default_user: input.default_user.unwrap_or_else(|| origin.default_user.clone()),
        size_bytes: row.size_gib << 30,
        password_enabled: input.password_enabled.unwrap_or(origin.password_enabled),
        ssh_key_enabled: input.ssh_key_enabled.unwrap_or(origin.ssh_key_enabled),
        checksum: String::new(),
        state: "making".to_owned(),
        created: act.now(),
        version: 1,
        ..origin
    };
    templates::store::insert(act, &template).await?;
    act.about(Subject::new("template", id, &template.name));
    let data = templates::jobs::Work::Publish { snapshot: row.id };
    let new = operations::New {
        step: "publish",
        zone: Some(&row.zone),
        lock: row.instance.0,
        data: &data,
        was: Some(Was::Nothing),
    };
    let operation = operations::start(act, new).await?;
    let units = act.cloud.catalogue.prices.template_gib.times(row.size_gib);
    let (before, after) = (act.price(Default::default())?, act.price(units)?);
    act.price_effect(before, after);
    act.changed("template", id, Some("making"));
    Ok(operation)
}

/// Removes exported files whose hour is over.
pub async fn remove_expired_exports(cloud: &Cloud) -> Result<()> {
    let expired = store::expired_exports(cloud.db.reader(), cloud.now()).await?;
    if expired.is_empty() {
        return Ok(());
    }
    let mut housekeeping = cloud.housekeeping().await?;
    for id in &expired {
        download::remove(cloud, id.0).await;
        store::export_ended(housekeeping.db(), *id).await?;
    }
    housekeeping.commit().await
}

/// Snapshots of an instance that is gone are gone with it.
pub async fn died_with_instance(act: &mut Act, instance: InstanceId) -> Result<()> {
    let gone = store::delete_of_instance(act, instance).await?;
    for id in &gone {
        usage::close(act, &id.to_string(), "snapshot").await?;
        download::remove(&act.cloud, id.0).await;
        act.changed("snapshot", id, Some("deleted"));
    }
    quotas::give_back(act, QuotaResource::Snapshot, gone.len() as i64).await
}

/// Snapshots of an instance that could not be deleted: they can be deleted one by one.
pub async fn survived(act: &mut Act, instance: InstanceId, reason: &str) -> Result<()> {
    for id in store::survived_instance(act, instance, reason).await? {
        act.changed("snapshot", id, Some(SnapshotState::Error.as_str()));
    }
    Ok(())
}
