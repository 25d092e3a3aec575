//! The same act for a terminal: an operation of the API as a `curl` line and, where the `exo`
//! command line has a command for it, as that.

use api::{Endpoint, Method, fill};
use serde::Serialize;
use serde_json::Value;

/// What a code panel shows.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AsCode {
    pub curl: String,
    pub exo: Option<String>,
}

/// Names for what the JSON has only ids of; `exo` wants names: `("instance-type", "standard.micro")`.
pub type Names<'a> = &'a [(&'a str, &'a str)];

/// Writes an operation as code. `input` is the query of a read and the body of everything else.
pub fn as_code<I: Serialize>(
    origin: &str,
    operation: &str,
    params: &[(&str, &str)],
    input: &I,
    names: Names<'_>,
) -> AsCode {
    let Some(endpoint) = api::find(operation) else { return AsCode::default() };
    let input = serde_json::to_value(input).unwrap_or_default();
    AsCode {
        curl: curl(origin, endpoint, params, &input),
        exo: exo(operation, &Facts { params, input: &input, names }),
    }
}

/// Writes a list with its filters as code. It is told its endpoint and `exo`'s command for it: so the
/// page that must come first does not bring the table of all operations along.
pub fn list_as_code<I: Serialize>(
    origin: &str,
    endpoint: &Endpoint,
    filters: &I,
    exo: &str,
) -> AsCode {
    let input = serde_json::to_value(filters).unwrap_or_default();
    let zone = Facts { params: &[], input: &input, names: &[] }.zone();
    AsCode { curl: curl(origin, endpoint, &[], &input), exo: Some(format!("{exo}{zone}")) }
}

fn curl(origin: &str, endpoint: &Endpoint, params: &[(&str, &str)], input: &Value) -> String {
    let path = fill(endpoint.path, params);
    let method = endpoint.method;
    if method == Method::GET {
        let query = api::forms::query(input);
        let url = quoted(&format!("{origin}/v2{path}{query}"));
        return format!("curl {url} \\\n  -H \"Authorization: Bearer $COULOIR_TOKEN\"");
    }
    let url = quoted(&format!("{origin}/v2{path}"));
    let mut line = format!(
        "curl -X {} {url} \\\n  -H \"Authorization: Bearer $COULOIR_TOKEN\"",
        method.as_str()
    );
    if input.as_object().is_some_and(|fields| !fields.is_empty()) {
        let body = quoted(&input.to_string());
        line.push_str(&format!(" \\\n  -H 'Content-Type: application/json' \\\n  -d {body}"));
    }
    line
}

/// What a command is made from.
struct Facts<'a> {
    params: &'a [(&'a str, &'a str)],
    input: &'a Value,
    names: Names<'a>,
}

impl Facts<'_> {
    /// A name if there is one, else what the path or the input says; quoted.
    fn get(&self, key: &str) -> Option<String> {
        let named = self.names.iter().chain(self.params).find(|(name, _)| *name == key);
        let pointer = format!("/{}", key.replace('.', "/"));
        let text = match (named, self.input.pointer(&pointer)) {
            (Some((_, value)), _) => (*value).to_owned(),
            (None, Some(Value::String(text))) => text.clone(),
            (None, Some(value @ (Value::Number(_) | Value::Bool(_)))) => value.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then(|| quoted(&text))
    }

    /// ` --flag value`, or nothing.
    fn flag(&self, flag: &str, key: &str) -> String {
        self.get(key).map(|value| format!(" --{flag} {value}")).unwrap_or_default()
    }

    /// ` --zone z`
    fn zone(&self) -> String {
        self.flag("zone", "zone")
    }
}

fn exo(operation: &str, facts: &Facts<'_>) -> Option<String> {
    let on_instance = |command: &str| {
        Some(format!("exo compute instance {command} {}{}", facts.get("id")?, facts.zone()))
    };
    match operation {
        "list-zones" => Some("exo zone list".to_owned()),
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
            facts.get("id")?,
            facts.get("instance-type")?,
            facts.zone()
        )),
        "resize-instance-disk" => Some(format!(
            "exo compute instance resize-disk {} {}{}",
            facts.get("id")?,
            facts.get("disk-size")?,
            facts.zone()
        )),
        "create-snapshot" => on_instance("snapshot create"),
        "delete-snapshot" => on_instance("snapshot delete --force"),
        "export-snapshot" => on_instance("snapshot export"),
        "list-snapshots" => Some(format!("exo compute instance snapshot list{}", facts.zone())),
        "list-ssh-keys" => Some("exo compute ssh-key list".to_owned()),
        "register-ssh-key" => {
            Some(format!("exo compute ssh-key register {} key.pub", facts.get("name")?))
        }
        "delete-ssh-key" => {
            Some(format!("exo compute ssh-key delete --force {}", facts.get("name")?))
        }
        "list-api-keys" => Some("exo iam api-key list".to_owned()),
        "create-api-key" => {
            Some(format!("exo iam api-key create {} {}", facts.get("name")?, facts.get("role")?))
        }
        "delete-api-key" => Some(format!("exo iam api-key delete --force {}", facts.get("id")?)),
        _ => None,
    }
}

fn create_instance(facts: &Facts<'_>) -> Option<String> {
    let mut line = format!("exo compute instance create {}", facts.get("name")?);
    for (flag, key) in [
        ("zone", "zone"),
        ("instance-type", "instance-type"),
        ("template", "template"),
        ("disk-size", "disk-size"),
    ] {
        line.push_str(&facts.flag(flag, key).replacen(' ', " \\\n  ", 1));
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

/// A word for a POSIX shell, in quotes where it needs them.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:@%+=,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ORIGIN: &str = "https://cloud.example";

    #[test]
    fn a_create_has_its_body_and_its_names() {
        let input = json!({
            "name": "it's", "disk-size": 10, "zone": "ch-gva-2",
            "instance-type": {"id": "1"}, "template": {"id": "2"}, "ssh-keys": [{"name": "me"}],
        });
        let names = [("instance-type", "standard.micro"), ("template", "Linux Debian 12")];
        let code = as_code(ORIGIN, "create-instance", &[], &input, &names);
        assert!(code.curl.starts_with("curl -X POST https://cloud.example/v2/instance \\\n"));
        assert!(code.curl.contains(r#""name":"it'\''s""#), "{}", code.curl);
        assert_eq!(
            code.exo.as_deref(),
            Some(
                "exo compute instance create 'it'\\''s' \\\n  --zone ch-gva-2 \\\n  --instance-type standard.micro \\\n  --template 'Linux Debian 12' \\\n  --disk-size 10 \\\n  --ssh-key me"
            )
        );
    }

    #[test]
    fn acts_without_a_body_send_none() {
        let code = as_code(ORIGIN, "stop-instance", &[("id", "7")], &json!({}), &[]);
        assert_eq!(
            code.curl,
            "curl -X PUT https://cloud.example/v2/instance/7:stop \\\n  -H \"Authorization: Bearer $COULOIR_TOKEN\""
        );
        assert_eq!(code.exo.as_deref(), Some("exo compute instance stop 7"));
    }

    #[test]
    fn reads_carry_their_query() {
        let filters = json!({"q": "a b", "zone": "ch-gva-2"});
        let endpoint = &<api::op::ListInstances as api::Call>::ENDPOINT;
        let code = list_as_code(ORIGIN, endpoint, &filters, "exo compute instance list");
        assert!(code.curl.contains("/v2/instance?q=a%20b&zone=ch-gva-2'"), "{}", code.curl);
        assert_eq!(code.exo.as_deref(), Some("exo compute instance list --zone ch-gva-2"));
    }

    #[test]
    fn what_exo_cannot_do_has_no_line() {
        assert_eq!(as_code(ORIGIN, "list-sessions", &[], &json!({}), &[]).exo, None);
    }
}
