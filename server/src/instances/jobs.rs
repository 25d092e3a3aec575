//! Work on instances, step by step. Every step looks before it acts, so running it twice is harmless.

use super::{password, plan::Plan, recovery, store, template_of, work::Work};
use crate::{
    act::{Act, Subject},
    error::Error,
    operations::job::{Job, Next, StepError},
    quotas, snapshots,
    usage::{self, Meter},
};
use domain::{InstanceId, instance::InstanceState, operation::Reason, quota::QuotaResource};
use engine::{EngineError, Observed, Power, Size, Stopped};
use std::time::Duration;

/// How long an engine may take to say what became of an instance whose operation failed.
const LAST_LOOK: Duration = Duration::from_secs(10);

/// Runs the present step of an operation on an instance.
pub async fn run(job: &mut Job) -> Result<Next, StepError> {
    let plan: Plan = job.data()?;
    let work = Work::of(job).await?;
    match (&plan, job.task.step.as_str()) {
        (Plan::Create { start }, step @ ("create" | "make-again")) => {
            work.engine.create(&work.spec(job)?).await?;
            // Starting it shows whether it is there, and costs no request more.
            let is_looked_at = !start || step == "make-again";
            let seen = if is_looked_at { Some(work.made().await?) } else { None };
            let mut act = job.act().await?;
            usage::open(
                &mut act,
                &Meter::disk(&work.row, work.row.disk_gib, &job.cloud.catalogue.prices),
            )
            .await?;
            if !start {
                return end(job, act, &work, InstanceState::Stopped, seen.as_ref(), None).await;
            }
            job.go_to(act, "boot").await?;
            Ok(Next::Step("boot"))
        }
        (
            Plan::Create { .. }
            | Plan::Reboot
            | Plan::Reset { .. }
            | Plan::Revert { .. }
            | Plan::Recover { .. },
            "boot",
        )
        | (Plan::Start, _) => match work.boot().await {
            Err(StepError::Engine(EngineError::NotFound(_)))
                if matches!(plan, Plan::Create { .. }) =>
            {
                make_again(job, &work).await
            }
            seen => running(job, &work, &seen?).await,
        },
        // Two steps of which each looks first: a reboot that is tried again is still one reboot.
        (Plan::Reboot, _) => {
            work.halt().await?;
            work.seen(Power::Stopped).await?;
            let act = job.act().await?;
            job.go_to(act, "boot").await?;
            Ok(Next::Step("boot"))
        }
        (Plan::Stop, _) => {
            let how = work.halt().await?;
            let seen = work.seen(Power::Stopped).await?;
            let mut act = job.act().await?;
            usage::close(&mut act, &work.row.id.to_string(), "instance.").await?;
            let message = match how {
                Stopped::Politely => "It shut down when asked.".to_owned(),
                Stopped::Forced => format!(
                    "It did not shut down within {} s and was switched off.",
                    work.template.stop_polite_seconds
                ),
            };
            end(job, act, &work, InstanceState::Stopped, Some(&seen), Some(message)).await
        }
        (Plan::Scale { to, .. }, _) => {
            let of = job.cloud.catalogue.find(*to).cloned().ok_or_else(|| {
                StepError::Impossible(Reason::Incorrect, "the new type left the catalogue".into())
            })?;
            let size =
                Size { cpus: of.cpus, memory_mib: of.memory_mib, disk_gib: work.row.disk_gib };
            work.resize(&size).await?;
            let mut act = job.act().await?;
            store::set_shape(&mut act, work.row.id, of.id, work.row.template, work.row.disk_gib)
                .await?;
            end(job, act, &work, InstanceState::Stopped, None, None).await
        }
        (Plan::Resize { disk_gib }, _) => {
            let size = Size { disk_gib: *disk_gib, ..work.size() };
            work.resize(&size).await?;
            let mut act = job.act().await?;
            grow(job, &mut act, &work, *disk_gib).await?;
            store::set_shape(&mut act, work.row.id, work.of.id, work.row.template, *disk_gib)
                .await?;
            end(job, act, &work, InstanceState::Stopped, None, None).await
        }
        (Plan::Reset { .. } | Plan::Revert { .. }, "halt") => {
            match work.halt().await {
                // A reset brings back what the engine lost.
                Err(StepError::Engine(EngineError::NotFound(_)))
                    if matches!(plan, Plan::Reset { .. }) => {}
                done => {
                    done?;
                    work.seen(Power::Stopped).await?;
                }
            }
            let mut act = job.act().await?;
            usage::close(&mut act, &work.row.id.to_string(), "instance.").await?;
            job.go_to(act, "change").await?;
            Ok(Next::Step("change"))
        }
        (Plan::Reset { template, disk_gib, start }, _) => {
            reset(job, work, *template, *disk_gib, *start).await
        }
        (Plan::Revert { snapshot, start }, _) => {
            let found =
                snapshots::store::read(job.cloud.db.reader(), job.task.org, *snapshot).await?;
            let found = found.ok_or_else(|| {
                StepError::Impossible(Reason::NotFound, "the snapshot is gone".into())
            })?;
            work.engine.revert(&work.row.engine_name, &found.engine_name).await?;
            // An engine may bring back the limits of then; the type of now is what is paid for.
            work.engine.resize(&work.row.engine_name, &work.size()).await?;
            after_change(job, &work, *start).await
        }
        (Plan::Password { sealed }, _) => {
            let bytes = job.cloud.sealer.unseal(&password::seal_scope(work.row.id), sealed)?;
            let text = String::from_utf8(bytes).map_err(Error::internal)?;
            work.engine
                .set_password(&work.row.engine_name, &work.template.default_user, &text)
                .await?;
            let mut act = job.act().await?;
            store::set_password(&mut act, work.row.id, sealed).await?;
            end(job, act, &work, InstanceState::Running, None, None).await
        }
        (Plan::SoftDelete { hours }, _) => recovery::keep(job, &work, *hours).await,
        (Plan::Recover { start }, _) => recovery::bring_back(job, &work, *start).await,
        (Plan::Delete, _) => delete(job, &work).await,
        (Plan::Create { .. }, step) => {
            Err(StepError::Impossible(Reason::Fault, format!("unknown step {step}")))
        }
    }
}

/// The engine said that it made the instance, and did not: its disk is not metered until it is there.
async fn make_again(job: &mut Job, work: &Work) -> Result<Next, StepError> {
    let mut act = job.act().await?;
    usage::close(&mut act, &work.row.id.to_string(), "disk").await?;
    job.go_to(act, "make-again").await?;
    Ok(Next::Step("make-again"))
}

async fn reset(
    job: &mut Job,
    mut work: Work,
    template: domain::TemplateId,
    disk_gib: i64,
    start: bool,
) -> Result<Next, StepError> {
    let grows = disk_gib != work.row.disk_gib;
    work.row.template = template;
    work.row.disk_gib = disk_gib;
    work.template = {
        let mut db = job.cloud.db.read().await?;
        template_of(&mut db, &work.row).await?
    };
    let spec = work.spec(job)?;
    if work.engine.observe(&work.row.engine_name).await?.is_none() {
        work.engine.create(&spec).await?;
    }
    // Also after `create`, which leaves alone what is there after all.
    work.engine.rebuild(&spec).await?;
    let mut act = job.act().await?;
    if grows {
        grow(job, &mut act, &work, disk_gib).await?;
    } else {
        // It may have been made anew just now.
        let meter = Meter::disk(&work.row, disk_gib, &job.cloud.catalogue.prices);
        usage::open(&mut act, &meter).await?;
    }
    store::set_shape(&mut act, work.row.id, work.of.id, template, disk_gib).await?;
    if start {
        job.go_to(act, "boot").await?;
        return Ok(Next::Step("boot"));
    }
    end(job, act, &work, InstanceState::Stopped, None, None).await
}

async fn after_change(job: &mut Job, work: &Work, start: bool) -> Result<Next, StepError> {
    let act = job.act().await?;
    if start {
        job.go_to(act, "boot").await?;
        return Ok(Next::Step("boot"));
    }
    end(job, act, work, InstanceState::Stopped, None, None).await
}

/// The disk is metered at its new size from now on.
async fn grow(job: &Job, act: &mut Act, work: &Work, disk_gib: i64) -> Result<(), StepError> {
    usage::close(act, &work.row.id.to_string(), "disk").await?;
    let meter = Meter::disk(&work.row, disk_gib, &job.cloud.catalogue.prices);
    Ok(usage::open(act, &meter).await?)
}

/// It runs: metered from now on.
async fn running(job: &Job, work: &Work, seen: &Observed) -> Result<Next, StepError> {
    let mut act = job.act().await?;
    usage::open(&mut act, &Meter::disk(&work.row, work.row.disk_gib, &job.cloud.catalogue.prices))
        .await?;
    usage::open(&mut act, &Meter::running(&work.row, &work.of)).await?;
    end(job, act, work, InstanceState::Running, Some(seen), None).await
}

pub async fn end(
    job: &Job,
    mut act: Act,
    work: &Work,
    state: InstanceState,
    seen: Option<&Observed>,
    message: Option<String>,
) -> Result<Next, StepError> {
    if let Some(seen) = seen {
        store::set_observed(&mut act, &work.row, seen).await?;
    }
    store::finish(&mut act, work.row.id, state, None).await?;
    act.about(Subject::new("instance", work.row.id, &work.row.name));
    act.changed("instance", work.row.id, Some(state.as_str()));
    job.end(act, Ok(message)).await?;
    Ok(Next::Done)
}

async fn delete(job: &Job, work: &Work) -> Result<Next, StepError> {
    work.engine.delete(&work.row.engine_name).await?;
    if work.engine.observe(&work.row.engine_name).await?.is_some() {
        return Err(EngineError::Protocol(
            "it said that it deleted the instance, and did not".into(),
        )
        .into());
    }
    let mut act = job.act().await?;
    if store::delete(&mut act, work.row.id).await? {
        usage::close(&mut act, &work.row.id.to_string(), "").await?;
        if work.row.recover_until.is_none() {
            quotas::give_back(&mut act, QuotaResource::Instance, 1).await?;
            quotas::give_back(&mut act, QuotaResource::Gpu, work.of.gpus).await?;
        }
        snapshots::died_with_instance(&mut act, work.row.id).await?;
    }
    act.about(Subject::new("instance", work.row.id, &work.row.name));
    act.changed("instance", work.row.id, Some("destroyed"));
    job.end(act, Ok(None)).await?;
    Ok(Next::Done)
}

/// Ends an operation that can't go on. The instance shows what the engine says of it, and why.
pub async fn fail(job: &Job, error: &StepError) -> Result<(), StepError> {
    // What can't be read must not keep the operation from ending.
    let plan: Option<Plan> = job.data().ok();
    let id: InstanceId = job.subject()?;
    let row = {
        let mut db = job.cloud.db.read().await?;
        store::get(&mut db, job.task.org, id).await?
    };
    let observed = match (&row, job.engine()) {
        (Some(row), Ok(engine)) => {
            let looking = tokio::time::timeout(LAST_LOOK, engine.observe(&row.engine_name)).await;
            looking.ok().and_then(Result::ok).flatten()
        }
        _ => None,
    };
    let mut act = job.act().await?;
    if let Some(row) = row {
        let state = match (&plan, observed.as_ref().map(|o| o.power)) {
            (Some(Plan::Delete), _) if row.recover_until.is_some() => InstanceState::Destroyed,
            (Some(Plan::Create { .. } | Plan::Delete), _) | (_, None | Some(Power::Other)) => {
                InstanceState::Error
            }
            (_, Some(Power::Running)) => InstanceState::Running,
            (_, Some(Power::Stopped)) => InstanceState::Stopped,
        };
        if let Some(Plan::Scale { gpus, .. }) = plan {
            quotas::give_back(&mut act, QuotaResource::Gpu, gpus).await?;
        }
        let reason = error.to_string();
        if matches!(plan, Some(Plan::Delete)) {
            snapshots::survived(&mut act, id, &reason).await?;
            if row.recover_until.is_some() {
                recovery::keep_longer(&mut act, &row).await?;
            }
        }
        if state == InstanceState::Running {
            if let Some(of) = job.cloud.catalogue.find(row.instance_type) {
                usage::open(&mut act, &Meter::running(&row, of)).await?;
            }
        } else {
            usage::close(&mut act, &id.to_string(), "instance.").await?;
        }
        store::finish(&mut act, id, state, Some(&reason)).await?;
        act.about(Subject::new("instance", id, &row.name));
        act.changed("instance", id, Some(state.as_str()));
    }
    job.end(act, Err((error.reason(), error.to_string()))).await
}
