//! One function per URL. Nothing else in the portal spells one.

mod access;
mod past;
mod single_sign_on;

pub use access::*;
pub use past::*;
pub use single_sign_on::*;

use api::forms::query;
use domain::list::List;
use serde::Serialize;
use std::fmt::Display;

pub fn home() -> String {
    "/".to_owned()
}

pub fn sign_in() -> String {
    "/sign-in".to_owned()
}

/// Where to sign in, and where to go afterwards.
pub fn sign_in_then(destination: &str) -> String {
    if destination == "/" { sign_in() } else { with_query(sign_in(), &[("return", destination)]) }
}

/// Where a one-time link leads.
pub fn sign_in_link(token: &str) -> String {
    with_query("/sign-in/link".to_owned(), &[("token", token)])
}

/// Where an invitation leads.
pub fn invitation(token: &str) -> String {
    with_query("/sign-in/invitation".to_owned(), &[("token", token)])
}

/// Where a new password is asked for.
pub fn password_reset() -> String {
    "/sign-in/forgotten".to_owned()
}

/// The same, when it was.
pub fn password_reset_asked() -> String {
    with_query(password_reset(), &[("asked", "yes")])
}

/// Where the link leads that was mailed for it.
pub fn password_reset_link(token: &str) -> String {
    with_query("/sign-in/new-password".to_owned(), &[("token", token)])
}

pub fn instances() -> String {
    "/instances".to_owned()
}

/// The list with its filters.
pub fn instances_where<F: Serialize>(filters: &F) -> String {
    format!("{}{}", instances(), query(filters))
}

/// A list by its noun.
pub fn list(list: List) -> String {
    match list {
        List::Instances => instances(),
    }
}

/// A list with what its address asks, as saved views have it.
pub fn list_asking(of: List, query: &str) -> String {
    if query.is_empty() { list(of) } else { format!("{}?{query}", list(of)) }
}

/// The saved views of a list.
pub fn views(list: List) -> String {
    format!("/lists/{list}/views")
}

/// Where what a list is asked is saved as a view.
pub fn view_create(list: List, query: &str) -> String {
    with_query(format!("/lists/{list}/save-view"), &[("query", query)])
}

/// Where a saved view is changed.
pub fn view(list: List, id: impl Display) -> String {
    with_query(format!("/lists/{list}/view"), &[("id", &id.to_string())])
}

/// The page that asks before a saved view is deleted.
pub fn view_delete(list: List, id: impl Display) -> String {
    with_query(format!("/lists/{list}/delete-view"), &[("id", &id.to_string())])
}

/// Where all that a list is asked is written to a file.
pub fn list_export(list: List, query: &str) -> String {
    with_query(format!("/lists/{list}/export"), &[("query", query)])
}

/// The file of an exported list; `{reference}` stands for one that is not known yet.
pub fn list_exported(list: List, id: impl Display) -> String {
    // Not encoded, so that the placeholder stays what it is.
    format!("/lists/{list}/exported?id={id}")
}

/// Where the columns of a list are chosen; `query` is what the list is asked meanwhile.
pub fn columns(list: List, query: &str) -> String {
    with_query(format!("/lists/{list}/columns"), &[("query", query)])
}

pub fn instance_create() -> String {
    "/instances/create".to_owned()
}

/// The page that asks before the same is done to many.
pub fn instances_bulk() -> String {
    "/instances/bulk".to_owned()
}

/// The same page, with what it is asked as the address has it.
pub fn instances_bulk_asking(query: &str) -> String {
    format!("{}{query}", instances_bulk())
}

pub fn instance(id: impl Display) -> String {
    format!("/instances/{id}")
}

/// A tab of an instance; the empty one is its overview.
pub fn instance_tab(id: impl Display, tab: &str) -> String {
    if tab.is_empty() { instance(id) } else { format!("/instances/{id}/{tab}") }
}

/// The way into an instance, with its password shown.
pub fn instance_password(id: impl Display) -> String {
    with_query(instance_tab(id, "connect"), &[("password", "shown")])
}

/// The page that asks before something is done with a snapshot of an instance.
pub fn instance_snapshot(id: impl Display, act: &str, snapshot: impl Display) -> String {
    with_query(instance_confirm(id, act), &[("snapshot", &snapshot.to_string())])
}

/// The page that asks before something is done to an instance.
pub fn instance_confirm(id: impl Display, act: &str) -> String {
    format!("/instances/{id}/confirm/{act}")
}

/// The form of a new instance, with this template chosen.
pub fn instance_create_from(zone: &str, template: impl Display) -> String {
    with_query(instance_create(), &[("zone", zone), ("template", &template.to_string())])
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

pub fn audit_trail() -> String {
    "/audit-trail".to_owned()
}

pub fn audit_trail_where<F: Serialize>(filters: &F) -> String {
    format!("{}{}", audit_trail(), query(filters))
}

/// All that the trail has of one thing.
pub fn audit_trail_of(id: impl Display) -> String {
    with_query(audit_trail(), &[("subject-id", &id.to_string())])
}

/// The same of what goes by a name, which other kinds of things may have, too.
pub fn audit_trail_of_named(kind: &str, name: &str) -> String {
    with_query(audit_trail(), &[("resource", kind), ("subject-id", name)])
}

pub fn webhooks() -> String {
    format!("{}/webhooks", audit_trail())
}

pub fn webhook(id: domain::WebhookId) -> String {
    format!("{}/{id}", webhooks())
}

/// The page that edits a webhook, or asks before it is deleted.
pub fn webhook_act(id: domain::WebhookId, act: &str) -> String {
    format!("{}/{act}", webhook(id))
}

/// The signed heads of the audit trail as the API answers them, to be saved.
pub fn audit_heads_file() -> String {
    format!("/v2/audit-head/hourly?limit={}", api::PAGE_MAX)
}

pub fn organization() -> String {
    "/organization".to_owned()
}

/// What was done to the organization itself.
pub fn organization_activity() -> String {
    format!("{}/activity", organization())
}

pub fn bulk_actions() -> String {
    "/bulk-actions".to_owned()
}

pub fn bulk_actions_where<F: Serialize>(filters: &F) -> String {
    format!("{}{}", bulk_actions(), query(filters))
}

/// What has become of the same asked of many; `{reference}` stands for one that is not known yet.
pub fn bulk_action(id: impl Display) -> String {
    format!("{}/{id}", bulk_actions())
}

/// What was done to a bulk action.
pub fn bulk_action_activity(id: impl Display) -> String {
    format!("{}/activity", bulk_action(id))
}

pub fn bulk_action_where<F: Serialize>(id: impl Display, filters: &F) -> String {
    format!("{}{}", bulk_action(id), query(filters))
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

/// How one signs in, and where one is signed in.
pub fn security() -> String {
    "/security".to_owned()
}

/// What is asked about signing in, on a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    SetUp,
    Codes,
    Remove,
    Confirm,
    DeletePasskey,
}

impl Security {
    pub const ALL: [Security; 5] = [
        Security::SetUp,
        Security::Codes,
        Security::Remove,
        Security::Confirm,
        Security::DeletePasskey,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Security::SetUp => "two-step",
            Security::Codes => "recovery-codes",
            Security::Remove => "turn-off",
            Security::Confirm => "confirm",
            Security::DeletePasskey => "delete-passkey",
        }
    }
}

pub fn security_act(act: Security) -> String {
    format!("/security/{}", act.as_str())
}

/// The question before a passkey is deleted.
pub fn passkey_delete(id: impl Display) -> String {
    with_query(security_act(Security::DeletePasskey), &[("id", &id.to_string())])
}

/// Where two-step sign-in is set up, and where to go afterwards.
pub fn set_up_then(destination: &str) -> String {
    with_query(security_act(Security::SetUp), &[("return", destination)])
}

/// Where one proves who one is, and the page that this is for.
pub fn confirm_then(destination: &str) -> String {
    with_query(security_act(Security::Confirm), &[("return", destination)])
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

/// The stream of changes.
pub fn stream() -> String {
    "/v2/stream".to_owned()
}

/// The reference of the API.
pub fn reference() -> String {
    "/api".to_owned()
}

/// One operation of the API.
pub fn reference_of(operation: &str) -> String {
    format!("{}/{operation}", reference())
}

/// One operation of the API, with a parameter filled in.
pub fn reference_with(operation: &str, name: &str, value: impl Display) -> String {
    with_query(reference_of(operation), &[(name, &value.to_string())])
}

/// The description of the whole API.
pub fn openapi() -> String {
    "/v2/openapi.json".to_owned()
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
