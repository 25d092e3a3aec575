//! Templates that the simulated engine brings.

use crate::OwnTemplate;

/// All of them. None needs more than the name of its image: there is nothing to boot.
pub fn own_templates() -> Vec<OwnTemplate> {
    [
        ("ubuntu-24.04", "Linux Ubuntu 24.04 LTS 64-bit", "ubuntu", "24.04", "ubuntu"),
        ("ubuntu-22.04", "Linux Ubuntu 22.04 LTS 64-bit", "ubuntu", "22.04", "ubuntu"),
        ("debian-13", "Linux Debian 13 (Trixie) 64-bit", "debian", "13", "debian"),
        ("debian-12", "Linux Debian 12 (Bookworm) 64-bit", "debian", "12", "debian"),
        ("rocky-9", "Linux Rocky 9 (Blue Onyx) 64-bit", "rocky", "9", "rockylinux"),
        ("alpine-3.22", "Linux Alpine 3.22 64-bit", "alpine", "3.22", "alpine"),
    ]
    .into_iter()
    .map(|(image, name, family, version, default_user)| OwnTemplate {
        image: format!("{}{image}", crate::NAME_PREFIX),
        name: name.into(),
        family: family.into(),
        version: version.into(),
        build: "simulated-1".into(),
        default_user: default_user.into(),
        size_bytes: 10 << 30,
        password_enabled: true,
        ssh_key_enabled: true,
    })
    .collect()
}
