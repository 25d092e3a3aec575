//! A snapshot whose operation was cancelled before it began: what it was, or nothing.

use super::store;
use crate::{
    act::Act,
    error::{Error, Result},
    operations::{SnapshotWas, Was, has_begun, store::Found},
    quotas,
};
use domain::{SnapshotId, quota::QuotaResource};

impl super::SnapshotRow {
    /// What it is now, to be brought back.
    pub fn was(&self) -> SnapshotWas {
        SnapshotWas { id: self.id, state: self.state, reason: self.reason.clone() }
    }
}

/// Answers what has become of it, as a part of a sentence.
pub async fn put_back(act: &mut Act, found: &Found, was: Was) -> Result<String> {
    let id: SnapshotId = found.subject()?;
    match was {
        Was::Nothing => {
            if !store::delete(act, id).await? {
                return Err(has_begun());
            }
            quotas::give_back(act, QuotaResource::Snapshot, 1).await?;
            act.changed("snapshot", id, Some("deleted"));
            Ok("the snapshot was never taken".into())
        }
        Was::Snapshot(was) => {
            bring_back(act, &was).await?;
            Ok(format!("the snapshot is {}, as it was", was.state))
        }
        Was::Instance(_) | Was::Template { .. } => {
            Err(Error::internal("a snapshot that was something else"))
        }
    }
}

/// It is again what it was.
pub async fn bring_back(act: &mut Act, was: &SnapshotWas) -> Result<()> {
    store::set_state(act, was.id, was.state, was.reason.as_deref()).await?;
    act.changed("snapshot", was.id, Some(was.state.as_str()));
    Ok(())
}
