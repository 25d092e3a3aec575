//! Which part of the module holds which page.
//!
//! A function under `wasm_split` and all that only it needs become a file of their own when the
//! module is built. What several parts need and the shell does not, becomes one too: a file for each
//! combination of parts. So a part more makes every page larger by some kilobytes, and pages share
//! one with those that they have most in common with.

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
    instance: Instance as instance, InstanceAsk as instance_ask,
        InstanceCreate as instance_create, Templates as templates, Template as template,
        Snapshots as snapshots;
    bulk: InstancesBulk as instances_bulk, BulkAction as bulk_action;
    account: SignIn as sign_in, SignInLink as sign_in_link, Home as home, Operations as operations,
        Quotas as quotas, Sessions as sessions, SshKeys as ssh_keys, SshKeyDelete as ssh_key_delete,
        ApiKeys as api_keys, ApiKeyDelete as api_key_delete,
        AccessTokenDelete as access_token_delete, ListSettings as list_settings, Style as style;
}
