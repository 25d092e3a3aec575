//! The same Incus over HTTPS: only with a certificate that it trusts, and only the server whose
//! certificate we were given.

use super::Step;
use super::incus_side::IncusSide;
use crate::support::throwaway::Throwaway;
use engine::incus::Incus;
use engine::{Engine, EngineError};
use serde_json::json;
use std::path::Path;
use std::process::Stdio;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;

/// Only for an Incus of our own: its settings are changed, and its key is used as a client's.
pub async fn reach(side: &IncusSide<'_>, host: &Throwaway) {
    let Some(state) = host.state() else { return };
    let step = Step::begin("reach it over HTTPS");
    side.ask("PATCH", "/1.0", json!({"config": {"core.https_address": "127.0.0.1:8443"}}));
    let port = forward(host.in_its_network()).await;
    let [cert, key] = ["server.crt", "server.key"].map(|file| state.join(file));
    let another =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("support").join("another.crt");
    let connect = |server: &Path| {
        let [cert, key, server] = [&cert, &key, server].map(Path::display);
        let url = format!("incus:https://127.0.0.1:{port}?cert={cert}&key={key}&server={server}");
        Incus::connect(&url).unwrap()
    };
    let remote = connect(&cert);

    let stranger = remote.health().await;
    assert!(matches!(stranger, Err(EngineError::Refused(_))), "{stranger:?}");
    let pem = std::fs::read_to_string(&cert).unwrap();
    let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let trust = json!({"type": "client", "name": "couloir", "certificate": base64});
    let trusted = side.ask("POST", "/1.0/certificates", trust);
    assert_eq!(trusted["type"], "sync", "{trusted}");

    let local = side.incus.health().await.unwrap();
    assert_eq!(remote.health().await.unwrap(), local);
    let one = super::spec("remote", super::Side::images(side)[0].as_str(), "remote");
    remote.create(&one).await.unwrap();
    remote.start(&one.name).await.unwrap();
    remote.set_password(&one.name, "root", "over a websocket").await.unwrap();
    remote.delete(&one.name).await.unwrap();

    let impostor = connect(&another).health().await.unwrap_err();
    assert!(impostor.to_string().contains("another certificate"), "{impostor}");
    step.end();
}

/// A port of this machine that leads to the one of Incus, inside its network.
async fn forward(inside: Vec<String>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(carry(stream, inside.clone()));
        }
    });
    port
}

async fn carry(mut stream: TcpStream, inside: Vec<String>) {
    let both_ways = "exec 3<>/dev/tcp/127.0.0.1/8443; cat <&3 & cat >&3";
    let mut child = Command::new(&inside[0])
        .args(&inside[1..])
        .args(["bash", "-c", both_ways])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let (mut to, mut from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (mut read, mut write) = stream.split();
    let _ =
        tokio::join!(tokio::io::copy(&mut read, &mut to), tokio::io::copy(&mut from, &mut write),);
}
