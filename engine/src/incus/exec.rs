//! Running a program inside an instance, with something to read.
//!
//! What it reads goes over a websocket: arguments and environment would be shown to everybody who
//! may look at Incus' operations.

use super::client::Deadline;
use super::client::failure::{self, says};
use super::{Incus, name};
use crate::EngineError;
use futures::{SinkExt, StreamExt};
use http::Method;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

/// Most that is kept of what a program says.
const OUTPUT_MAX_BYTES: usize = 4096;

impl Incus {
    pub(super) async fn change_password(
        &self,
        instance: &str,
        user: &str,
        password: &str,
    ) -> Result<(), EngineError> {
        let is_one_line = |text: &str| !text.is_empty() && !text.contains(['\n', '\r', '\0']);
        if !is_one_line(user) || user.contains(':') || !is_one_line(password) {
            return Err(EngineError::Refused("no such user or password is possible".into()));
        }
        let input = format!("{user}:{password}\n");
        let (code, output) = self.run(instance, &["chpasswd"], input).await?;
        match code {
            0 => Ok(()),
            126 | 127 => Err(EngineError::Unsupported("the image has no chpasswd".into())),
            _ => Err(EngineError::Refused(format!("the password was not taken: {output}"))),
        }
    }

    /// Gives its exit code and what it said on standard error.
    async fn run(
        &self,
        instance: &str,
        command: &[&str],
        input: String,
    ) -> Result<(i64, String), EngineError> {
        let path = format!("/1.0/instances/{}/exec", name::ours(instance)?);
        let body = json!({
            "command": command,
            "wait-for-websocket": true,
            "interactive": false,
        });
        let operation = self.client.begin(Method::POST, &path, &body).await?;
        let socket = async |descriptor: &str| {
            let secret = operation.metadata["fds"][descriptor].as_str().unwrap_or_default();
            let id = &operation.id;
            let path = format!("/1.0/operations/{id}/websocket?secret={secret}");
            self.client.websocket(&path).await
        };
        let mut stdin = socket("0").await?;
        let stdout = socket("1").await?;
        let stderr = socket("2").await?;
        let _control = socket("control").await?;
        // A program that is not there, or does not read, hangs up on us: its code says why.
        let _ = stdin.send(Message::binary(input)).await;
        // This is how Incus is told that the input ends.
        let _ = stdin.send(Message::text("")).await;
        let (ended, _, said) = tokio::join!(
            self.client.wait(&operation, Deadline::SHORT),
            gather(stdout),
            gather(stderr),
        );
        match ended {
            Ok(metadata) => {
                let code = metadata["return"].as_i64();
                let code = code.ok_or_else(|| failure::unexpected("no exit code"))?;
                Ok((code, said))
            }
            Err(error) if says(&error, "command not found") => Ok((127, said)),
            Err(error) => Err(error),
        }
    }
}

async fn gather<S>(socket: S) -> String
where
    S: futures::Stream<Item = Result<Message, tokio_tungstenite::tungstenite::Error>>,
{
    let mut socket = std::pin::pin!(socket);
    let mut output = Vec::new();
    while let Some(Ok(message)) = socket.next().await {
        match message {
            Message::Binary(bytes) if output.len() < OUTPUT_MAX_BYTES => output.extend(bytes),
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) => {}
            // An empty text says that the output ended.
            _ => break,
        }
    }
    output.truncate(OUTPUT_MAX_BYTES);
    String::from_utf8_lossy(&output).trim().to_owned()
}
