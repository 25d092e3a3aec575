//! The engine's calls, each where it belongs.

use super::{Incus, name, template};
use crate::{
    Engine, EngineError, EngineKind, Health, ImageInfo, InstanceSpec, Observed, OwnTemplate, Size,
    Stopped,
};
use async_trait::async_trait;
use std::path::Path;
use tokio::sync::broadcast;

#[async_trait]
impl Engine for Incus {
    fn kind(&self) -> EngineKind {
        EngineKind::Incus
    }

    async fn health(&self) -> Result<Health, EngineError> {
        self.ask_health().await
    }

    async fn prepare(&self) -> Result<(), EngineError> {
        self.prepare_place().await
    }

    async fn create(&self, spec: &InstanceSpec) -> Result<(), EngineError> {
        self.create_instance(spec).await
    }

    async fn start(&self, name: &str) -> Result<(), EngineError> {
        self.power_on(name).await
    }

    async fn stop(&self, name: &str, polite_seconds: u32) -> Result<Stopped, EngineError> {
        self.power_off(name, polite_seconds).await
    }

    async fn delete(&self, name: &str) -> Result<(), EngineError> {
        self.delete_instance(name).await
    }

    async fn resize(&self, name: &str, size: &Size) -> Result<(), EngineError> {
        self.resize_instance(name, size).await
    }

    async fn rebuild(&self, spec: &InstanceSpec) -> Result<(), EngineError> {
        self.rebuild_instance(spec).await
    }

    async fn set_password(
        &self,
        name: &str,
        user: &str,
        password: &str,
    ) -> Result<(), EngineError> {
        self.change_password(name, user, password).await
    }

    async fn observe(&self, name: &str) -> Result<Option<Observed>, EngineError> {
        Ok(self.look_at(name).await?.map(|seen| seen.observed))
    }

    async fn list(&self) -> Result<Vec<Observed>, EngineError> {
        self.look_at_all().await
    }

    async fn create_snapshot(&self, name: &str, snapshot: &str) -> Result<(), EngineError> {
        self.take_snapshot(name, snapshot).await
    }

    async fn delete_snapshot(&self, name: &str, snapshot: &str) -> Result<(), EngineError> {
        self.drop_snapshot(name, snapshot).await
    }

    async fn revert(&self, name: &str, snapshot: &str) -> Result<(), EngineError> {
        self.restore(name, snapshot).await
    }

    async fn publish(
        &self,
        name: &str,
        snapshot: &str,
        image: &str,
    ) -> Result<ImageInfo, EngineError> {
        self.image_of_snapshot(name, snapshot, image).await
    }

    async fn export(&self, name: &str, snapshot: &str, file: &Path) -> Result<(), EngineError> {
        self.snapshot_to_file(name, snapshot, file).await
    }

    async fn import_image(&self, image: &str, file: &Path) -> Result<ImageInfo, EngineError> {
        self.image_from_file(name::our_image(image)?, file).await
    }

    async fn delete_image(&self, image: &str) -> Result<(), EngineError> {
        self.remove_image(image).await
    }

    fn own_templates(&self) -> Vec<OwnTemplate> {
        template::own_templates()
    }

    fn changes(&self) -> broadcast::Receiver<String> {
        self.events.subscribe()
    }
}
