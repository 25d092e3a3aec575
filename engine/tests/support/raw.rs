//! Incus' own word: its API without a line of our client.

use serde_json::{Value, json};
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

pub fn get(socket: &Path, path: &str) -> Value {
    ask(socket, "GET", path, &Value::Null)
}

/// The whole envelope; of an operation, as it is when it ended.
pub fn ask(socket: &Path, method: &str, path: &str, body: &Value) -> Value {
    let answer = send(socket, method, path, body);
    let Some(operation) = answer["operation"].as_str().filter(|path| !path.is_empty()) else {
        return answer;
    };
    send(socket, "GET", &format!("{operation}/wait?timeout=60"), &Value::Null)
}

fn send(socket: &Path, method: &str, path: &str, body: &Value) -> Value {
    serde_json::from_slice(&bytes(socket, method, path, body)).unwrap()
}

pub fn bytes(socket: &Path, method: &str, path: &str, body: &Value) -> Vec<u8> {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut stream = UnixStream::connect(socket).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.0\r\nHost: incus\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    answer.split_off(head + 4)
}

/// Runs a command inside an instance; its exit code and what it wrote.
pub fn exec(socket: &Path, instance: &str, command: &[&str]) -> (i64, String) {
    let body = json!({"command": command, "record-output": true, "wait-for-websocket": false});
    let ended = ask(socket, "POST", &format!("/1.0/instances/{instance}/exec"), &body);
    let metadata = &ended["metadata"]["metadata"];
    let output = metadata["output"]["1"].as_str().unwrap_or_default();
    let text = match output {
        "" => String::new(),
        path => String::from_utf8_lossy(&bytes(socket, "GET", path, &Value::Null)).into_owned(),
    };
    (metadata["return"].as_i64().unwrap_or(-1), text)
}

/// A file inside an instance, as text.
pub fn file(socket: &Path, instance: &str, path: &str) -> String {
    let path = format!("/1.0/instances/{instance}/files?path={path}");
    String::from_utf8_lossy(&bytes(socket, "GET", &path, &Value::Null)).into_owned()
}
