//! Incus tells what happens as it happens; we pass on the names of ours.

use super::client::Client;
use crate::NAME_PREFIX;
use futures::StreamExt;
use serde::Deserialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;

/// Names that a slow receiver may be behind with before it misses some.
const BACKLOG: usize = 1024;
const RETRY_AFTER: Duration = Duration::from_secs(1);
const RETRY_AFTER_AT_MOST: Duration = Duration::from_secs(30);

pub(super) struct Events {
    client: Arc<Client>,
    sender: broadcast::Sender<String>,
    /// Begun when somebody first asks, ended with us.
    listener: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Deserialize)]
struct Event {
    metadata: Lifecycle,
}

#[derive(Deserialize)]
struct Lifecycle {
    source: String,
}

impl Events {
    pub(super) fn new(client: Arc<Client>) -> Events {
        Events { client, sender: broadcast::channel(BACKLOG).0, listener: Mutex::new(None) }
    }

    /// Within a tokio runtime.
    pub(super) fn subscribe(&self) -> broadcast::Receiver<String> {
        let receiver = self.sender.subscribe();
        let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        if listener.as_ref().is_none_or(JoinHandle::is_finished) {
            *listener = Some(tokio::spawn(listen(self.client.clone(), self.sender.clone())));
        }
        receiver
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        let listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(listener) = listener {
            listener.abort();
        }
    }
}

async fn listen(client: Arc<Client>, sender: broadcast::Sender<String>) {
    let mut pause = RETRY_AFTER;
    loop {
        match client.websocket("/1.0/events?type=lifecycle").await {
            Ok(mut socket) => {
                pause = RETRY_AFTER;
                while let Some(Ok(message)) = socket.next().await {
                    if let Some(name) = name_in(&message) {
                        // Without a receiver there is nobody to tell.
                        let _ = sender.send(name);
                    }
                }
                tracing::info!("Incus ended its stream of events; asking again");
            }
            Err(error) => tracing::debug!(%error, "Incus gives no events"),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(RETRY_AFTER_AT_MOST);
    }
}

fn name_in(message: &Message) -> Option<String> {
    let event: Event = serde_json::from_str(message.to_text().ok()?).ok()?;
    let path = event.metadata.source.split('?').next()?;
    let name = path.strip_prefix("/1.0/instances/")?.split('/').next()?;
    name.starts_with(NAME_PREFIX).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_instances_are_told_of() {
        for (source, expected) in [
            ("/1.0/instances/couloir-1", Some("couloir-1")),
            ("/1.0/instances/couloir-1?project=x", Some("couloir-1")),
            ("/1.0/instances/couloir-1/snapshots/a", Some("couloir-1")),
            ("/1.0/instances/web", None),
            ("/1.0/images/couloir-1", None),
        ] {
            let text = serde_json::json!({"type": "lifecycle", "metadata": {"source": source}});
            let name = name_in(&Message::text(text.to_string()));
            assert_eq!(name.as_deref(), expected, "{source}");
        }
    }
}
