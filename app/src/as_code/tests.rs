//! What people paste must run: quoting, names, secrets.

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
    let python = code.python;
    assert!(python.sdk && python.lines.contains("url=\"https://cloud.example/ch-gva-2/v2\""));
    assert!(python.lines.contains("instance_type={\"id\": \"1\"},\n"), "{}", python.lines);
    assert!(!python.lines.contains("zone="), "{}", python.lines);
    assert_eq!(
        code.terraform.unwrap_or_default(),
        "data \"exoscale_template\" \"it_s\" {\n  zone = \"ch-gva-2\"\n  name = \"Linux Debian 12\"\n}\n\n\
         resource \"exoscale_compute_instance\" \"it_s\" {\n  zone        = \"ch-gva-2\"\n  name        = \"it's\"\n  \
         template_id = data.exoscale_template.it_s.id\n  type        = \"standard.micro\"\n  disk_size   = 10\n  \
         ssh_keys    = [\"me\"]\n}"
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
    assert!(code.python.lines.ends_with("print(client.stop_instance(id=\"7\"))"));
    assert_eq!(code.terraform, Err(WhyNot::Act));
}

#[test]
fn reads_carry_their_query() {
    let filters = json!({"q": "a b", "zone": "ch-gva-2"});
    let code = as_code(ORIGIN, "list-instances", &[], &filters, &[]);
    assert!(code.curl.contains("/v2/instance?q=a%20b&zone=ch-gva-2'"), "{}", code.curl);
    assert_eq!(code.exo.as_deref(), Some("exo compute instance list --zone ch-gva-2"));
    // Exoscale's list knows no `q`, so its SDK can't ask for it.
    assert!(!code.python.sdk && code.python.lines.contains("params={\"q\": \"a b\""));
    let data = code.terraform.unwrap_or_default();
    assert!(data.starts_with("data \"exoscale_compute_instance_list\""), "{data}");
}

#[test]
fn what_a_tool_cannot_do_has_no_line() {
    let code = as_code(ORIGIN, "list-sessions", &[], &json!({}), &[]);
    assert_eq!((code.exo, code.terraform), (None, Err(WhyNot::Unknown)));
    let zones = as_code(ORIGIN, "list-instances", &[], &json!({}), &[]);
    assert_eq!(zones.terraform, Err(WhyNot::NoZone));
    let delete = as_code(ORIGIN, "delete-ssh-key", &[("name", "a")], &json!({}), &[]);
    assert_eq!(delete.terraform, Err(WhyNot::Delete));
}

#[test]
fn secrets_are_never_written() {
    let input = json!({"current": "old one", "password": "new one"});
    let code = as_code(ORIGIN, "set-password", &[], &input, &[]);
    assert!(code.curl.ends_with("-d @set-password.json"), "{}", code.curl);
    assert!(code.python.lines.contains("\"password\": os.environ[\"COULOIR_PASSWORD\"]"));
    assert!(!format!("{code:?}").contains(" one"), "{code:?}");
    assert_eq!(code.secrets, ["current", "password"]);
}

#[test]
fn words_of_python_are_no_arguments() {
    let code = as_code(ORIGIN, "list-events", &[], &json!({"from": "2026-01-01"}), &[]);
    assert!(code.python.lines.ends_with("list_events(**{\"from\": \"2026-01-01\"}))"));
}
