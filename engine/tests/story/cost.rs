//! What a creation costs through us, beside the same requests made by hand.

use super::incus_side::IncusSide;
use super::{Side, spec};
use engine::Engine;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

pub async fn compare(side: &IncusSide<'_>) {
    let [image, _] = side.images();
    let (mut ours, mut raw) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let one = spec(&format!("ours-{round}"), &image, "ours");
        let begin = Instant::now();
        side.incus.create(&one).await.unwrap();
        side.incus.start(&one.name).await.unwrap();
        ours.push(begin.elapsed());

        // The same instance: what we wrote down for it, under another name.
        let written = side.written(&one.name).raw;
        let name = format!("couloir-raw-{round}");
        let mut config = written["config"].as_object().expect("a map").clone();
        config.retain(|key, _| !key.starts_with("volatile.") && !key.starts_with("image."));
        let mut devices = written["devices"].clone();
        // That one is taken.
        devices["eth0"].as_object_mut().expect("a map").remove("ipv4.address");
        let body = json!({
            "name": name, "type": "container", "profiles": [], "config": config,
            "devices": devices, "source": {"type": "image", "alias": image},
        });
        let begin = Instant::now();
        let made = side.ask("POST", "/1.0/instances", body);
        let start = json!({"action": "start"});
        let started = side.ask("PUT", &format!("/1.0/instances/{name}/state"), start);
        raw.push(begin.elapsed());
        for answer in [made, started] {
            assert_eq!(answer["metadata"]["status"], Value::from("Success"), "{answer}");
        }
        side.incus.delete(&one.name).await.unwrap();
        side.incus.delete(&name).await.unwrap();
    }
    let [ours, raw] = [ours, raw].map(middle);
    println!("create and start: {ours:?} through us, {raw:?} by hand");
    // Wide, for the machine may be busy: it catches a request too many that waits, not noise.
    assert!(ours < raw * 2 + Duration::from_millis(300));
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
