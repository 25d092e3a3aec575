//! The three envelopes of Incus' answers.

use super::failure;
use crate::EngineError;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A value, or an operation to wait for.
pub(super) struct Answer {
    pub is_operation: bool,
    pub metadata: Value,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_code: u16,
    #[serde(default)]
    metadata: Value,
}

pub(super) fn parse(bytes: &[u8]) -> Result<Answer, EngineError> {
    let envelope: Envelope =
        serde_json::from_slice(bytes).map_err(|error| failure::unexpected(&error.to_string()))?;
    match envelope.kind.as_str() {
        "sync" => Ok(Answer { is_operation: false, metadata: envelope.metadata }),
        "async" => Ok(Answer { is_operation: true, metadata: envelope.metadata }),
        "error" => Err(failure::of_answer(envelope.error_code, envelope.error)),
        other => Err(failure::unexpected(&format!("an envelope {other:?}"))),
    }
}

pub(super) fn read<T: DeserializeOwned>(metadata: Value) -> Result<T, EngineError> {
    serde_json::from_value(metadata).map_err(|error| failure::unexpected(&error.to_string()))
}

/// Work that goes on in Incus.
#[derive(Deserialize)]
pub(in crate::incus) struct Operation {
    pub id: String,
    #[serde(default)]
    pub description: String,
    status_code: u16,
    #[serde(default)]
    err: String,
    #[serde(default)]
    pub metadata: Value,
}

impl Operation {
    /// `None` while it goes on.
    pub(super) fn result(self) -> Option<Result<Value, EngineError>> {
        match self.status_code {
            200 => Some(Ok(self.metadata)),
            400 | 401 => Some(Err(failure::of_operation(self.err))),
            _ => None,
        }
    }
}
