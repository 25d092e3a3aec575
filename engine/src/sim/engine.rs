//! The engine's calls on the simulated world. Each looks first and changes only what is not so.

use super::change::Change;
use super::export::{self, Exported};
use super::machine::{Machine, base64};
use super::state::State;
use super::{CallName, Sim, fault, template};
use crate::{
    Engine, EngineError, EngineKind, Health, ImageInfo, InstanceSpec, NAME_PREFIX, Observed,
    OwnTemplate, Size, Stopped,
};
use async_trait::async_trait;
use std::path::Path;
use tokio::sync::broadcast;

/// Nobody watching a simulation wants to wait longer for a stop that has to be forced.
const FORCED_AFTER_AT_MOST_MS: u64 = 5_000;

#[async_trait]
impl Engine for Sim {
    fn kind(&self) -> EngineKind {
        EngineKind::Sim
    }

    async fn health(&self) -> Result<Health, EngineError> {
        let health =
            Health { kind: EngineKind::Sim, version: "simulated".into(), enforces_limits: false };
        self.call(CallName::Health, "", None, 0, health.clone(), |_| Ok(health)).await
    }

    async fn prepare(&self) -> Result<(), EngineError> {
        self.call(CallName::Prepare, "", None, 0, (), |_| Ok(())).await
    }

    async fn create(&self, spec: &InstanceSpec) -> Result<(), EngineError> {
        let display_name = Some(spec.display_name.as_str());
        self.call(CallName::Create, &spec.name, display_name, 0, (), |state| {
            if !spec.name.starts_with(NAME_PREFIX) {
                return Err(EngineError::Refused(format!("{} is no name of ours", spec.name)));
            }
            if state.world.machines.contains_key(&spec.name) {
                return Ok(());
            }
            image_size_bytes(state, &spec.image)?;
            if !state.world.has_room() {
                return Err(EngineError::NoCapacity("simulated: no address is left".into()));
            }
            state.make(Change::Created { machine: Box::new(Machine::new(spec)) })
        })
        .await
    }

    async fn start(&self, name: &str) -> Result<(), EngineError> {
        self.call(CallName::Start, name, None, 0, (), |state| {
            if state.machine(name)?.runs {
                return Ok(());
            }
            state.make(Change::Started { name: name.into() })
        })
        .await
    }

    async fn stop(&self, name: &str, polite_seconds: u32) -> Result<Stopped, EngineError> {
        let ignores = self.ignores_stop(name);
        let waited_ms = if ignores { polite_ms(polite_seconds) } else { 0 };
        self.call(CallName::Stop, name, None, waited_ms, Stopped::Politely, |state| {
            if !state.machine(name)?.runs {
                return Ok(Stopped::Politely);
            }
            state.make(Change::Stopped { name: name.into() })?;
            let forced = ignores || polite_seconds == 0;
            Ok(if forced { Stopped::Forced } else { Stopped::Politely })
        })
        .await
    }

    async fn delete(&self, name: &str) -> Result<(), EngineError> {
        self.call(CallName::Delete, name, None, 0, (), |state| {
            if !state.world.machines.contains_key(name) {
                return Ok(());
            }
            state.make(Change::Deleted { name: name.into() })
        })
        .await
    }

    async fn resize(&self, name: &str, size: &Size) -> Result<(), EngineError> {
        self.call(CallName::Resize, name, None, 0, (), |state| {
            let machine = state.machine(name)?;
            if machine.size == *size {
                return Ok(());
            }
            check_stopped(machine)?;
            if size.disk_gib < machine.size.disk_gib {
                return Err(EngineError::Refused("a disk can't shrink".into()));
            }
            state.make(Change::Resized { name: name.into(), size: size.clone() })
        })
        .await
    }

    async fn rebuild(&self, spec: &InstanceSpec) -> Result<(), EngineError> {
        self.call(CallName::Rebuild, &spec.name, None, 0, (), |state| {
            image_size_bytes(state, &spec.image)?;
            let machine = state.machine(&spec.name)?;
            let is_fresh = machine.content == 0 && machine.image == spec.image;
            let user_data_base64 = base64(spec.user_data.as_deref());
            if is_fresh && machine.size == spec.size && machine.user_data_base64 == user_data_base64
            {
                return Ok(());
            }
            check_stopped(machine)?;
            let [name, image] = [spec.name.clone(), spec.image.clone()];
            state.make(Change::Rebuilt { name, image, size: spec.size.clone(), user_data_base64 })
        })
        .await
    }

    async fn set_password(
        &self,
        name: &str,
        user: &str,
        _password: &str,
    ) -> Result<(), EngineError> {
        self.call(CallName::SetPassword, name, None, 0, (), |state| {
            if !state.machine(name)?.runs {
                return Err(EngineError::Refused("the instance does not run".into()));
            }
            state.make(Change::PasswordSet { name: name.into(), user: user.into() })
        })
        .await
    }

    async fn observe(&self, name: &str) -> Result<Option<Observed>, EngineError> {
        self.call(CallName::Observe, name, None, 0, None, |state| {
            let machine = state.world.machines.get(name);
            Ok(machine.map(|machine| machine.observed(state.seed)))
        })
        .await
    }

    async fn list(&self) -> Result<Vec<Observed>, EngineError> {
        self.call(CallName::List, "", None, 0, Vec::new(), |state| {
            let machines = state.world.machines.values();
            Ok(machines.map(|machine| machine.observed(state.seed)).collect())
        })
        .await
    }

    async fn create_snapshot(&self, name: &str, snapshot: &str) -> Result<(), EngineError> {
        let object = format!("{name}/{snapshot}");
        self.call(CallName::CreateSnapshot, &object, None, 0, (), |state| {
            if state.machine(name)?.snapshots.contains_key(snapshot) {
                return Ok(());
            }
            state.make(Change::SnapshotCreated { name: name.into(), snapshot: snapshot.into() })
        })
        .await
    }

    async fn delete_snapshot(&self, name: &str, snapshot: &str) -> Result<(), EngineError> {
        let object = format!("{name}/{snapshot}");
        self.call(CallName::DeleteSnapshot, &object, None, 0, (), |state| {
            let machine = state.world.machines.get(name);
            if !machine.is_some_and(|machine| machine.snapshots.contains_key(snapshot)) {
                return Ok(());
            }
            state.make(Change::SnapshotDeleted { name: name.into(), snapshot: snapshot.into() })
        })
        .await
    }

    async fn revert(&self, name: &str, snapshot: &str) -> Result<(), EngineError> {
        let object = format!("{name}/{snapshot}");
        self.call(CallName::Revert, &object, None, 0, (), |state| {
            let content = snapshot_content(state, name, snapshot)?;
            let machine = state.machine(name)?;
            check_stopped(machine)?;
            if machine.content == content {
                return Ok(());
            }
            state.make(Change::Reverted { name: name.into(), snapshot: snapshot.into() })
        })
        .await
    }

    async fn publish(
        &self,
        name: &str,
        snapshot: &str,
        image: &str,
    ) -> Result<ImageInfo, EngineError> {
        let object = format!("{name}/{snapshot}");
        let lie = ImageInfo { size_bytes: 10 << 30 };
        self.call(CallName::Publish, &object, None, 0, lie, |state| {
            if let Some(size_bytes) = state.world.images.get(image) {
                return Ok(ImageInfo { size_bytes: *size_bytes });
            }
            snapshot_content(state, name, snapshot)?;
            let size_bytes = state.machine(name)?.size.disk_gib << 30;
            let [name, snapshot, image] = [name, snapshot, image].map(String::from);
            state.make(Change::Published { name, snapshot, image, size_bytes })?;
            Ok(ImageInfo { size_bytes })
        })
        .await
    }

    async fn export(&self, name: &str, snapshot: &str, file: &Path) -> Result<(), EngineError> {
        let object = format!("{name}/{snapshot}");
        let exported = self.call(CallName::Export, &object, None, 0, None, |state| {
            let content = snapshot_content(state, name, snapshot)?;
            let machine = state.machine(name)?;
            Ok(Some(Exported::new(&machine.image, content, machine.size.disk_gib)))
        });
        match exported.await? {
            Some(exported) => export::write(&exported, file).await,
            None => Ok(()),
        }
    }

    async fn import_image(&self, image: &str, file: &Path) -> Result<ImageInfo, EngineError> {
        let size_bytes = export::size_bytes(file).await?;
        let lie = ImageInfo { size_bytes };
        self.call(CallName::ImportImage, image, None, 0, lie, |state| {
            if let Some(size_bytes) = state.world.images.get(image) {
                return Ok(ImageInfo { size_bytes: *size_bytes });
            }
            state.make(Change::Imported { image: image.into(), size_bytes })?;
            Ok(ImageInfo { size_bytes })
        })
        .await
    }

    async fn delete_image(&self, image: &str) -> Result<(), EngineError> {
        self.call(CallName::DeleteImage, image, None, 0, (), |state| {
            if !state.world.images.contains_key(image) {
                return Ok(());
            }
            state.make(Change::ImageDeleted { image: image.into() })
        })
        .await
    }

    fn own_templates(&self) -> Vec<OwnTemplate> {
        template::own_templates()
    }

    fn changes(&self) -> broadcast::Receiver<String> {
        self.changes.subscribe()
    }
}

impl Sim {
    fn ignores_stop(&self, name: &str) -> bool {
        let state = self.state();
        state
            .machine(name)
            .is_ok_and(|machine| machine.runs && fault::ignores_stop(&machine.display_name))
    }
}

fn polite_ms(polite_seconds: u32) -> u64 {
    (u64::from(polite_seconds) * 1000).min(FORCED_AFTER_AT_MOST_MS)
}

fn check_stopped(machine: &Machine) -> Result<(), EngineError> {
    if machine.runs {
        return Err(EngineError::Refused("the instance has to be stopped".into()));
    }
    Ok(())
}

fn snapshot_content(state: &State, name: &str, snapshot: &str) -> Result<u64, EngineError> {
    let content = state.machine(name)?.snapshots.get(snapshot).copied();
    content.ok_or_else(|| EngineError::NotFound(format!("snapshot {snapshot} of {name}")))
}

fn image_size_bytes(state: &State, image: &str) -> Result<i64, EngineError> {
    if let Some(size_bytes) = state.world.images.get(image) {
        return Ok(*size_bytes);
    }
    let own = template::own_templates().into_iter().find(|template| template.image == image);
    let size_bytes = own.map(|template| template.size_bytes);
    size_bytes.ok_or_else(|| EngineError::NotFound(format!("image {image}")))
}
