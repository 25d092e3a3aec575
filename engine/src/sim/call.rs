//! The calls, by name, and the log of those that had an effect.

use serde::{Deserialize, Serialize};

/// A method of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallName {
    Health,
    Prepare,
    Create,
    Start,
    Stop,
    Delete,
    Resize,
    Rebuild,
    SetPassword,
    Observe,
    List,
    CreateSnapshot,
    DeleteSnapshot,
    Revert,
    Publish,
    Export,
    ImportImage,
    DeleteImage,
}

/// A call that changed something. Repeating a call whose wish is already true is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Virtual time since the world began.
    pub at_ms: u64,
    pub name: CallName,
    /// The instance, `instance/snapshot`, or the alias of the image.
    pub object: String,
}
