//! The port to compute: what the platform asks of an engine, whichever it is.
//!
//! Every call may be repeated: `create` of what exists with the same spec, `delete` of what is
//! gone, `start` of what runs are all successes. That is what lets the operations worker crash
//! between a call and its record of it. Names are chosen by the caller before the first call and
//! never change, so an object without a row can be recognized as ours ([`NAME_PREFIX`]).
//!
//! Two engines exist: [`sim`], which simulates and says so, and [`incus`].

pub mod incus;
pub mod sim;
mod types;

pub use types::*;

use async_trait::async_trait;
use std::path::Path;
use tokio::sync::broadcast;

/// Prefix of every engine object that the platform made.
pub const NAME_PREFIX: &str = "couloir-";

/// One zone's compute.
#[async_trait]
pub trait Engine: Send + Sync {
    fn kind(&self) -> EngineKind;

    /// Whether it answers, and what it can do. Never cached.
    async fn health(&self) -> Result<Health, EngineError>;

    /// Makes a pool and a network of our own where there are none; changes nothing that exists.
    async fn prepare(&self) -> Result<(), EngineError>;

    /// Ensures that the instance exists, stopped or not. An existing one is left as it is.
    async fn create(&self, spec: &InstanceSpec) -> Result<(), EngineError>;

    /// Ensures that it runs.
    async fn start(&self, name: &str) -> Result<(), EngineError>;

    /// Ensures that it does not run: asks politely for `polite_seconds`, then forces.
    async fn stop(&self, name: &str, polite_seconds: u32) -> Result<Stopped, EngineError>;

    /// Ensures that it is gone, with its snapshots, whatever state it is in.
    async fn delete(&self, name: &str) -> Result<(), EngineError>;

    /// Ensures limits and disk of a stopped instance. Disks only grow.
    async fn resize(&self, name: &str, size: &Size) -> Result<(), EngineError>;

    /// Replaces the disk of a stopped instance by a fresh one of `spec.image`, which finds the user
    /// data of `spec`.
    async fn rebuild(&self, spec: &InstanceSpec) -> Result<(), EngineError>;

    /// Gives the user a new password inside a running instance.
    async fn set_password(&self, name: &str, user: &str, password: &str)
    -> Result<(), EngineError>;

    /// What the engine itself says of it; `None` when it does not exist.
    async fn observe(&self, name: &str) -> Result<Option<Observed>, EngineError>;

    /// Everything of ours, complete: an error rather than a part of it.
    async fn list(&self) -> Result<Vec<Observed>, EngineError>;

    /// Ensures that the snapshot exists.
    async fn create_snapshot(&self, name: &str, snapshot: &str) -> Result<(), EngineError>;

    /// Ensures that the snapshot is gone.
    async fn delete_snapshot(&self, name: &str, snapshot: &str) -> Result<(), EngineError>;

    /// Takes the disk of a stopped instance back to the snapshot.
    async fn revert(&self, name: &str, snapshot: &str) -> Result<(), EngineError>;

    /// Ensures an image of that alias made from the snapshot.
    async fn publish(
        &self,
        name: &str,
        snapshot: &str,
        image: &str,
    ) -> Result<ImageInfo, EngineError>;

    /// Writes the snapshot's disk to `file` (replacing it).
    async fn export(&self, name: &str, snapshot: &str, file: &Path) -> Result<(), EngineError>;

    /// Ensures an image of that alias from a file in the engine's own format.
    async fn import_image(&self, image: &str, file: &Path) -> Result<ImageInfo, EngineError>;

    /// Ensures that the image is gone.
    async fn delete_image(&self, image: &str) -> Result<(), EngineError>;

    /// Public templates that the engine brings by itself.
    fn own_templates(&self) -> Vec<OwnTemplate>;

    /// Names of instances that changed outside of a call, as they change. May miss some: what
    /// matters is found by looking again.
    fn changes(&self) -> broadcast::Receiver<String>;
}
