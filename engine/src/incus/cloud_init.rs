//! What an instance is told at its first boot.
//!
//! The customer's user data is passed on byte for byte. What we have to say goes into the vendor
//! data, which cloud-init puts below the user data: where both speak, the customer wins.

use crate::{EngineError, InstanceSpec};
use serde_json::{Map, Value, json};

/// The configuration of cloud-init, as JSON: that is YAML in which quoting can't go wrong.
pub(super) fn vendor_data(spec: &InstanceSpec) -> String {
    let mut config = Map::new();
    if !spec.host_name.is_empty() {
        config.insert("hostname".into(), json!(spec.host_name));
        config.insert("preserve_hostname".into(), json!(false));
    }
    if !spec.default_user.is_empty() {
        config.insert("user".into(), json!({"name": spec.default_user}));
    }
    if !spec.ssh_keys.is_empty() {
        config.insert("ssh_authorized_keys".into(), json!(spec.ssh_keys));
    }
    if let Some(password) = &spec.password {
        config.insert("password".into(), json!(password));
        config.insert("chpasswd".into(), json!({"expire": false}));
        // Without a key, the password is the only way in.
        config.insert("ssh_pwauth".into(), json!(spec.ssh_keys.is_empty()));
    }
    format!("#cloud-config\n{}\n", Value::Object(config))
}

/// Incus keeps text only.
pub(super) fn user_data(spec: &InstanceSpec) -> Result<Option<&str>, EngineError> {
    let text = spec.user_data.as_deref().map(std::str::from_utf8).transpose();
    text.map_err(|_| {
        EngineError::Refused(
            "Incus takes user data as text only: give it uncompressed, in UTF-8".into(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Size;

    fn spec() -> InstanceSpec {
        InstanceSpec {
            name: "couloir-1".into(),
            display_name: "Web".into(),
            host_name: "web".into(),
            image: "couloir-debian-12".into(),
            size: Size { cpus: 1, memory_mib: 512, disk_gib: 10 },
            ssh_keys: vec!["ssh-ed25519 AAAA a: 'b' \"c\"".into()],
            default_user: "debian".into(),
            password: Some("x: #'\"\n".into()),
            user_data: None,
            public_ipv4: true,
            public_ipv6: false,
        }
    }

    #[test]
    fn nothing_can_break_out_of_the_vendor_data() {
        let text = vendor_data(&spec());
        let json = text.strip_prefix("#cloud-config\n").unwrap_or_default();
        let value: Value = serde_json::from_str(json).unwrap_or_default();
        assert_eq!(value["password"], "x: #'\"\n");
        assert_eq!(value["ssh_authorized_keys"][0], spec().ssh_keys[0]);
        assert_eq!(value["user"]["name"], "debian");
        assert_eq!(value["hostname"], "web");
        assert_eq!(value["ssh_pwauth"], false);
        assert_eq!(json.matches('\n').count(), 1, "one line and its end");
    }

    #[test]
    fn user_data_is_passed_on_or_refused() {
        let text = "#!/bin/sh\r\n\ttrue\n\n";
        let with = |bytes: &[u8]| InstanceSpec { user_data: Some(bytes.into()), ..spec() };
        assert_eq!(user_data(&with(text.as_bytes())), Ok(Some(text)));
        assert_eq!(user_data(&spec()), Ok(None));
        assert!(matches!(user_data(&with(&[0x1f, 0x8b])), Err(EngineError::Refused(_))));
    }
}
