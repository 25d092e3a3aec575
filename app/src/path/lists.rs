//! Addresses of a list's views, columns and files.

use super::{instances, with_query};
use domain::list::List;
use std::fmt::Display;

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
