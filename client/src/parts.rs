//! Which part of the module holds which page.
//!
//! A function under `wasm_split` and all that only it needs become a file of their own when the
//! module is built. What several parts need and the shell does not, becomes one too: every further
//! part cuts what they share into smaller files, which compress worse, so there are two. The list of
//! instances stands alone because most visits begin there.

use app::pages::later::{Fetching, Name, NotFetched, Page, views};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// A part's own function, which the splitter finds by its name. There is one for all pages of a part:
/// each costs the shell a stub, an import and a line of the script.
macro_rules! parts {
    ($($part:ident as $function:ident: $($page:ident),*;)*) => {
        $(
            #[wasm_split($part, fallible)]
            fn $function(page: Name) -> Result<Option<Page>, SplitLoaderError> {
                Ok(match page {
                    $(Name::$page => Some(views::$page),)*
                    _ => None,
                })
            }
        )*

        /// Fetches the part that holds a page, unless it is there.
        pub fn fetch(page: Name) -> Fetching {
            match page {
                $(
                    $(Name::$page)|* => {
                        Box::pin(async move { $function(page).await.ok().flatten().ok_or(NotFetched) })
                    }
                )*
            }
        }
    };
}

parts! {
    instances as of_instances: Instances;
    pages as of_pages: Instance, InstanceAsk, InstanceCreate, InstancesBulk, InstancesCode, BulkActions, BulkAction,
        Templates, Template, Snapshots, Quotas, AuditTrail, Webhooks, Webhook, Organization, SignIn, SignInBy, Home, Operations,
        Security, Search, Commands, Keyboard, Keeper, Reference, ReferenceOne, SshKeys, SshKeyDelete,
        ApiKeys, ApiKey, AccessTokenDelete, Roles, RoleCreate, Role, OrganizationPolicy, Simulator, Permissions,
        Past, Users, User, SingleSignOn, AccessRequests, AccessRequestNew, AccessRequest, ListSettings, Style;
}
