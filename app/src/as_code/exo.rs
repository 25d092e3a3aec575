//! An operation for the `exo` command line, where it has a command for it.

mod iam;

use super::{Facts, NoExo, curl::quoted};
use serde_json::Value;

impl Facts<'_> {
    /// A value as a word for the shell.
    fn word(&self, key: &str) -> Option<String> {
        self.get(key).map(|text| quoted(&text))
    }

    /// ` --flag value`, or nothing.
    fn flag(&self, flag: &str, key: &str) -> String {
        self.word(key).map(|value| format!(" --{flag} {value}")).unwrap_or_default()
    }

    /// ` --zone z`
    fn zone(&self) -> String {
        self.flag("zone", "zone")
    }
}

/// The line, or why there is none.
pub fn line(facts: &Facts<'_>) -> Result<String, NoExo> {
    if facts.is_of_the_past() {
        return Err(NoExo::Unknown);
    }
    iam::line(facts).unwrap_or_else(|| compute(facts).ok_or(NoExo::Unknown))
}

fn compute(facts: &Facts<'_>) -> Option<String> {
    let on_instance = |command: &str| {
        Some(format!("exo compute instance {command} {}{}", facts.word("id")?, facts.zone()))
    };
    match facts.endpoint.operation {
        "list-zones" => Some("exo zone list".to_owned()),
        "list-instances" => Some(format!("exo compute instance list{}", facts.zone())),
        "list-instance-types" => Some("exo compute instance-type list".to_owned()),
        "list-templates" => Some("exo compute instance-template list".to_owned()),
        "list-quotas" => Some("exo limits".to_owned()),
        "get-instance" => on_instance("show"),
        "create-instance" => create_instance(facts),
        "start-instance" => on_instance("start"),
        "stop-instance" => on_instance("stop"),
        "reboot-instance" => on_instance("reboot"),
        "delete-instance" => on_instance("delete --force"),
        "reset-instance" => on_instance("reset --force"),
        "scale-instance" => Some(format!(
            "exo compute instance scale {} {}{}",
            facts.word("id")?,
            facts.word("instance-type")?,
            facts.zone()
        )),
        "resize-instance-disk" => Some(format!(
            "exo compute instance resize-disk {} {}{}",
            facts.word("id")?,
            facts.word("disk-size")?,
            facts.zone()
        )),
        "create-snapshot" => on_instance("snapshot create"),
        "delete-snapshot" => on_instance("snapshot delete --force"),
        "export-snapshot" => on_instance("snapshot export"),
        "list-snapshots" => Some(format!("exo compute instance snapshot list{}", facts.zone())),
        "list-ssh-keys" => Some("exo compute ssh-key list".to_owned()),
        "register-ssh-key" => {
            Some(format!("exo compute ssh-key register {} key.pub", facts.word("name")?))
        }
        "delete-ssh-key" => {
            Some(format!("exo compute ssh-key delete --force {}", facts.word("name")?))
        }
        _ => None,
    }
}

fn create_instance(facts: &Facts<'_>) -> Option<String> {
    let mut line = format!("exo compute instance create {}", facts.word("name")?);
    for key in ["zone", "instance-type", "template", "disk-size"] {
        line.push_str(&facts.flag(key, key).replacen(' ', " \\\n  ", 1));
    }
    for key in facts.input.pointer("/ssh-keys").and_then(Value::as_array).into_iter().flatten() {
        if let Some(name) = key.pointer("/name").and_then(Value::as_str) {
            line.push_str(&format!(" \\\n  --ssh-key {}", quoted(name)));
        }
    }
    if facts.input.pointer("/user-data").is_some() {
        line.push_str(" \\\n  --cloud-init user-data.yaml");
    }
    Some(line)
}
