//! What the server writes of the reference, from the API's document.

mod list;
mod operation;
mod schema;
mod try_it;

pub use list::list;
pub use operation::{documents, operation};
pub use try_it::DRY_RUN;

use domain::iam::Policy;
use leptos::prelude::*;
use serde_json::Value;

/// What the server gives to the reference.
#[derive(Clone)]
pub struct Given {
    /// The API's own description.
    pub document: &'static Value,
    /// Of the visitor's role, where one is signed in.
    pub policy: Option<Policy>,
    /// What was tried, and what came of it.
    pub tried: Option<Tried>,
}

/// An operation that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// What was filled in.
    pub values: api::forms::Fields,
    /// `POST /v2/instance?dry-run=true`
    pub request: String,
    pub status: u16,
    pub millis: i64,
    /// Those that say something.
    pub headers: Vec<(String, String)>,
    /// JSON, laid out.
    pub body: String,
    /// It is cut off after as many characters.
    pub cut: Option<usize>,
}

/// One operation of the document, with its place.
struct Described {
    name: String,
    method: String,
    path: String,
    content: &'static Value,
}

impl Described {
    fn summary(&self) -> &'static str {
        self.content["summary"].as_str().unwrap_or_default()
    }

    /// The noun it is about: what its path begins with.
    fn noun(&self) -> &str {
        self.path.trim_start_matches('/').split(['/', ':']).next().unwrap_or_default()
    }

    /// The service whose entry in policies decides; nothing where no policy is asked.
    fn service(&self) -> Option<&'static str> {
        let public = self.content["security"].as_array().is_some_and(Vec::is_empty);
        self.content["x-iam-service"].as_str().filter(|name| !name.is_empty() && !public)
    }
}

/// What the document says, with its `names` set as code.
fn prose(text: &str) -> AnyView {
    let parts = text.split('`').enumerate().map(|(at, part)| match at % 2 {
        0 => part.to_owned().into_any(),
        _ => view! { <code>{part.to_owned()}</code> }.into_any(),
    });
    parts.collect_view().into_any()
}

fn given() -> Option<Given> {
    use_context()
}

/// All operations, in the order of the document's table.
fn all(document: &'static Value) -> Vec<Described> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let found = paths.flat_map(|(path, item)| {
        item.as_object().into_iter().flatten().map(move |(method, content)| Described {
            name: content["operationId"].as_str().unwrap_or_default().to_owned(),
            method: method.to_uppercase(),
            path: path.clone(),
            content,
        })
    });
    found.collect()
}
