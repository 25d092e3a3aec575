//! What goes into an engine and what comes out.

use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, Ipv6Addr};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EngineKind {
    Sim,
    Incus,
}

impl EngineKind {
    pub fn as_str(self) -> &'static str {
        match self {
            EngineKind::Sim => "sim",
            EngineKind::Incus => "incus",
        }
    }
}

/// What an engine says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    pub kind: EngineKind,
    pub version: String,
    /// Limits of CPU and memory are really enforced.
    pub enforces_limits: bool,
}

/// Limits of an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    pub cpus: i64,
    pub memory_mib: i64,
    pub disk_gib: i64,
}

/// Everything needed to make an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceSpec {
    /// The engine's name: [`crate::NAME_PREFIX`] and the instance's id.
    pub name: String,
    /// What the customer calls it; sentinel names drive failures of the simulated engine.
    pub display_name: String,
    pub host_name: String,
    /// Alias of the image.
    pub image: String,
    pub size: Size,
    /// OpenSSH lines for the template's default user.
    pub ssh_keys: Vec<String>,
    pub default_user: String,
    /// Set for the default user at first boot.
    pub password: Option<String>,
    /// The customer's cloud-init user data, byte for byte.
    pub user_data: Option<Vec<u8>>,
    pub public_ipv4: bool,
    pub public_ipv6: bool,
}

/// How a stop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stopped {
    /// It shut down by itself when asked, or did not run.
    Politely,
    /// It did not react in time and was switched off.
    Forced,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Power {
    Running,
    Stopped,
    /// Anything else that the engine may say (frozen, error).
    Other,
}

/// What the engine says of an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observed {
    pub name: String,
    pub power: Power,
    pub ipv4: Option<Ipv4Addr>,
    pub ipv6: Option<Ipv6Addr>,
    pub mac: Option<String>,
    pub size: Size,
    pub snapshots: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageInfo {
    /// Bytes of the image, as stored.
    pub size_bytes: i64,
}

/// A public template that an engine brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTemplate {
    pub image: String,
    pub name: String,
    pub family: String,
    pub version: String,
    pub build: String,
    pub default_user: String,
    pub size_bytes: i64,
    pub password_enabled: bool,
    pub ssh_key_enabled: bool,
}

/// Why an engine did not do it. `Unreachable` and `Busy` are worth another try.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    #[error("the engine does not answer: {0}")]
    Unreachable(String),
    #[error("the engine is busy: {0}")]
    Busy(String),
    #[error("the engine has no {0}")]
    NotFound(String),
    #[error("the engine refused: {0}")]
    Refused(String),
    #[error("the engine can't do that: {0}")]
    Unsupported(String),
    #[error("the engine has no room: {0}")]
    NoCapacity(String),
    #[error("the engine answered something unexpected: {0}")]
    Protocol(String),
}

impl EngineError {
    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_worth_retrying(&self) -> bool {
        matches!(
            self,
            EngineError::Unreachable(_) | EngineError::Busy(_) | EngineError::Protocol(_)
        )
    }
}
