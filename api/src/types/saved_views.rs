//! What people keep of lists: questions that are asked again, and columns.

use domain::{SavedViewId, Timestamp, list::List};
use std::collections::BTreeMap;

wire! {
    pub struct SavedViews {
        pub saved_views: Vec<SavedView>,
    }

    /// A question to a list that is kept under a name.
    pub struct SavedView {
        pub id: SavedViewId,
        pub name: String,
        pub list: List,
        /// As it stands in the address of the list: `sort=name&state=running`.
        pub query: String,
        /// The whole organization sees it.
        pub shared: bool,
        /// It is one's own.
        pub own: bool,
        /// E-mail address of who made it; none when an API key did.
        pub made_by: Option<String>,
        /// Why the list does not take the question any more: correct it, or delete the view.
        pub problem: Option<String>,
        /// How many match now, counted up to 10,000; with `counts` only.
        pub count: Option<i64>,
        pub created_at: Timestamp,
        pub version: i64,
    }

    #[derive(Default)]
    pub struct ListSavedViews {
        /// Only those of one list.
        pub list: Option<List>,
        /// Also says how many match each view now.
        pub counts: Option<bool>,
    }

    #[serde(deny_unknown_fields)]
    pub struct CreateSavedView {
        /// 1–60 characters; no other view of the list in the organization may have it.
        pub name: String,
        pub list: List,
        /// As it stands in the address of the list, at most 1,000 characters. Default: everything.
        pub query: Option<String>,
        /// Default true. An API key has none of its own.
        pub shared: Option<bool>,
    }

    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct UpdateSavedView {
        pub name: Option<String>,
        pub query: Option<String>,
        /// Only who made a view may take it back from the others.
        pub shared: Option<bool>,
    }

    /// How a person wants to see the organization.
    #[derive(Default)]
    pub struct Preferences {
        /// Columns by list, in their order; a list that is not named shows its usual ones.
        pub columns: BTreeMap<String, Vec<String>>,
        /// Single keys such as `j` do something in the portal; true unless turned off.
        pub single_keys: bool,
    }

    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct UpdatePreferences {
        /// Whose columns are chosen.
        pub list: Option<List>,
        /// All columns to be shown, in their order; without it the list shows its usual ones.
        pub columns: Option<Vec<String>>,
        /// Turns single keys of the portal on or off.
        pub single_keys: Option<bool>,
    }
}
