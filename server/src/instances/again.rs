//! What an operation on an instance that failed was to do, asked for again.

use super::{create, password, plan::Plan, start_work, subject};
use crate::{
    act::Act,
    error::{Error, Result},
};
use api::{
    InstanceTypeRef, Nothing, Operation, RecoverInstance, ResetInstance, ResizeInstanceDisk,
    RevertInstanceToSnapshot, ScaleInstance, StartInstance, TemplateRef,
};
use domain::instance::{InstanceState, Verb};
use serde_json::{Value, json};

/// What was to be made is there and failed: it is made anew by a reset.
const MADE_ANEW_BY: &str = "reset-instance";

pub async fn again(act: &mut Act, kind: &str, instance: &str, plan: Plan) -> Result<Operation> {
    let kind = if matches!(plan, Plan::Create { .. }) { MADE_ANEW_BY } else { kind };
    act.stand_for(kind, &[("id", instance), ("instance-id", instance)], &body(&plan)).await?;
    match plan {
        Plan::Create { start } => make_anew(act, start).await,
        Plan::Start => super::start(act, StartInstance::default()).await,
        Plan::Stop => super::stop(act, Nothing {}).await,
        Plan::Reboot => super::reboot(act, Nothing {}).await,
        Plan::Scale { to, .. } => {
            super::scale(act, ScaleInstance { instance_type: InstanceTypeRef { id: to } }).await
        }
        Plan::Resize { disk_gib } => {
            super::resize_disk(act, ResizeInstanceDisk { disk_size: disk_gib }).await
        }
        // What failed half way stopped the instance before.
        Plan::Reset { template, disk_gib, start } => {
            let template = Some(TemplateRef { id: template });
            let input = ResetInstance { template, disk_size: Some(disk_gib) };
            super::reset_and(act, input, Some(start)).await
        }
        Plan::Revert { snapshot, start } => {
            super::revert_and(act, RevertInstanceToSnapshot { id: snapshot }, Some(start)).await
        }
        Plan::Password { .. } => password::reset_password(act, Nothing {}).await,
        Plan::SoftDelete { .. } => super::soft_delete(act, Nothing {}).await,
        Plan::Recover { start } => {
            super::recover(act, RecoverInstance { start: Some(start) }).await
        }
        Plan::Delete => super::delete(act, Nothing {}).await,
    }
}

/// What is asked for, as the operation's body says it: the policies may look at it.
fn body(plan: &Plan) -> Value {
    match plan {
        Plan::Scale { to, .. } => json!({ "instance-type": { "id": to } }),
        Plan::Resize { disk_gib } => json!({ "disk-size": disk_gib }),
        Plan::Reset { template, disk_gib, .. } => {
            json!({ "template": { "id": template }, "disk-size": disk_gib })
        }
        Plan::Revert { snapshot, .. } => json!({ "id": snapshot }),
        Plan::Recover { start } => json!({ "start": start }),
        _ => json!({}),
    }
}

/// An instance that could not be made, as it was to be: running, or not.
async fn make_anew(act: &mut Act, start: bool) -> Result<Operation> {
    let row = subject(act, "id", Verb::Reset).await?;
    if row.state != InstanceState::Error {
        return Err(Error::Conflict(format!(
            "The instance {:?} is {}: there is nothing to try again.",
            row.name, row.state
        )));
    }
    let template = create::usable_template(act, row.template, &row.zone).await?.id;
    let plan = Plan::Reset { template, disk_gib: row.disk_gib, start };
    start_work(act, &row, InstanceState::Stopping, "halt", &plan).await
}
