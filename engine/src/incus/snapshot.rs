//! Snapshots of instances.

use super::Incus;
use super::client::Deadline;
use super::client::failure::is_already_there;
use super::name;
use crate::{EngineError, Power};
use http::Method;
use serde_json::json;

impl Incus {
    pub(super) async fn take_snapshot(
        &self,
        instance: &str,
        snapshot: &str,
    ) -> Result<(), EngineError> {
        let path = format!("/1.0/instances/{}/snapshots", name::ours(instance)?);
        let body = json!({"name": name::snapshot(snapshot)?, "stateful": false});
        match self.client.act(Method::POST, &path, Some(&body), Deadline::LONG).await {
            Err(error) if !is_already_there(&error) => Err(error),
            _ => Ok(()),
        }
    }

    pub(super) async fn drop_snapshot(
        &self,
        instance: &str,
        snapshot: &str,
    ) -> Result<(), EngineError> {
        let path = snapshot_path(instance, snapshot)?;
        match self.client.act(Method::DELETE, &path, None, Deadline::LONG).await {
            Ok(_) | Err(EngineError::NotFound(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Incus takes the limits back too; those of now are set again, for only the disk is asked.
    pub(super) async fn restore(&self, instance: &str, snapshot: &str) -> Result<(), EngineError> {
        let now = self.existing(instance).await?;
        if now.observed.power != Power::Stopped {
            return Err(EngineError::Refused("the instance has to be stopped".into()));
        }
        if !now.observed.snapshots.iter().any(|one| one == snapshot) {
            return Err(EngineError::NotFound(format!("snapshot {snapshot} of {instance}")));
        }
        let path = format!("/1.0/instances/{}", name::ours(instance)?);
        let body = json!({"restore": name::snapshot(snapshot)?});
        self.client.act(Method::PUT, &path, Some(&body), Deadline::LONG).await?;
        if self.existing(instance).await?.observed.size == now.observed.size {
            return Ok(());
        }
        self.set_size(instance, &now.observed.size, now.root).await
    }
}

pub(super) fn snapshot_path(instance: &str, snapshot: &str) -> Result<String, EngineError> {
    let [instance, snapshot] = [name::ours(instance)?, name::snapshot(snapshot)?];
    Ok(format!("/1.0/instances/{instance}/snapshots/{snapshot}"))
}
