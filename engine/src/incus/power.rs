//! On and off.

use super::Incus;
use super::client::Deadline;
use super::client::failure::says;
use super::name;
use crate::{EngineError, Stopped};
use http::Method;
use serde_json::{Value, json};
use std::time::Duration;

impl Incus {
    pub(super) async fn power_on(&self, name: &str) -> Result<(), EngineError> {
        match self.put_state(name, &json!({"action": "start"}), 0).await {
            Err(error) if says(&error, "already running") && !is_busy(&error) => Ok(()),
            other => other,
        }
    }

    pub(super) async fn power_off(
        &self,
        name: &str,
        polite_seconds: u32,
    ) -> Result<Stopped, EngineError> {
        if polite_seconds > 0 {
            let body = json!({"action": "stop", "timeout": polite_seconds});
            match self.put_state(name, &body, polite_seconds).await {
                Ok(()) => return Ok(Stopped::Politely),
                Err(error) if is_stopped(&error) => return Ok(Stopped::Politely),
                Err(error @ (EngineError::NotFound(_) | EngineError::Unreachable(_))) => {
                    return Err(error);
                }
                Err(error) if is_busy(&error) => return Err(error),
                // It did not react, or can't: a frozen instance hears nothing.
                Err(_) => {}
            }
        }
        Ok(if self.force_off(name).await? { Stopped::Forced } else { Stopped::Politely })
    }

    /// Whether it had to be done.
    pub(super) async fn force_off(&self, name: &str) -> Result<bool, EngineError> {
        match self.put_state(name, &json!({"action": "stop", "force": true}), 0).await {
            Ok(()) => Ok(true),
            Err(error) if is_stopped(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn put_state(
        &self,
        name: &str,
        body: &Value,
        polite_seconds: u32,
    ) -> Result<(), EngineError> {
        let path = format!("/1.0/instances/{}/state", name::ours(name)?);
        let polite = Duration::from_secs(polite_seconds.into());
        let deadline = Deadline(Deadline::SHORT.0 + polite);
        self.client.act(Method::PUT, &path, Some(body), deadline).await.map(drop)
    }
}

fn is_stopped(error: &EngineError) -> bool {
    says(error, "already stopped") || says(error, "not running")
}

fn is_busy(error: &EngineError) -> bool {
    matches!(error, EngineError::Busy(_))
}
