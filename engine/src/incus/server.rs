//! What the server says of itself.

use super::Incus;
use crate::{EngineError, EngineKind, Health};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::time::Duration;

/// What takes longer to say how it is, is not well.
const HEALTH_WITHIN: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
pub(super) struct Server {
    #[serde(default)]
    api_extensions: BTreeSet<String>,
    auth: String,
    /// Not told to strangers.
    #[serde(default)]
    pub environment: Environment,
}

#[derive(Default, Deserialize)]
pub(super) struct Environment {
    #[serde(default)]
    server_version: String,
    #[serde(default)]
    pub server_clustered: bool,
    #[serde(default)]
    pub storage_supported_drivers: Option<Vec<Driver>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Driver {
    pub name: String,
}

#[derive(Deserialize)]
struct Warning {
    #[serde(rename = "type")]
    kind: String,
    status: String,
}

impl Server {
    pub(super) fn can(&self, extension: &str) -> bool {
        self.api_extensions.contains(extension)
    }
}

impl Incus {
    pub(super) async fn server(&self) -> Result<Server, EngineError> {
        self.client.get("/1.0").await
    }

    pub(super) async fn ask_health(&self) -> Result<Health, EngineError> {
        let asked = tokio::time::timeout(HEALTH_WITHIN, self.ask_health_at_leisure()).await;
        asked.unwrap_or_else(|_| {
            let seconds = HEALTH_WITHIN.as_secs();
            Err(EngineError::Unreachable(format!("no answer in {seconds} seconds")))
        })
    }

    async fn ask_health_at_leisure(&self) -> Result<Health, EngineError> {
        let server = self.server().await?;
        if server.auth != "trusted" {
            return Err(EngineError::Refused("Incus does not trust our certificate".into()));
        }
        let enforces_limits = !server.can("warnings") || !self.lacks_controllers().await?;
        let version = server.environment.server_version;
        Ok(Health { kind: EngineKind::Incus, version, enforces_limits })
    }

    /// Incus takes limits even where it can't enforce them, and then only warns.
    async fn lacks_controllers(&self) -> Result<bool, EngineError> {
        let warnings: Option<Vec<Warning>> = self.client.get("/1.0/warnings?recursion=1").await?;
        Ok(warnings.unwrap_or_default().iter().any(|warning| {
            let kind = warning.kind.to_lowercase();
            let limits = kind.contains("memory controller") || kind.contains("cpu controller");
            warning.status != "resolved" && kind.contains("cgroup") && limits
        }))
    }
}
