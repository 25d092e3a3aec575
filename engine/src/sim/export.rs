//! The file format of the simulated engine: a line of JSON that says that it is simulated.

use crate::EngineError;
use serde::{Deserialize, Serialize};
use std::path::Path;

#[derive(Serialize, Deserialize)]
pub(super) struct Exported {
    simulated: bool,
    note: String,
    image: String,
    content: u64,
    pub size_bytes: i64,
}

impl Exported {
    pub(super) fn new(image: &str, content: u64, disk_gib: i64) -> Exported {
        Exported {
            simulated: true,
            note: "This is no disk: it was exported by Couloir's simulated engine.".into(),
            image: image.into(),
            content,
            size_bytes: disk_gib << 30,
        }
    }
}

/// Through a file beside it, so that a killed process never leaves half of one.
pub(super) async fn write(exported: &Exported, file: &Path) -> Result<(), EngineError> {
    let mut text = serde_json::to_string(exported)
        .map_err(|error| EngineError::Protocol(format!("can't write the export: {error}")))?;
    text.push('\n');
    let part = file.with_extension("part");
    let written = async {
        tokio::fs::write(&part, text).await?;
        tokio::fs::rename(&part, file).await
    };
    written.await.map_err(|error| {
        EngineError::Refused(format!("{} can't be written: {error}", file.display()))
    })
}

/// The size of the disk in the file: what an export says, else the length of the file.
pub(super) async fn size_bytes(file: &Path) -> Result<i64, EngineError> {
    let unreadable =
        |error| EngineError::Refused(format!("the file {} can't be read: {error}", file.display()));
    let length = tokio::fs::metadata(file).await.map_err(unreadable)?.len();
    if length == 0 {
        return Err(EngineError::Refused("the file is empty".into()));
    }
    if length < 4096 {
        let bytes = tokio::fs::read(file).await.map_err(unreadable)?;
        if let Ok(exported) = serde_json::from_slice::<Exported>(&bytes) {
            return Ok(exported.size_bytes);
        }
    }
    Ok(i64::try_from(length).unwrap_or(i64::MAX))
}
