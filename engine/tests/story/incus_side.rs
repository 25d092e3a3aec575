//! Incus' side of the story: whatever is checked is asked of Incus itself.

use super::{Side, Written};
use crate::support::throwaway::Throwaway;
use crate::support::{busybox, raw};
use engine::incus::Incus;
use engine::{Engine, Size};
use serde_json::{Value, json};
use std::net::Ipv4Addr;

const IMAGES: [&str; 2] = ["couloir-test-busybox", "couloir-test-stubborn"];

pub struct IncusSide<'a> {
    pub incus: Incus,
    pub host: &'a Throwaway,
}

impl IncusSide<'_> {
    /// Brings its images.
    pub async fn new(host: &Throwaway) -> IncusSide<'_> {
        let incus = Incus::connect(&host.url()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        incus.prepare().await.unwrap();
        for (image, is_stubborn) in IMAGES.into_iter().zip([false, true]) {
            let file = folder.path().join(image);
            busybox::write(&file, is_stubborn);
            incus.import_image(image, &file).await.unwrap();
        }
        IncusSide { incus, host }
    }

    pub fn ask(&self, method: &str, path: &str, body: Value) -> Value {
        raw::ask(&self.host.socket, method, path, &body)
    }
}

impl Side for IncusSide<'_> {
    fn engine(&self) -> &dyn Engine {
        &self.incus
    }

    fn images(&self) -> [String; 2] {
        IMAGES.map(String::from)
    }

    fn written(&self, name: &str) -> Written {
        let raw = self.ask("GET", &format!("/1.0/instances/{name}"), Value::Null);
        let raw = raw["metadata"].clone();
        let number = |value: &Value, unit: &str| {
            let text = value.as_str().expect("it is written");
            text.strip_suffix(unit).expect("in its unit").parse().unwrap()
        };
        let config = &raw["config"];
        assert_eq!(raw["type"], "container");
        let size = Size {
            cpus: number(&config["limits.cpu"], ""),
            memory_mib: number(&config["limits.memory"], "MiB"),
            disk_gib: number(&raw["devices"]["root"]["size"], "GiB"),
        };
        let user_data = config["cloud-init.user-data"].as_str().map(|text| text.into());
        Written { size, user_data, raw }
    }

    fn request(&self, ip: Ipv4Addr, path: &str) -> Option<String> {
        Some(self.host.request(ip, path).expect("the instance answers"))
    }

    fn file(&self, name: &str, path: &str) -> Option<String> {
        Some(raw::file(&self.host.socket, name, path))
    }

    fn make_foreign(&self, name: &str) -> bool {
        let source = json!({"type": "image", "alias": IMAGES[0]});
        let devices = json!({"root": {"type": "disk", "path": "/", "pool": "couloir"}});
        let body = json!({"name": name, "profiles": [], "source": source, "devices": devices});
        let made = self.ask("POST", "/1.0/instances", body);
        assert_eq!(made["metadata"]["status"], "Success", "{made}");
        true
    }

    fn exists(&self, name: &str) -> bool {
        self.ask("GET", &format!("/1.0/instances/{name}"), Value::Null)["type"] == "sync"
    }

    fn stop_behind_our_back(&self, name: &str) {
        let body = json!({"action": "stop", "force": true});
        self.ask("PUT", &format!("/1.0/instances/{name}/state"), body);
    }
}
