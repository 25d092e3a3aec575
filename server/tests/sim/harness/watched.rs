//! The simulated engine behind a gate.

use super::Gate;
use async_trait::async_trait;
use engine::{
    Engine, EngineError, EngineKind, Health, ImageInfo, InstanceSpec, Observed, OwnTemplate, Size,
    Stopped, sim::Sim,
};
use std::{path::Path, sync::Arc};
use tokio::sync::broadcast;

type Done<T = ()> = Result<T, EngineError>;

pub struct Watched {
    pub sim: Arc<Sim>,
    pub gate: Arc<Gate>,
}

#[async_trait]
impl Engine for Watched {
    fn kind(&self) -> EngineKind {
        self.sim.kind()
    }
    async fn health(&self) -> Done<Health> {
        self.sim.health().await
    }
    async fn prepare(&self) -> Done {
        self.sim.prepare().await
    }
    async fn create(&self, spec: &InstanceSpec) -> Done {
        self.gate.through("create", self.sim.create(spec)).await
    }
    async fn start(&self, name: &str) -> Done {
        self.gate.through("start", self.sim.start(name)).await
    }
    async fn stop(&self, name: &str, polite_seconds: u32) -> Done<Stopped> {
        self.gate.through("stop", self.sim.stop(name, polite_seconds)).await
    }
    async fn delete(&self, name: &str) -> Done {
        self.gate.through("delete", self.sim.delete(name)).await
    }
    async fn resize(&self, name: &str, size: &Size) -> Done {
        self.gate.through("resize", self.sim.resize(name, size)).await
    }
    async fn rebuild(&self, spec: &InstanceSpec) -> Done {
        self.gate.through("rebuild", self.sim.rebuild(spec)).await
    }
    async fn set_password(&self, name: &str, user: &str, password: &str) -> Done {
        self.gate.through("set-password", self.sim.set_password(name, user, password)).await
    }
    async fn observe(&self, name: &str) -> Done<Option<Observed>> {
        self.gate.through("observe", self.sim.observe(name)).await
    }
    async fn list(&self) -> Done<Vec<Observed>> {
        self.sim.list().await
    }
    async fn create_snapshot(&self, name: &str, snapshot: &str) -> Done {
        self.gate.through("create-snapshot", self.sim.create_snapshot(name, snapshot)).await
    }
    async fn delete_snapshot(&self, name: &str, snapshot: &str) -> Done {
        self.gate.through("delete-snapshot", self.sim.delete_snapshot(name, snapshot)).await
    }
    async fn revert(&self, name: &str, snapshot: &str) -> Done {
        self.gate.through("revert", self.sim.revert(name, snapshot)).await
    }
    async fn publish(&self, name: &str, snapshot: &str, image: &str) -> Done<ImageInfo> {
        self.gate.through("publish", self.sim.publish(name, snapshot, image)).await
    }
    async fn export(&self, name: &str, snapshot: &str, file: &Path) -> Done {
        self.gate.through("export", self.sim.export(name, snapshot, file)).await
    }
    async fn import_image(&self, image: &str, file: &Path) -> Done<ImageInfo> {
        self.sim.import_image(image, file).await
    }
    async fn delete_image(&self, image: &str) -> Done {
        self.gate.through("delete-image", self.sim.delete_image(image)).await
    }
    fn own_templates(&self) -> Vec<OwnTemplate> {
        self.sim.own_templates()
    }
    fn changes(&self) -> broadcast::Receiver<String> {
        self.sim.changes()
    }
}
