//! What there is already, as Terraform: the resource, and the block that imports it.

use super::hcl::{self, Block};
use api::{Instance, SshKey};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::instance::{InstanceState, PublicIpAssignment};
use serde_json::Value;

const INSTANCE: &str = "exoscale_compute_instance";
const SSH_KEY: &str = "exoscale_ssh_key";

/// An instance, to be imported.
pub fn instance(instance: &Instance) -> String {
    let to = format!("{INSTANCE}.{}", hcl::label(&instance.name));
    let zone = instance.zone.as_deref().unwrap_or_default();
    let id = hcl::string(&format!("{}@{zone}", instance.id));
    format!("{}\n\n{}", import(to, id), described(instance))
}

/// An instance as it is once an operation was done with this input; none where Terraform has no
/// argument for that.
pub fn instance_with(instance: &Instance, operation: &str, input: &Value) -> Option<String> {
    let mut changed = instance.clone();
    match operation {
        "start-instance" => changed.state = InstanceState::Running,
        "stop-instance" => changed.state = InstanceState::Stopped,
        "add-instance-protection" => changed.protected = Some(true),
        "remove-instance-protection" => changed.protected = None,
        "resize-instance-disk" => {
            changed.disk_size = input["disk-size"].as_i64().unwrap_or(changed.disk_size);
        }
        "update-instance" => {
            if let Some(name) = input["name"].as_str() {
                changed.name = name.to_owned();
            }
            if let Ok(labels) = serde_json::from_value(input["labels"].clone()) {
                changed.labels = labels;
            }
            if let Some(data) = input["user-data"].as_str() {
                changed.user_data = Some(data.to_owned());
            }
        }
        _ => return None,
    }
    // Its block keeps the name that it has in the configuration.
    Some(block(&changed, &hcl::label(&instance.name), &changed.instance_type.name()))
}

/// An instance of another type.
pub fn scaled(instance: &Instance, to: &str) -> String {
    block(instance, &hcl::label(&instance.name), to)
}

/// All keys, to be imported. What is public of them stays where it is: only its fingerprint is kept.
pub fn ssh_keys(keys: &[SshKey]) -> String {
    let one = |key: &SshKey| {
        let (label, name) = (hcl::label(&key.name), hcl::string(&key.name));
        let resource = Block::resource(SSH_KEY, &label).set("name", name.clone());
        format!("{}\n\n{resource}", import(format!("{SSH_KEY}.{label}"), name))
    };
    keys.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

fn import(to: String, id: String) -> Block {
    Block::new("import").set("to", to).set("id", id)
}

fn described(instance: &Instance) -> String {
    block(instance, &hcl::label(&instance.name), &instance.instance_type.name())
}

fn block(instance: &Instance, label: &str, of: &str) -> String {
    let yes = |on: bool| on.then(|| "true".to_owned());
    let keys: Vec<_> = instance.ssh_keys.iter().map(|key| key.name.as_str()).collect();
    let groups: Vec<_> = instance.security_groups.iter().map(|of| of.id.to_string()).collect();
    let stopped = instance.state == InstanceState::Stopped;
    let labels = instance.labels.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    Block::resource(INSTANCE, label)
        .set("zone", hcl::string(instance.zone.as_deref().unwrap_or_default()))
        .set("name", hcl::string(&instance.name))
        .set("template_id", hcl::string(&instance.template.id.to_string()))
        .set("type", hcl::string(of))
        .set("disk_size", instance.disk_size.to_string())
        .set_if("ssh_keys", (!keys.is_empty()).then(|| hcl::list(keys)))
        .set_if(
            "security_group_ids",
            (!groups.is_empty()).then(|| hcl::list(groups.iter().map(String::as_str))),
        )
        .set_if("ipv6", yes(instance.public_ip_assignment == PublicIpAssignment::Dual))
        .set_if("private", yes(instance.public_ip_assignment == PublicIpAssignment::None))
        .set_if("state", stopped.then(|| hcl::string("stopped")))
        .set_if("destroy_protected", yes(instance.protected == Some(true)))
        .set_if("enable_secure_boot", yes(instance.secureboot_enabled))
        .set_if("enable_tpm", yes(instance.tpm_enabled))
        .map("labels", labels)
        .set_if("user_data", user_data(instance.user_data.as_deref()))
        .to_string()
}

/// User data as text, which the provider encodes itself; what is none stays encoded.
pub fn user_data(base64: Option<&str>) -> Option<String> {
    let base64 = base64.filter(|data| !data.is_empty())?;
    let text = STANDARD.decode(base64).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    Some(text.map_or_else(|| hcl::string(base64), |text| hcl::text(&text)))
}
