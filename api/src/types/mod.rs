//! The shapes that travel. Doc comments here are the API reference.

/// A wire type: kebab-case, absent instead of null, with a schema where documents are made.
macro_rules! wire {
    ($($(#[$doc:meta])* pub struct $name:ident { $($body:tt)* })*) => {$(
        #[serde_with_macros::skip_serializing_none]
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        $(#[$doc])*
        pub struct $name { $($body)* }
    )*};
}

mod access;
mod audit;
mod bulk_actions;
mod history;
mod iam;
mod iam_permissions;
mod iam_replay;
mod iam_simulation;
mod instances;
mod list_exports;
mod operations;
mod organization;
mod passkeys;
mod saved_views;
mod search;
mod second_factor;
mod sessions;
mod single_sign_on;
mod snapshots;
mod ssh_keys;
mod templates;
mod users;
mod webhooks;
mod zones;

pub use access::*;
pub use audit::*;
pub use bulk_actions::*;
pub use history::*;
pub use iam::*;
pub use iam_permissions::*;
pub use iam_replay::*;
pub use iam_simulation::*;
pub use instances::*;
pub use list_exports::*;
pub use operations::*;
pub use organization::*;
pub use passkeys::*;
pub use saved_views::*;
pub use search::*;
pub use second_factor::*;
pub use sessions::*;
pub use single_sign_on::*;
pub use snapshots::*;
pub use ssh_keys::*;
pub use templates::*;
pub use users::*;
pub use webhooks::*;
pub use zones::*;

wire! {
    /// No query and no body.
    #[derive(Default)]
    pub struct Nothing {}

    /// It is done; there is nothing to tell.
    #[derive(Default)]
    pub struct Done {}
}
