//! Finding anything by its name, id, address or label.

use domain::{
    InstanceId,
    list::List,
    search::{Fit, SearchKind},
};

wire! {
    #[derive(Default)]
    pub struct SearchResources {
        /// At most 200 characters: an id or at least 8 letters of its beginning, a name or a part
        /// of it, an address or its beginning, a label as `key=value`. Nothing finds nothing.
        pub q: Option<String>,
        /// 1–20; default 20.
        pub limit: Option<i64>,
    }

    /// What was found, the best first.
    pub struct SearchResults {
        /// What was looked for, as it was sent.
        pub q: String,
        pub hits: Vec<SearchHit>,
        /// There is more that fits: say more of what is looked for.
        pub more: bool,
    }

    /// One thing that fits. A kind is left out that the caller may not list.
    pub struct SearchHit {
        pub kind: SearchKind,
        /// Its UUID; the name of an SSH key, the key of an API key.
        pub id: String,
        /// Of operations and bulk actions: what is done, as `stop-instance`.
        pub name: String,
        pub zone: Option<String>,
        /// What tells it from others: address, label, fingerprint.
        pub detail: Option<String>,
        pub state: Option<String>,
        pub fit: Fit,
        /// The operations that can be asked of it now, by this caller.
        pub can: Vec<String>,
        /// Of a snapshot: the instance it was taken of.
        pub instance: Option<InstanceId>,
        /// Of a saved view: the list, …
        pub list: Option<List>,
        /// … and what it is asked.
        pub query: Option<String>,
    }
}
