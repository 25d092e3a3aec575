//! Every kind of operation that the worker runs: what it needs, and how it is asked for.

use super::World;
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Create,
    CreateStopped,
    Start,
    Stop,
    Reboot,
    Scale,
    Resize,
    Reset,
    Revert,
    Password,
    Delete,
    SnapshotCreate,
    SnapshotDelete,
    SnapshotExport,
    Promote,
    TemplateDelete,
    SoftDelete,
    Recover,
}

/// What an operation is about.
#[derive(Clone, Debug, Default)]
pub struct On {
    pub instance: String,
    pub snapshot: String,
    pub template: String,
}

impl Kind {
    pub const ALL: [Kind; 18] = [
        Kind::Create,
        Kind::CreateStopped,
        Kind::Start,
        Kind::Stop,
        Kind::Reboot,
        Kind::Scale,
        Kind::Resize,
        Kind::Reset,
        Kind::Revert,
        Kind::Password,
        Kind::Delete,
        Kind::SnapshotCreate,
        Kind::SnapshotDelete,
        Kind::SnapshotExport,
        Kind::Promote,
        Kind::TemplateDelete,
        Kind::SoftDelete,
        Kind::Recover,
    ];

    /// Makes what the operation needs.
    pub async fn prepare(self, world: &World) -> On {
        let mut on = On::default();
        if matches!(self, Kind::Create | Kind::CreateStopped) {
            return on;
        }
        let runs = !matches!(self, Kind::Start | Kind::Scale | Kind::Resize);
        let body = world.create_body(runs).await;
        on.instance = world.succeed(&world.accept("POST", "/v2/instance", body).await).await;
        use Kind::*;
        if matches!(self, Revert | SnapshotDelete | SnapshotExport | Promote | TemplateDelete) {
            on.snapshot = world.succeed(&SnapshotCreate.begin(world, &on).await).await;
        }
        if self == Revert {
            // So that there is something to go back from.
            world.succeed(&Reboot.begin(world, &on).await).await;
        }
        if self == Recover {
            world.succeed(&SoftDelete.begin(world, &on).await).await;
        }
        if self == TemplateDelete {
            on.template = world.succeed(&Promote.begin(world, &on).await).await;
        }
        on
    }

    /// Asks for it; answers the operation.
    pub async fn begin(self, world: &World, on: &On) -> Value {
        let (method, path, body) = self.request(world, on).await;
        world.accept(method, &path, body).await
    }

    pub async fn request(self, world: &World, on: &On) -> (&'static str, String, Value) {
        let On { instance, snapshot, template } = on;
        let of = |verb: &str| format!("/v2/instance/{instance}:{verb}");
        match self {
            Kind::Create => ("POST", "/v2/instance".into(), world.create_body(true).await),
            Kind::CreateStopped => ("POST", "/v2/instance".into(), world.create_body(false).await),
            Kind::Start => ("PUT", of("start"), json!({})),
            Kind::Stop => ("PUT", of("stop"), Value::Null),
            Kind::SoftDelete => ("PUT", of("soft-delete"), Value::Null),
            Kind::Recover => ("PUT", of("recover"), json!({ "start": true })),
            Kind::Reboot => ("PUT", of("reboot"), Value::Null),
            Kind::Scale => (
                "PUT",
                of("scale"),
                json!({ "instance-type": { "id": world.type_id("standard.medium") } }),
            ),
            Kind::Resize => ("PUT", of("resize-disk"), json!({ "disk-size": 20 })),
            Kind::Reset => ("PUT", of("reset"), json!({ "disk-size": 20 })),
            Kind::Revert => ("POST", of("revert-snapshot"), json!({ "id": snapshot })),
            Kind::Password => ("PUT", of("reset-password"), Value::Null),
            Kind::Delete => ("DELETE", format!("/v2/instance/{instance}"), Value::Null),
            Kind::SnapshotCreate => ("POST", of("create-snapshot"), Value::Null),
            Kind::SnapshotDelete => ("DELETE", format!("/v2/snapshot/{snapshot}"), Value::Null),
            Kind::SnapshotExport => {
                ("POST", format!("/v2/snapshot/{snapshot}:export"), Value::Null)
            }
            Kind::Promote => {
                ("POST", format!("/v2/snapshot/{snapshot}:promote"), json!({ "name": "golden" }))
            }
            Kind::TemplateDelete => ("DELETE", format!("/v2/template/{template}"), Value::Null),
        }
    }

    /// Whether the engine can tell afterwards that the call did what it said. What is on a disk, a
    /// password and an image can't be looked at.
    pub fn is_seen(call: &str) -> bool {
        !matches!(call, "rebuild" | "revert" | "set-password" | "delete-image")
    }
}
