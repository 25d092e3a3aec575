//! A real distribution on real compute: Debian, made from Debian's packages, is told by cloud-init
//! who may come in. Slow, so it stands alone; the image is kept between runs.

#![allow(clippy::unwrap_used)]

mod support;

use engine::incus::Incus;
use engine::{Engine, InstanceSpec, Size, Stopped};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use support::throwaway::{self, Throwaway};
use support::{cache, raw};

const IMAGE: &str = "couloir-test-debian";
const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExample someone: \"quoted\"";
const USER_DATA: &str = "#cloud-config
# \u{e4}\u{1f3d4} {{ no template }} {% nor this %} $HOME 'x' \"y\"
users:
  - default
  - name: guest
    shell: /bin/sh
write_files:
  - path: /etc/greeting
    content: |
      Gr\u{fc}ezi, {{ you }}
";

#[tokio::test(flavor = "multi_thread")]
async fn debian_cloud_init() {
    let Some(host) = Throwaway::or_skip("Debian with cloud-init on Incus") else { return };
    let begin = Instant::now();
    let file = image();
    println!("{:>7.2} s  image made or found", begin.elapsed().as_secs_f64());
    let incus = Incus::connect(&host.url()).unwrap();
    incus.prepare().await.unwrap();
    incus.import_image(IMAGE, &file).await.unwrap();
    let spec = InstanceSpec {
        name: "couloir-debian".into(),
        display_name: "Debian".into(),
        host_name: "greeter".into(),
        image: IMAGE.into(),
        size: Size { cpus: 1, memory_mib: 512, disk_gib: 4 },
        ssh_keys: vec![KEY.into()],
        default_user: "debian".into(),
        password: Some("first: \"password\"".into()),
        user_data: Some(USER_DATA.into()),
        public_ipv4: true,
        public_ipv6: true,
    };
    let name = spec.name.as_str();
    let begin = Instant::now();
    incus.create(&spec).await.unwrap();
    incus.start(name).await.unwrap();
    println!("{:>7.2} s  created and started", begin.elapsed().as_secs_f64());
    let done = inside(&host, name, &["cloud-init", "status", "--wait"]);
    println!("{:>7.2} s  cloud-init is done", begin.elapsed().as_secs_f64());
    let file = |path: &str| raw::file(&host.socket, name, path);
    assert!(
        done.contains("status: done"),
        "{done}{}",
        complaints(&file("/var/log/cloud-init.log"))
    );

    // Incus keeps every byte, but its templates leave out line ends at the end; images add one.
    let given = file("/var/lib/cloud/instance/user-data.txt");
    assert_eq!(given.trim_end(), USER_DATA.trim_end());
    assert_eq!(file("/etc/greeting"), "Gr\u{fc}ezi, {{ you }}\n");
    assert_eq!(file("/home/debian/.ssh/authorized_keys").trim(), KEY);
    assert_eq!(inside(&host, name, &["hostname"]).trim(), "greeter");
    assert!(inside(&host, name, &["id", "guest"]).contains("guest"));
    let hash = || {
        let shadow = file("/etc/shadow");
        let line = shadow.lines().find(|line| line.starts_with("debian:")).expect("the user");
        line.split(':').nth(1).expect("a hash").to_owned()
    };
    let first = hash();
    assert!(first.starts_with('$'), "the first password is set: {first}");
    incus.set_password(name, "debian", "second $(password) `'\"\\").await.unwrap();
    let second = hash();
    assert!(second.starts_with('$') && second != first, "{second}");

    let ip = address(&incus, name).await;
    let greeting = host.talk(ip, 22, "").expect("the SSH server answers");
    assert!(greeting.starts_with("SSH-2.0-OpenSSH"), "{greeting}");

    let begin = Instant::now();
    assert_eq!(incus.stop(name, 180).await.unwrap(), Stopped::Politely);
    println!("{:>7.2} s  stopped politely", begin.elapsed().as_secs_f64());

    let begin = Instant::now();
    incus.create_snapshot(name, "before").await.unwrap();
    incus.rebuild(&spec).await.unwrap();
    incus.start(name).await.unwrap();
    let done = inside(&host, name, &["cloud-init", "status", "--wait"]);
    assert!(done.contains("status: done"), "{done}");
    println!("{:>7.2} s  rebuilt beside a snapshot, and told again", begin.elapsed().as_secs_f64());
    assert_eq!(file("/home/debian/.ssh/authorized_keys").trim(), KEY);
    let third = hash();
    assert!(third.starts_with('$') && third != second, "the first password again: {third}");
    incus.delete(name).await.unwrap();
    incus.delete_image(IMAGE).await.unwrap();
}

/// What a command inside the instance says.
fn inside(host: &Throwaway, name: &str, command: &[&str]) -> String {
    raw::exec(&host.socket, name, command).1
}

async fn address(incus: &Incus, name: &str) -> Ipv4Addr {
    for _ in 0..900 {
        if let Some(ip) = incus.observe(name).await.unwrap().and_then(|seen| seen.ipv4) {
            return ip;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{name} has no address");
}

fn complaints(log: &str) -> String {
    let bad = |line: &&str| ["WARNING", "ERROR", "Error"].iter().any(|word| line.contains(word));
    log.lines().filter(bad).collect::<Vec<_>>().join("\n")
}

/// Made anew when the way of making it changes.
fn image() -> PathBuf {
    let script =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("incus").join("debian.sh");
    let mut hasher = DefaultHasher::new();
    std::fs::read(&script).unwrap().hash(&mut hasher);
    let file = cache().join(format!("debian-{:016x}.tar.gz", hasher.finish()));
    if !file.exists() {
        for entry in std::fs::read_dir(cache()).unwrap().map(Result::unwrap) {
            if entry.file_name().to_string_lossy().starts_with("debian-") {
                std::fs::remove_file(entry.path()).unwrap();
            }
        }
        let made = throwaway::run(&script, &[&file, &cache().join("debs")]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    file
}
