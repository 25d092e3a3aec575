//! What an act is about.

use api::Reference;
use domain::Uuid;

/// What an act is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// `instance`
    pub kind: &'static str,
    /// A UUID, or the name of what goes by name.
    pub id: String,
    pub name: String,
}

impl Subject {
    pub fn new(kind: &'static str, id: impl ToString, name: impl Into<String>) -> Subject {
        Subject { kind, id: id.to_string(), name: name.into() }
    }

    /// How an operation refers to it; `None` for what goes by name.
    pub fn reference(&self) -> Option<Reference> {
        reference(self.kind, &self.id)
    }
}

/// `{id, /v2/instance/…, get-instance}`
pub fn reference(kind: &str, id: &str) -> Option<Reference> {
    let id: Uuid = id.parse().ok()?;
    Some(Reference { id, link: format!("/v2/{kind}/{id}"), command: format!("get-{kind}") })
}
