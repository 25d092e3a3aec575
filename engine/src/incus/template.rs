//! Public templates: images of our alias on this Incus, else those of the public image server
//! that Incus itself asks by default.

use crate::{NAME_PREFIX, OwnTemplate};
use serde_json::{Value, json};

const IMAGE_SERVER: &str = "https://images.linuxcontainers.org";

/// Image, name, family, version, default user, alias on the image server.
const TEMPLATES: [[&str; 6]; 5] = [
    [
        "ubuntu-24.04",
        "Linux Ubuntu 24.04 LTS 64-bit",
        "ubuntu",
        "24.04",
        "ubuntu",
        "ubuntu/24.04/cloud",
    ],
    [
        "ubuntu-22.04",
        "Linux Ubuntu 22.04 LTS 64-bit",
        "ubuntu",
        "22.04",
        "ubuntu",
        "ubuntu/22.04/cloud",
    ],
    ["debian-13", "Linux Debian 13 (Trixie) 64-bit", "debian", "13", "debian", "debian/13/cloud"],
    ["debian-12", "Linux Debian 12 (Bookworm) 64-bit", "debian", "12", "debian", "debian/12/cloud"],
    [
        "rocky-9",
        "Linux Rocky 9 (Blue Onyx) 64-bit",
        "rocky",
        "9",
        "rockylinux",
        "rockylinux/9/cloud",
    ],
];

pub(super) fn own_templates() -> Vec<OwnTemplate> {
    TEMPLATES
        .iter()
        .map(|[image, name, family, version, default_user, alias]| OwnTemplate {
            image: format!("{NAME_PREFIX}{image}"),
            name: String::from(*name),
            family: String::from(*family),
            version: String::from(*version),
            build: String::from(*alias),
            default_user: String::from(*default_user),
            size_bytes: 10 << 30,
            password_enabled: true,
            ssh_key_enabled: true,
        })
        .collect()
}

/// The source of an instance whose image is on this Incus.
pub(super) fn local(image: &str) -> Value {
    json!({"type": "image", "alias": image})
}

/// The source of one whose image is to be fetched, if it is a template that we know.
pub(super) fn remote(image: &str) -> Option<Value> {
    let bare = image.strip_prefix(NAME_PREFIX)?;
    let [.., alias] = TEMPLATES.iter().find(|[image, ..]| *image == bare)?;
    Some(json!({
        "type": "image",
        "mode": "pull",
        "protocol": "simplestreams",
        "server": IMAGE_SERVER,
        "alias": alias,
    }))
}
