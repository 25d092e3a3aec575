//! An instance whose operation was cancelled before it began: what it was, or nothing.

use super::{InstanceRow, plan::Plan, recovery, store, type_of};
use crate::{
    act::Act,
    error::{Error, Result},
    operations::{InstanceWas, SnapshotWas, Was, has_begun, store::Found},
    quotas, snapshots,
};
use domain::{InstanceId, Timestamp, quota::QuotaResource};

impl InstanceRow {
    /// What it is now, to be brought back.
    pub fn was(&self, snapshots: Vec<SnapshotWas>) -> Was {
        Was::Instance(InstanceWas {
            state: self.state,
            reason: self.reason.clone(),
            recover_until_us: self.recover_until.map(|at| at.0),
            snapshots,
        })
    }
}

/// Answers what has become of it, as a part of a sentence.
pub async fn put_back(act: &mut Act, found: &Found, was: Was) -> Result<String> {
    let (org, id): (_, InstanceId) = (act.org()?, found.subject()?);
    let row = store::get_for_change(act, org, id).await?;
    let row = row.filter(|row| row.operation == Some(found.id)).ok_or_else(has_begun)?;
    if let Plan::Scale { gpus, .. } = found.plan()? {
        quotas::give_back(act, QuotaResource::Gpu, gpus).await?;
    }
    match was {
        Was::Nothing => {
            uncount(act, &row).await?;
            store::delete(act, id).await?;
            act.changed("instance", id, Some("destroyed"));
            Ok("the instance was never made".into())
        }
        Was::Instance(was) => {
            let until = was.recover_until_us.map(Timestamp);
            // A recovery counts it again when it is accepted.
            if until.is_some() && row.recover_until.is_none() {
                uncount(act, &row).await?;
            }
            recovery::store::set_recover_until(act, id, until).await?;
            for snapshot in &was.snapshots {
                snapshots::bring_back(act, snapshot).await?;
            }
            store::finish(act, id, was.state, was.reason.as_deref()).await?;
            act.changed("instance", id, Some(was.state.as_str()));
            Ok(format!("the instance is {}, as it was", was.state))
        }
        Was::Snapshot(_) | Was::Template { .. } => {
            Err(Error::internal("an instance that was something else"))
        }
    }
}

async fn uncount(act: &mut Act, row: &InstanceRow) -> Result<()> {
    quotas::give_back(act, QuotaResource::Instance, 1).await?;
    let gpus = type_of(act, row)?.gpus;
    quotas::give_back(act, QuotaResource::Gpu, gpus).await
}
