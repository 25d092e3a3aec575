//! One function per URL. Nothing else in the portal spells one.

mod access;
mod audit_trail;
mod instances;
mod lists;
mod past;
mod reference;
mod security;
mod sign_in;
mod single_sign_on;

pub use access::*;
pub use audit_trail::*;
pub use instances::*;
pub use lists::*;
pub use past::*;
pub use reference::*;
pub use security::*;
pub use sign_in::*;
pub use single_sign_on::*;

use api::forms::query;
use domain::Timestamp;
use serde::Serialize;
use std::fmt::Display;

pub fn home() -> String {
    "/".to_owned()
}

pub fn templates() -> String {
    "/templates".to_owned()
}

pub fn template(id: impl Display) -> String {
    format!("/templates/{id}")
}

/// The page that asks before something is done to a template.
pub fn template_act(id: impl Display, act: &str) -> String {
    format!("/templates/{id}/{act}")
}

pub fn snapshots() -> String {
    "/snapshots".to_owned()
}

pub fn ssh_keys() -> String {
    "/ssh-keys".to_owned()
}

/// The page that asks before a key is forgotten.
pub fn ssh_key_delete(name: &str) -> String {
    format!("/ssh-keys/{}/delete", api::forms::encode(name))
}

pub fn operations() -> String {
    "/operations".to_owned()
}

pub fn operations_where<F: Serialize>(filters: &F) -> String {
    format!("{}{}", operations(), query(filters))
}

pub fn quotas() -> String {
    "/quotas".to_owned()
}

pub fn organization() -> String {
    "/organization".to_owned()
}

/// What was done to the organization itself.
pub fn organization_activity() -> String {
    format!("{}/activity", organization())
}

/// Where anything is found.
pub fn search() -> String {
    "/search".to_owned()
}

/// What is found for a text.
pub fn search_for(text: &str) -> String {
    with_query(search(), &[("q", text)])
}

/// The keys, as a page.
pub fn keyboard() -> String {
    "/keyboard".to_owned()
}

/// The list, showing the one.
pub fn snapshot(id: impl Display) -> String {
    with_query(snapshots(), &[("q", &id.to_string())])
}

/// The list, showing the one.
pub fn operation(id: impl Display) -> String {
    with_query(operations(), &[("q", &id.to_string())])
}

/// A drawing in SVG as an address of its own, for what must not be part of the page.
pub fn picture(svg: &str) -> String {
    format!("data:image/svg+xml,{}", api::forms::encode(svg))
}

/// A text as a file that the page itself holds.
pub fn text_file(text: &str) -> String {
    format!("data:text/plain;charset=utf-8,{}", api::forms::encode(text))
}

pub fn style() -> String {
    "/style".to_owned()
}

/// Where a form is sent.
pub fn form(operation: &str) -> String {
    format!("/form/{operation}")
}

/// Where language and theme are set.
pub fn preferences() -> String {
    "/preferences".to_owned()
}

/// The stream of changes, those from an instant on that are over already included.
pub fn stream(since: Timestamp) -> String {
    format!("/v2/stream?since={since}")
}

pub fn favicon() -> String {
    "/favicon.svg".to_owned()
}

pub fn sans_font() -> String {
    "/fonts/inter.woff2".to_owned()
}

/// A file of the site by its name in the manifest.
pub fn asset(file: &str) -> String {
    format!("/{file}")
}

/// The page of the navigation that an address belongs to: that of its first part, but for those of
/// things that are listed elsewhere.
pub fn section(here: &str) -> String {
    let mut parts = here.trim_start_matches('/').split('/');
    match parts.next().unwrap_or_default() {
        "lists" => format!("/{}", parts.next().unwrap_or_default()),
        "bulk-actions" => operations(),
        "access-tokens" => api_keys(),
        "permissions" => roles(),
        first => format!("/{first}"),
    }
}

/// A destination inside the portal: one slash, then anything but another slash or a backslash.
pub fn is_local(destination: &str) -> bool {
    let mut letters = destination.chars();
    letters.next() == Some('/')
        && !matches!(letters.next(), Some('/' | '\\'))
        && !destination.contains(['\n', '\r', '\t'])
}

/// An address with a query.
pub fn with_query(path: String, fields: &[(&str, &str)]) -> String {
    if fields.is_empty() {
        return path;
    }
    let pairs: Vec<_> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", api::forms::encode(value)))
        .collect();
    format!("{path}?{}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_name_is_escaped() {
        assert_eq!(ssh_key_delete("a/b c"), "/ssh-keys/a%2Fb%20c/delete");
        assert_eq!(
            sign_in_then("/instances?state=running"),
            "/sign-in?return=%2Finstances%3Fstate%3Drunning"
        );
        assert_eq!(sign_in_then("/"), "/sign-in");
    }

    #[test]
    fn only_paths_of_our_own_are_local() {
        for yes in ["/", "/instances?x=//y", "/a/b"] {
            assert!(is_local(yes), "{yes}");
        }
        for no in ["", "//evil.example", "/\\evil", "https://evil", "javascript:x", "/\n/evil"] {
            assert!(!is_local(no), "{no}");
        }
    }
}
