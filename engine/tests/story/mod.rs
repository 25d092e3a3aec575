//! The story of some instances, from nothing to nothing.

pub mod addresses;
mod disk;
pub mod incus_side;
mod life;
mod others;
pub mod remote;
pub mod sim_side;

use engine::{Engine, InstanceSpec, Observed, Size};
use serde_json::Value;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

/// An engine, and a way to look past it.
pub trait Side: Send + Sync {
    fn engine(&self) -> &dyn Engine;

    /// Aliases of images that are there: one that stops when asked, one that does not.
    fn images(&self) -> [String; 2];

    /// What the engine has written down of the instance: its limits, its root disk, its user data.
    fn written(&self, name: &str) -> Written;

    /// What the instance answers to a request, where there is anything to ask.
    fn request(&self, ip: Ipv4Addr, path: &str) -> Option<String>;

    /// A file inside the instance, where there are files.
    fn file(&self, name: &str, path: &str) -> Option<String>;

    /// Makes an instance that is not ours, where the engine can have such a thing.
    fn make_foreign(&self, name: &str) -> bool;

    fn exists(&self, name: &str) -> bool;

    fn stop_behind_our_back(&self, name: &str);
}

#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    pub size: Size,
    pub user_data: Option<Vec<u8>>,
    /// Everything, for what only one engine has.
    pub raw: Value,
}

/// Bytes that like to get lost on the way.
pub const USER_DATA: &str = "#cloud-config\r\n# \u{e4}\u{1f3d4} \"a\" 'b' \\n {{ c }} ${d} %s\n\
                             runcmd:\n\t- [true]\n\n  \n";

pub fn spec(id: &str, image: &str, display_name: &str) -> InstanceSpec {
    InstanceSpec {
        name: format!("couloir-{id}"),
        display_name: display_name.into(),
        host_name: id.into(),
        image: image.into(),
        size: Size { cpus: 1, memory_mib: 64, disk_gib: 1 },
        ssh_keys: vec!["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample someone@example".into()],
        default_user: "root".into(),
        password: Some("first: 'password'".into()),
        user_data: Some(USER_DATA.into()),
        public_ipv4: true,
        public_ipv6: true,
    }
}

pub async fn tell(side: &dyn Side) {
    let step = Step::begin("prepare, twice, and health");
    side.engine().prepare().await.unwrap();
    side.engine().prepare().await.unwrap();
    let health = side.engine().health().await.unwrap();
    assert_eq!(health.kind, side.engine().kind());
    assert!(!health.version.is_empty());
    step.end();
    life::tell(side).await;
    disk::tell(side).await;
    others::tell(side).await;
    assert_eq!(side.engine().list().await.unwrap(), [], "nothing is left");
}

pub async fn seen(side: &dyn Side, name: &str) -> Observed {
    side.engine().observe(name).await.unwrap().expect("it exists")
}

/// Addresses are given a moment after the start.
pub async fn address(side: &dyn Side, name: &str) -> Ipv4Addr {
    for _ in 0..600 {
        if let Some(ip) = seen(side, name).await.ipv4 {
            return ip;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{name} has no address after a minute");
}

/// How often the disk was booted, by the instance's own account.
pub async fn check_boots(side: &dyn Side, name: &str, expected: u32) {
    let step = Step::begin("  until it answers");
    let ip = address(side, name).await;
    if let Some(boots) = side.request(ip, "/boots") {
        assert_eq!(boots, expected.to_string(), "boots of {name}");
    }
    step.end();
}

/// A part of the story that tells how long it took.
pub struct Step(&'static str, Instant);

impl Step {
    pub fn begin(what: &'static str) -> Step {
        Step(what, Instant::now())
    }

    pub fn end(self) {
        println!("{:>7.2} s  {}", self.1.elapsed().as_secs_f64(), self.0);
    }
}
