//! A fresh disk for an instance that keeps its name, its addresses and its snapshots.
//!
//! Incus itself refuses to rebuild what has snapshots. Then a second instance is made of the image,
//! its disk is copied over, and it is removed: its name ends with [`SECOND`], so that a leftover of
//! a crash is found by the next try, and seen as a stray if there is none.

use super::client::Deadline;
use super::instance::config;
use super::{Incus, name};
use crate::{EngineError, InstanceSpec, Power};
use http::Method;
use serde_json::json;

const SECOND: &str = "-rebuild";

impl Incus {
    pub(super) async fn rebuild_instance(&self, spec: &InstanceSpec) -> Result<(), EngineError> {
        name::our_image(&spec.image)?;
        let now = self.existing(&spec.name).await?;
        if now.observed.power != Power::Stopped {
            return Err(EngineError::Refused("the instance has to be stopped".into()));
        }
        let mut root = now.root;
        root["size"] = json!(format!("{}GiB", spec.size.disk_gib));
        let mut config = config(spec)?;
        if spec.user_data.is_none() {
            // A patch keeps what it does not name, and takes an empty value for none.
            config["cloud-init.user-data"] = json!("");
        }
        let body = json!({"config": config, "devices": {"root": root}});
        self.patch(&spec.name, &body).await?;
        if now.observed.snapshots.is_empty() && self.server().await?.can("instances_rebuild") {
            let path = format!("/1.0/instances/{}/rebuild", name::ours(&spec.name)?);
            let body = |source| json!({"source": source});
            return self.post_with_image(&path, &spec.image, body).await;
        }
        let second = format!("{}{SECOND}", spec.name);
        self.delete_instance(&second).await?;
        let body = |source| {
            json!({
                "name": second,
                "type": "container",
                "profiles": [],
                "devices": {"root": root},
                "source": source,
            })
        };
        self.post_with_image("/1.0/instances", &spec.image, body).await?;
        let copy = json!({
            "name": spec.name,
            "type": "container",
            "source": {"type": "copy", "source": second, "refresh": true, "instance_only": true},
        });
        self.client.act(Method::POST, "/1.0/instances", Some(&copy), Deadline::LONG).await?;
        self.delete_instance(&second).await
    }
}
