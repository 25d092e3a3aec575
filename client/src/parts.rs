//! Which part of the module holds which page.
//!
//! A function under `wasm_split` and all that only it needs become a file of their own when the
//! module is built. What several parts need and the shell does not, becomes one too: every further
//! part cuts what they share into smaller files, which compress worse, so there are two. The list of
//! instances stands alone because most visits begin there.

use app::pages::later::{Fetching, Name, NotFetched, Page, views};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// A page's own function, which the splitter finds by its name.
macro_rules! parts {
    ($($part:ident: $($page:ident as $function:ident),*;)*) => {
        $($(
            #[wasm_split($part, fallible)]
            fn $function() -> Result<Page, SplitLoaderError> {
                Ok(views::$page)
            }
        )*)*

        /// Fetches the part that holds a page, unless it is there.
        pub fn fetch(page: Name) -> Fetching {
            match page {
                $($(
                    Name::$page => Box::pin(async { $function().await.map_err(|_| NotFetched) }),
                )*)*
            }
        }
    };
}

parts! {
    instances: Instances as instances;
    pages: Instance as instance, InstanceAsk as instance_ask,
        InstanceCreate as instance_create, InstancesBulk as instances_bulk,
        InstancesCode as instances_code,
        BulkAction as bulk_action,
        Templates as templates, Template as template, Snapshots as snapshots, Quotas as quotas,
        Organization as organization,
        SignIn as sign_in, SignInLink as sign_in_link, Home as home, Operations as operations,
        Sessions as sessions, SshKeys as ssh_keys, SshKeyDelete as ssh_key_delete,
        ApiKeys as api_keys, ApiKeyDelete as api_key_delete,
        AccessTokenDelete as access_token_delete, ListSettings as list_settings, Style as style,
        Keeper as keeper, Reference as reference, ReferenceOne as reference_one;
}
