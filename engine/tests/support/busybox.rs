//! Images of about one megabyte that boot in a moment: busybox, and a web server that tells how
//! the instance is doing. `/` answers its host name, `/boots` how often this disk was booted,
//! `/limits` the processors and the memory that it sees.

use super::cache;
use super::throwaway::run;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::{Path, PathBuf};
use tar::{Builder, EntryType, Header};

const INITTAB: &str = "\
::sysinit:/etc/rc
::respawn:/bin/udhcpc -f -i eth0 -s /etc/dhcp
::respawn:/bin/httpd -f -p 80 -h /www
::respawn:/etc/limits
";

const RC: &str = "\
#!/bin/sh
hostname > /www/index.html
echo x >> /www/marks
wc -l < /www/marks > /www/boots
";

/// Incus shares out the processors a moment after the start, so once at boot is not enough.
const LIMITS: &str = "\
#!/bin/sh
echo $(nproc) $(awk '/MemTotal/ {print $2}' /proc/meminfo) > /www/limits.new
mv /www/limits.new /www/limits
sleep 1
";

const DHCP: &str = "\
#!/bin/sh
case $1 in
  bound|renew) ifconfig $interface $ip netmask $subnet up ;;
  deconfig) ifconfig $interface up ;;
esac
";

/// Debian's busybox has none: this one only writes down what it was given.
const CHPASSWD: &str = "\
#!/bin/sh
cat > /root/given
grep -q ^root: /root/given || { echo no such user >&2; exit 1; }
";

/// Its first process hears no request to stop.
const STUBBORN_INIT: &str = "#!/bin/sh\nwhile true; do sleep 60; done\n";

/// Writes the image to `file`. A stubborn one ignores a polite stop, and lets
/// nobody change its passwords.
pub fn write(file: &Path, is_stubborn: bool) {
    let busybox = std::fs::read(binary()).unwrap();
    let out = GzEncoder::new(std::fs::File::create(file).unwrap(), Compression::fast());
    let mut tar = Builder::new(out);
    let about = "architecture: x86_64\ncreation_date: 1\nproperties: {os: busybox}\n";
    let about = about.replace("x86_64", std::env::consts::ARCH);
    put(&mut tar, "metadata.yaml", about.as_bytes(), 0o644);
    for path in ["", "bin", "sbin", "etc", "proc", "sys", "dev", "tmp", "root", "www"] {
        add(&mut tar, &format!("rootfs/{path}"), EntryType::Directory, "", &[], 0o755);
    }
    put(&mut tar, "rootfs/bin/busybox", &busybox, 0o755);
    let listed = run(&binary(), &["--list"]);
    for applet in String::from_utf8(listed.stdout).unwrap().lines() {
        if applet != "busybox" {
            add(
                &mut tar,
                &format!("rootfs/bin/{applet}"),
                EntryType::Symlink,
                "busybox",
                &[],
                0o777,
            );
        }
    }
    if is_stubborn {
        put(&mut tar, "rootfs/sbin/init", STUBBORN_INIT.as_bytes(), 0o755);
    } else {
        put(&mut tar, "rootfs/sbin/chpasswd", CHPASSWD.as_bytes(), 0o755);
        add(&mut tar, "rootfs/sbin/init", EntryType::Symlink, "../bin/busybox", &[], 0o777);
    }
    put(&mut tar, "rootfs/etc/inittab", INITTAB.as_bytes(), 0o644);
    put(&mut tar, "rootfs/etc/passwd", b"root:x:0:0:root:/root:/bin/sh\n", 0o644);
    put(&mut tar, "rootfs/etc/rc", RC.as_bytes(), 0o755);
    put(&mut tar, "rootfs/etc/limits", LIMITS.as_bytes(), 0o755);
    put(&mut tar, "rootfs/etc/dhcp", DHCP.as_bytes(), 0o755);
    tar.into_inner().unwrap().finish().unwrap();
}

fn put<W: Write>(tar: &mut Builder<W>, path: &str, bytes: &[u8], mode: u32) {
    add(tar, path, EntryType::Regular, "", bytes, mode);
}

fn add<W: Write>(
    tar: &mut Builder<W>,
    path: &str,
    kind: EntryType,
    link: &str,
    bytes: &[u8],
    mode: u32,
) {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(bytes.len() as u64);
    header.set_mode(mode);
    if link.is_empty() {
        tar.append_data(&mut header, path, bytes).unwrap();
    } else {
        tar.append_link(&mut header, path, link).unwrap();
    }
}

/// The static busybox of the machine's distribution.
fn binary() -> PathBuf {
    let unpacked = cache().join("busybox-static");
    let found = || ["bin", "usr/bin"].map(|dir| unpacked.join(dir).join("busybox"));
    if let Some(there) = found().into_iter().find(|path| path.exists()) {
        return there;
    }
    let debs = cache().join("debs");
    std::fs::create_dir_all(&debs).unwrap();
    let package = || {
        let all = std::fs::read_dir(&debs).unwrap().map(|entry| entry.unwrap().path());
        all.into_iter().find(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            name.starts_with("busybox-static_") && name.ends_with(".deb")
        })
    };
    if package().is_none() {
        let download = std::process::Command::new("apt-get")
            .args(["-qq", "download", "busybox-static"])
            .current_dir(&debs)
            .output();
        download.unwrap();
    }
    let package = package().expect("the package busybox-static can be downloaded");
    run(Path::new("dpkg"), &["-x".as_ref(), package.as_os_str(), unpacked.as_os_str()]);
    found().into_iter().find(|path| path.exists()).expect("busybox-static holds busybox")
}
