//! The same act for a terminal: an operation of the API as a `curl` line, as Python and, where they
//! have something for it, for the `exo` command line and for Terraform.

mod body;
mod curl;
mod exo;
mod hcl;
mod python;
mod resource;
mod terraform;

pub use body::of_fields;
pub use resource::{instance, instance_with, scaled, ssh_keys};

use api::{Access, Endpoint};
use serde::Serialize;
use serde_json::Value;

/// What people talk to the API with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tool {
    #[default]
    Curl,
    Exo,
    Python,
    Terraform,
}

impl Tool {
    pub const ALL: [Tool; 4] = [Tool::Curl, Tool::Exo, Tool::Python, Tool::Terraform];

    pub fn as_str(self) -> &'static str {
        match self {
            Tool::Curl => "curl",
            Tool::Exo => "exo",
            Tool::Python => "python",
            Tool::Terraform => "terraform",
        }
    }

    /// The tool of this name; the first for a name that is none.
    pub fn named(text: &str) -> Tool {
        Tool::ALL.into_iter().find(|tool| tool.as_str() == text).unwrap_or_default()
    }
}

/// Why Terraform has nothing for an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum WhyNot {
    /// It describes what there is; this happens once.
    #[default]
    Act,
    /// It deletes what is taken out of the configuration.
    Delete,
    /// The provider has no resource and no data source for it.
    Unknown,
    /// Its list is of one zone, and none is chosen.
    NoZone,
}

/// Why the `exo` command line has nothing for an act, or nothing that does the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum NoExo {
    /// It has no command for it.
    #[default]
    Unknown,
    /// Something that its command can't do without is not filled in.
    NotSaid,
    /// Its API keys never end.
    NeverEnds,
    /// It leaves out what is empty, so what is taken away altogether stays.
    LeavesOutEmpty,
    /// `=` and `"` in labels are signs of its own.
    SignsInLabels,
    /// It writes a policy that allows everything, which the policies must allow.
    AsksPolicies,
}

/// What a code panel shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsCode {
    /// Where the reference tells more.
    pub operation: &'static str,
    /// What only a session may do; nothing else is let in.
    pub by_session: bool,
    pub curl: String,
    pub exo: Result<String, NoExo>,
    pub python: Python,
    pub terraform: Result<String, WhyNot>,
    /// The file that `curl` sends where something in it is secret; that is left to be filled in.
    pub file: Option<String>,
}

impl Default for AsCode {
    fn default() -> Self {
        AsCode {
            operation: "",
            by_session: false,
            curl: String::new(),
            exo: Err(NoExo::default()),
            python: Python::default(),
            terraform: Err(WhyNot::default()),
            file: None,
        }
    }
}

/// Lines of Python, and what they sign in with.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Python {
    pub lines: String,
    /// With the SDK and an API key; otherwise with a personal access token.
    pub sdk: bool,
}

/// Names for what the JSON has only ids of; `exo` and Terraform want names:
/// `("instance-type", "standard.micro")`.
pub type Names<'a> = &'a [(&'a str, &'a str)];

/// Everything there is to know of an act.
struct Facts<'a> {
    origin: &'a str,
    endpoint: &'static Endpoint,
    params: &'a [(&'a str, &'a str)],
    input: &'a Value,
    /// What the thing had before, in the same fields; null where nobody knows.
    was: &'a Value,
    names: Names<'a>,
}

impl Facts<'_> {
    /// A name if there is one, else what the path or the input says.
    fn get(&self, key: &str) -> Option<String> {
        let named = self.names.iter().chain(self.params).find(|(name, _)| *name == key);
        let pointer = format!("/{}", key.replace('.', "/"));
        let text = match (named, self.input.pointer(&pointer)) {
            (Some((_, value)), _) => (*value).to_owned(),
            (None, Some(Value::String(text))) => text.clone(),
            (None, Some(value @ (Value::Number(_) | Value::Bool(_)))) => value.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// Whether it reads what was, which only this platform can.
    fn is_of_the_past(&self) -> bool {
        api::is_known_of_the_past(self.endpoint.operation) && self.get(api::AT).is_some()
    }

    /// The input as a file, if something in it is never written down: `…` stands there instead.
    fn file(&self) -> Option<String> {
        let mut fields = self.input.as_object()?.clone();
        let mut secrets = fields.iter_mut().filter(|(name, _)| is_secret(name)).peekable();
        secrets.peek()?;
        secrets.for_each(|(_, value)| *value = Value::from("…"));
        Some(Value::Object(fields).to_string())
    }
}

/// As the form's adapter has it: what never comes back into a page does not stand in code either.
pub fn is_secret(name: &str) -> bool {
    ["password", "current", "token", "secret", "client-secret", "code"].contains(&name)
}

/// Writes an operation as code. `input` is the query of a read and the body of everything else.
/// Nothing for an operation that is none.
pub fn as_code<I: Serialize>(
    origin: &str,
    operation: &str,
    params: &[(&str, &str)],
    input: &I,
    names: Names<'_>,
) -> AsCode {
    as_code_of_change(origin, operation, params, input, &Value::Null, names)
}

/// The same of a change to something that had this before, in the fields of the body.
pub fn as_code_of_change<I: Serialize>(
    origin: &str,
    operation: &str,
    params: &[(&str, &str)],
    input: &I,
    was: &Value,
    names: Names<'_>,
) -> AsCode {
    let Some(endpoint) = api::find(operation) else { return AsCode::default() };
    let mut input = serde_json::to_value(input).unwrap_or_default();
    if let Value::Object(fields) = &mut input {
        fields.retain(|_, value| !value.is_null());
    }
    let facts = Facts { origin, endpoint, params, input: &input, was, names };
    AsCode {
        operation: endpoint.operation,
        by_session: endpoint.access == Access::Session,
        curl: curl::lines(&facts),
        exo: exo::line(&facts),
        python: python::lines(&facts),
        terraform: terraform::lines(&facts),
        file: facts.file(),
    }
}

impl AsCode {
    /// The same, with what Terraform makes of the thing that is acted on.
    pub fn with_terraform(mut self, lines: String) -> Self {
        self.terraform = Ok(lines);
        self
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
            Ok(
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
        assert_eq!(code.exo.as_deref(), Ok("exo compute instance stop 7"));
        assert!(code.python.lines.ends_with("print(client.stop_instance(id=\"7\"))"));
        assert_eq!(code.terraform, Err(WhyNot::Act));
    }

    #[test]
    fn reads_carry_their_query() {
        let filters = json!({"q": "a b", "zone": "ch-gva-2"});
        let code = as_code(ORIGIN, "list-instances", &[], &filters, &[]);
        assert!(code.curl.contains("/v2/instance?q=a%20b&zone=ch-gva-2'"), "{}", code.curl);
        assert_eq!(code.exo.as_deref(), Ok("exo compute instance list --zone ch-gva-2"));
        // Exoscale's list knows no `q`, so its SDK can't ask for it.
        assert!(!code.python.sdk && code.python.lines.contains("params={\"q\": \"a b\""));
        let data = code.terraform.unwrap_or_default();
        assert!(data.starts_with("data \"exoscale_compute_instance_list\""), "{data}");
    }

    #[test]
    fn the_past_is_asked_of_this_platform_only() {
        let at = json!({"at": "2027-01-15T08:00:00Z", "zone": "ch-gva-2"});
        let code = as_code(ORIGIN, "list-instances", &[], &at, &[]);
        assert!(code.curl.contains("?at=2027-01-15T08%3A00%3A00Z&zone="), "{}", code.curl);
        assert_eq!((code.exo, code.terraform), (Err(NoExo::Unknown), Err(WhyNot::Unknown)));
        assert!(!code.python.sdk, "{}", code.python.lines);
    }

    #[test]
    fn what_a_tool_cannot_do_has_no_line() {
        let code = as_code(ORIGIN, "list-sessions", &[], &json!({}), &[]);
        assert_eq!((code.exo, code.terraform), (Err(NoExo::Unknown), Err(WhyNot::Unknown)));
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
        assert!(code.by_session && !format!("{code:?}").contains("Bearer"), "{code:?}");
        assert!(code.curl.contains("-H 'Origin: https://cloud.example'"), "{}", code.curl);
        assert!(code.python.lines.contains("\"password\": os.environ[\"COULOIR_PASSWORD\"]"));
        assert!(!format!("{code:?}").contains(" one"), "{code:?}");
        assert_eq!(code.file.as_deref(), Some(r#"{"current":"…","password":"…"}"#));
        let input = json!({"name": "Acme", "client-secret": "old one"});
        let code = as_code(ORIGIN, "create-identity-provider", &[], &input, &[]);
        assert_eq!(code.file.as_deref(), Some(r#"{"client-secret":"…","name":"Acme"}"#));
    }

    #[test]
    fn words_of_python_are_no_arguments() {
        let code = as_code(ORIGIN, "list-events", &[], &json!({"from": "2026-01-01"}), &[]);
        assert!(code.python.lines.ends_with("list_events(**{\"from\": \"2026-01-01\"}))"));
    }
}
