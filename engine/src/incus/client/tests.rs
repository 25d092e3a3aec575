//! What the client makes of an Incus that is not well.

#![allow(clippy::unwrap_used)]

use super::{Client, Deadline};
use crate::EngineError;
use http::Method;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixListener;

/// Answers every request with what `answer` makes of its path; hangs up without one.
fn fake(socket: &Path, answer: fn(&str) -> Option<String>) {
    let listener = UnixListener::bind(socket).unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 4096];
            let length = stream.read(&mut request).await.unwrap();
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default();
            if let Some(body) = answer(path) {
                let length = body.len();
                let text = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}");
                stream.write_all(text.as_bytes()).await.unwrap();
            }
        }
    });
}

async fn act(answer: fn(&str) -> Option<String>, deadline: Duration) -> Result<Value, EngineError> {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("socket");
    fake(&socket, answer);
    let client = Client::new(&format!("unix://{}", socket.display())).unwrap();
    client.act(Method::POST, "/1.0/instances", Some(&json!({})), Deadline(deadline)).await
}

fn operation(code: u16, err: &str) -> Option<String> {
    let metadata = json!({"id": "1", "description": "Making", "status_code": code, "err": err});
    Some(json!({"type": "async", "metadata": metadata}).to_string())
}

fn waited(code: u16, err: &str) -> Option<String> {
    let metadata = json!({"id": "1", "description": "Making", "status_code": code, "err": err});
    Some(json!({"type": "sync", "metadata": metadata}).to_string())
}

#[tokio::test]
async fn an_answer_that_is_lost_or_nonsense_is_worth_another_try() {
    let error = act(|_| None, Duration::ZERO).await.unwrap_err();
    assert!(matches!(error, EngineError::Unreachable(_)), "{error:?}");
    let error = act(|_| Some("<html>".into()), Duration::ZERO).await.unwrap_err();
    assert!(matches!(error, EngineError::Protocol(_)), "{error:?}");
    let error = act(|_| Some(r#"{"type": "other"}"#.into()), Duration::ZERO).await.unwrap_err();
    assert!(matches!(error, EngineError::Protocol(_)), "{error:?}");
}

#[tokio::test]
async fn an_operation_is_waited_for_until_its_deadline() {
    fn never(path: &str) -> Option<String> {
        if path.contains("/wait") { waited(103, "") } else { operation(103, "") }
    }
    let error = act(never, Duration::ZERO).await.unwrap_err();
    assert_eq!(error, EngineError::Busy("Making is still going on".into()));

    fn fails(path: &str) -> Option<String> {
        if path.contains("/wait") { waited(400, "no space left on device") } else { never(path) }
    }
    let error = act(fails, Duration::ZERO).await.unwrap_err();
    assert_eq!(error, EngineError::NoCapacity("no space left on device".into()));

    // Incus was restarted meanwhile and knows nothing of it: the call is to be repeated.
    fn forgets(path: &str) -> Option<String> {
        if path.contains("/wait") {
            let error = "Operation not found";
            return Some(json!({"type": "error", "error_code": 404, "error": error}).to_string());
        }
        never(path)
    }
    let error = act(forgets, Duration::ZERO).await.unwrap_err();
    assert!(error.is_worth_retrying(), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn silence_has_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("socket");
    let _silent = UnixListener::bind(&socket).unwrap();
    let client = Client::new(&format!("unix://{}", socket.display())).unwrap();
    let error = client.get::<Value>("/1.0").await.unwrap_err();
    assert_eq!(error, EngineError::Unreachable("no answer in 60 seconds".into()));
}
