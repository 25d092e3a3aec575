//! Work on templates: publishing one from a snapshot, deleting one.

use super::store;
use crate::{
    operations::job::{Job, Next, StepError},
    quotas, snapshots,
    usage::{self, Meter},
};
use domain::{SnapshotId, TemplateId, operation::Reason, quota::QuotaResource, template};
use serde::{Deserialize, Serialize};

/// What an operation on a template is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "plan", rename_all = "kebab-case")]
pub enum Work {
    Publish { snapshot: SnapshotId },
    Delete,
}

pub async fn run(job: &mut Job) -> Result<Next, StepError> {
    match job.data()? {
        Work::Publish { snapshot } => publish(job, snapshot).await,
        Work::Delete => delete(job).await,
    }
}

async fn row(job: &Job, id: TemplateId) -> Result<store::TemplateRow, StepError> {
    let mut db = job.cloud.db.read().await?;
    let found = store::get_ever(&mut db, id).await?;
    found.ok_or_else(|| StepError::Impossible(Reason::NotFound, "the template is gone".into()))
}

async fn publish(job: &Job, snapshot: SnapshotId) -> Result<Next, StepError> {
    let id: TemplateId = job.subject()?;
    let template = row(job, id).await?;
    let pool = job.cloud.db.reader();
    let found = snapshots::store::read(pool, job.task.org, snapshot).await?;
    let gone = || StepError::Impossible(Reason::NotFound, "the snapshot is gone".into());
    let snapshot = found.ok_or_else(gone)?;
    let instance = snapshots::store::engine_name_of_instance(pool, snapshot.instance).await?;
    let instance = instance.ok_or_else(gone)?;
    let engine = job.engine()?;
    engine.publish(&instance, &snapshot.engine_name, &template.image).await?;
    // Asked again, an engine that has the image says its size, and one that lied makes it now.
    let info = engine.publish(&instance, &snapshot.engine_name, &template.image).await?;
    let mut act = job.act().await?;
    store::finish(&mut act, id, info.size_bytes).await?;
    let gib = template::disk_gib_needed(info.size_bytes).max(1);
    let meter = Meter {
        resource_kind: "template",
        resource_id: id.to_string(),
        zone: template.zone,
        product: "template".to_owned(),
        quantity: gib,
        price: job.cloud.catalogue.prices.template_gib.times(gib),
    };
    usage::open(&mut act, &meter).await?;
    act.changed("template", id, Some("ready"));
    job.end(act, Ok(None)).await?;
    Ok(Next::Done)
}

async fn delete(job: &Job) -> Result<Next, StepError> {
    let id: TemplateId = job.subject()?;
    let template = row(job, id).await?;
    job.engine()?.delete_image(&template.image).await?;
    let mut act = job.act().await?;
    if store::delete(&mut act, id).await? {
        usage::close(&mut act, &id.to_string(), "template").await?;
        quotas::give_back(&mut act, QuotaResource::Template, 1).await?;
    }
    act.changed("template", id, Some("deleted"));
    job.end(act, Ok(None)).await?;
    Ok(Next::Done)
}

/// A template that was never made is not counted, and leaves no image behind: an engine that does
/// not answer keeps the operation from ending. One that could not be deleted stays as it was.
pub async fn fail(job: &Job, error: &StepError) -> Result<(), StepError> {
    let id: TemplateId = job.subject()?;
    let was_publishing = !matches!(job.data(), Ok(Work::Delete));
    if was_publishing
        && let (Ok(template), Ok(engine)) = (row(job, id).await, job.engine())
        && let Err(again) = engine.delete_image(&template.image).await
        && again.is_worth_retrying()
    {
        return Err(again.into());
    }
    let mut act = job.act().await?;
    if !was_publishing {
        store::set_state(&mut act, id, "ready").await?;
    } else if store::delete(&mut act, id).await? {
        quotas::give_back(&mut act, QuotaResource::Template, 1).await?;
    }
    act.changed("template", id, None);
    job.end(act, Err((error.reason(), error.to_string()))).await
}
