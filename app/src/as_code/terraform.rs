//! An operation for Terraform: the block that has the same effect, with Exoscale's provider. An act
//! that leaves nothing behind has none.

use super::{
    Facts, WhyNot,
    hcl::{self, Block},
};
use api::{Kind, Method};
use serde_json::Value;

type Lines = Result<String, WhyNot>;

pub fn lines(facts: &Facts<'_>) -> Lines {
    let endpoint = facts.endpoint;
    if facts.is_of_the_past() {
        return Err(WhyNot::Unknown);
    }
    match endpoint.operation {
        "list-zones" => Ok(Block::data("exoscale_zones", "all").to_string()),
        "list-instances" => list_instances(facts),
        "get-instance" => get(facts, "exoscale_compute_instance", "instance"),
        "get-template" => get(facts, "exoscale_template", "template"),
        "create-instance" => create_instance(facts),
        "register-ssh-key" => named(facts, "exoscale_ssh_key", "ssh_key", &["public-key"]),
        "create-api-key" => named(facts, "exoscale_iam_api_key", "key", &["role-id"]),
        "get-security-group" => {
            let id = facts.get("id").unwrap_or_default();
            Ok(Block::data("exoscale_security_group", "group")
                .set("id", hcl::string(&id))
                .to_string())
        }
        "delete-instance" | "delete-ssh-key" | "delete-api-key" => Err(WhyNot::Delete),
        _ if endpoint.compatible
            && endpoint.kind == Kind::Task
            && endpoint.method != Method::DELETE =>
        {
            Err(WhyNot::Act)
        }
        _ => Err(WhyNot::Unknown),
    }
}

/// The data source of one thing, which has an id and is in a zone.
fn get(facts: &Facts<'_>, of: &str, label: &str) -> Lines {
    let text = |key| facts.get(key).map(|text| hcl::string(&text));
    let block = Block::data(of, label).set_if("zone", text("zone")).set_if("id", text("id"));
    Ok(block.set_if("visibility", text("visibility")).to_string())
}

/// The provider lists one zone at a time, and matches patterns between slashes.
fn list_instances(facts: &Facts<'_>) -> Lines {
    let text = |key| facts.get(key).map(|text| hcl::string(&text));
    let zone = text("zone").ok_or(WhyNot::NoZone)?;
    let labels = facts.get("labels").unwrap_or_default();
    let pairs = labels.split(',').filter_map(|pair| pair.split_once([':', '=']));
    Ok(Block::data("exoscale_compute_instance_list", "instances")
        .set("zone", zone)
        .set_if("state", text("state"))
        .set_if("type", text("instance-type"))
        .set_if("template_id", text("template-id"))
        .set_if("public_ip_address", text("ip-address"))
        .map("labels", pairs)
        .to_string())
}

/// A resource with a name and few other arguments.
fn named(facts: &Facts<'_>, of: &str, fallback: &str, others: &[&str]) -> Lines {
    let name = facts.input["name"].as_str().unwrap_or_default();
    let label = if name.is_empty() { fallback.to_owned() } else { hcl::label(name) };
    let mut block = Block::resource(of, &label).set("name", hcl::string(name));
    for key in others {
        let value = facts.input[*key].as_str().unwrap_or_default();
        block = block.set(&key.replace('-', "_"), hcl::string(value));
    }
    Ok(block.to_string())
}

fn create_instance(facts: &Facts<'_>) -> Lines {
    let input = facts.input;
    let text = |key| facts.get(key).map(|text| hcl::string(&text));
    let name = input["name"].as_str().unwrap_or_default();
    let label = if name.is_empty() { "instance".to_owned() } else { hcl::label(name) };
    let template = facts.names.iter().find(|(of, name)| *of == "template" && !name.is_empty());
    let data = template.map(|(_, name)| {
        let block = Block::data("exoscale_template", &label).set_if("zone", text("zone"));
        block.set("name", hcl::string(name)).set_if("visibility", text("visibility")).to_string()
    });
    let template = match data {
        Some(_) => Some(format!("data.exoscale_template.{label}.id")),
        None => input.pointer("/template/id").and_then(Value::as_str).map(hcl::string),
    };
    let of = text("instance-type");
    let address = input["public-ip-assignment"].as_str().unwrap_or_default();
    let keys = input["ssh-keys"].as_array().into_iter().flatten();
    let keys: Vec<_> = keys.filter_map(|key| key["name"].as_str()).collect();
    let labels = input["labels"].as_object().into_iter().flatten();
    let labels = labels.filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)));
    let stopped = input["auto-start"] == false;
    let resource = Block::resource("exoscale_compute_instance", &label)
        .set_if("zone", text("zone"))
        .set("name", hcl::string(name))
        .set_if("template_id", template)
        .set_if("type", of)
        .set_if("disk_size", facts.get("disk-size"))
        .set_if("ssh_keys", (!keys.is_empty()).then(|| hcl::list(keys)))
        .set_if("ipv6", (address == "dual").then(|| "true".to_owned()))
        .set_if("private", (address == "none").then(|| "true".to_owned()))
        .set_if("state", stopped.then(|| hcl::string("stopped")))
        .map("labels", labels)
        .set_if("user_data", super::resource::user_data(input["user-data"].as_str()))
        .to_string();
    Ok(data.into_iter().chain([resource]).collect::<Vec<_>>().join("\n\n"))
}
