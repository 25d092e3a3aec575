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

use api::Endpoint;
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

/// What a code panel shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsCode {
    /// Where the reference tells more.
    pub operation: &'static str,
    pub curl: String,
    pub exo: Option<String>,
    pub python: Python,
    pub terraform: Result<String, WhyNot>,
    /// What the file holds that `curl` sends, where that is secret: its fields.
    pub secrets: Vec<String>,
}

impl Default for AsCode {
    fn default() -> Self {
        AsCode {
            operation: "",
            curl: String::new(),
            exo: None,
            python: Python::default(),
            terraform: Err(WhyNot::default()),
            secrets: Vec::new(),
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

    /// The fields of the input that are never written down.
    fn secrets(&self) -> Vec<String> {
        let Value::Object(fields) = self.input else { return Vec::new() };
        fields.keys().filter(|name| is_secret(name)).cloned().collect()
    }
}

/// As the form's adapter has it: what never comes back into a page does not stand in code either.
fn is_secret(name: &str) -> bool {
    ["password", "current", "token", "secret"].contains(&name)
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
    let Some(endpoint) = api::find(operation) else { return AsCode::default() };
    let input = serde_json::to_value(input).unwrap_or_default();
    let facts = Facts { origin, endpoint, params, input: &input, names };
    AsCode {
        operation: endpoint.operation,
        curl: curl::lines(&facts),
        exo: exo::line(&facts),
        python: python::lines(&facts),
        terraform: terraform::lines(&facts),
        secrets: facts.secrets(),
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
mod tests;
