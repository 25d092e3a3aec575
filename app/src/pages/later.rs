//! Pages arrive when they are first shown: what the browser loads to come alive is the shell and
//! the page it stands on.
//!
//! The server has all pages. In the browser the crate `client` knows how to fetch each one's part
//! of the module and says so once, with [`arrive_by`].

use crate::ui::Skeleton;
use leptos::{html, prelude::*};
use std::{
    pin::Pin,
    sync::OnceLock,
    task::{Context, Poll, Waker},
};
use wasm_bindgen::{JsCast, closure::Closure};

/// Makes a page's view.
pub type Page = fn() -> AnyView;

/// The part that holds a page could not be fetched: no connection, or a newer server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotFetched;

/// A page on its way.
pub type Fetching = Pin<Box<dyn Future<Output = Result<Page, NotFetched>>>>;

/// Names and components of the pages.
macro_rules! pages {
    ($($name:ident = $view:path, $text:literal;)*) => {
        /// The name of a page, as it stands in the markup.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Name { $($name),* }

        impl Name {
            pub const ALL: &[Name] = &[$(Name::$name),*];

            pub fn as_str(self) -> &'static str {
                match self { $(Name::$name => $text),* }
            }
        }

        /// The pages themselves, for whoever puts each into its part.
        pub mod views {
            use crate::pages;
            use leptos::prelude::{AnyView, IntoAny};
            $(
                #[allow(non_snake_case, reason = "as the page is named")]
                pub fn $name() -> AnyView {
                    $view().into_any()
                }
            )*
        }

        #[cfg(not(target_arch = "wasm32"))]
        fn page(name: Name) -> Page {
            match name { $(Name::$name => views::$name),* }
        }
    };
}

pages! {
    SignIn = pages::sign_in::SignIn, "sign-in";
    SignInBy = pages::sign_in::By, "sign-in-by";
    Home = pages::Home, "home";
    Instances = pages::instances::List, "instances";
    InstancesCode = pages::instances::ListCode, "instances-code";
    InstanceCreate = pages::instances::Create, "instance-create";
    InstancesBulk = pages::instances::Bulk, "instances-bulk";
    InstanceAsk = pages::instances::Ask, "instance-ask";
    Instance = pages::instances::Detail, "instance";
    Templates = pages::templates::List, "templates";
    Template = pages::templates::One, "template";
    Snapshots = pages::snapshots::List, "snapshots";
    ListSettings = pages::lists::Settings, "list-settings";
    SshKeys = pages::ssh_keys::List, "ssh-keys";
    SshKeyDelete = pages::ssh_keys::Delete, "ssh-key-delete";
    ApiKeys = pages::api_keys::List, "api-keys";
    ApiKey = pages::api_keys::One, "api-key";
    AccessTokenDelete = pages::api_keys::DeleteToken, "access-token-delete";
    Roles = pages::roles::List, "roles";
    RoleCreate = pages::roles::Create, "role-create";
    Role = pages::roles::One, "role";
    OrganizationPolicy = pages::organization_policy::OrganizationPolicy, "organization-policy";
    Simulator = pages::simulator::Simulator, "simulator";
    Permissions = pages::permissions::Permissions, "permissions";
    Users = pages::users::List, "users";
    User = pages::users::One, "user";
    SingleSignOn = pages::single_sign_on::SingleSignOn, "single-sign-on";
    AccessRequests = pages::access::List, "access-requests";
    AccessRequestNew = pages::access::New, "access-request-new";
    AccessRequest = pages::access::One, "access-request";
    Operations = pages::operations::List, "operations";
    Quotas = pages::Quotas, "quotas";
    AuditTrail = pages::audit_trail::Trail, "audit-trail";
    Past = pages::past::Past, "past";
    Webhooks = pages::webhooks::List, "webhooks";
    Webhook = pages::webhooks::One, "webhook";
    Organization = pages::Organization, "organization";
    BulkActions = pages::bulk_actions::List, "bulk-actions";
    BulkAction = pages::bulk_actions::Detail, "bulk-action";
    Commands = pages::commands::Commands, "commands";
    Keyboard = pages::commands::Keyboard, "keyboard";
    Search = pages::search::Search, "search";
    Security = pages::security::Security, "security";
    Reference = pages::reference::List, "reference";
    ReferenceOne = pages::reference::One, "reference-one";
    Style = pages::Style, "style";
    // No page of its own: what keeps what is typed, beside every page.
    Keeper = crate::ui::Keeper, "keeper";
}

static FETCH: OnceLock<fn(Name) -> Fetching> = OnceLock::new();

/// Says how pages are fetched; the first word counts.
pub fn arrive_by(fetch: fn(Name) -> Fetching) {
    FETCH.get_or_init(|| fetch);
}

fn fetch(name: Name) -> Fetching {
    match FETCH.get() {
        Some(fetch) => fetch(name),
        #[cfg(not(target_arch = "wasm32"))]
        None => Box::pin(std::future::ready(Ok(page(name)))),
        #[cfg(target_arch = "wasm32")]
        None => Box::pin(std::future::ready(Err(NotFetched))),
    }
}

/// Fetches the page that the server rendered, so that it can be taken over.
#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
pub async fn fetch_shown() -> Result<(), NotFetched> {
    let shown = document().query_selector(&format!("[{ATTRIBUTE}]")).ok().flatten();
    let text = shown.and_then(|page| page.get_attribute(ATTRIBUTE)).unwrap_or_default();
    match Name::ALL.iter().find(|name| name.as_str() == text) {
        Some(name) => fetch(*name).await.map(drop),
        // Trouble stands in the page's place.
        None => Ok(()),
    }
}

#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
const ATTRIBUTE: &str = "data-page";

/// Shows a page, at once when it is there.
pub fn later(name: Name) -> AnyView {
    let mut fetching = fetch(name);
    let content = match fetching.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(page)) => page(),
        Poll::Ready(Err(NotFetched)) => reload(),
        Poll::Pending => {
            let awaited = Awaited::nothing();
            awaited.arrive(fetching);
            awaited.shown(6)
        }
    };
    view! { <div class="page" data-page=name.as_str()>{content}</div> }.into_any()
}

/// Shows something beside the page as soon as it is there; the page does without it.
pub fn beside(name: Name) -> AnyView {
    let arrived = RwSignal::new(None);
    leptos::task::spawn_local(async move { arrived.set(fetch(name).await.ok()) });
    (move || arrived.get().map(untrack::<AnyView>)).into_any()
}

/// A part of a page that comes alive when the menu around it is opened: what few look at is not
/// fetched before. The server has made it whole, to be read without scripts.
pub fn within(name: Name) -> AnyView {
    let arrived = RwSignal::new(None);
    let place = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let menu = place.get().and_then(|place| place.closest("details").ok().flatten());
        let opened = Closure::<dyn Fn()>::new(move || {
            if arrived.with_untracked(Option::is_none) {
                leptos::task::spawn_local(async move {
                    // Without it, what the server made stays.
                    arrived.set(fetch(name).await.ok());
                });
            }
        });
        if let Some(menu) = menu {
            // An event that can't be heard leaves what the server made.
            let _ = menu.add_event_listener_with_callback(
                "toggle",
                &opened.into_js_value().unchecked_into(),
            );
        }
    });
    let whole = whole(name);
    view! {
        <div node_ref=place>
            {move || match arrived.get() {
                Some(page) => untrack(page),
                None => view! { <div inner_html=whole.clone()></div> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// A part as the server makes it. The browser finds it there.
#[cfg(feature = "ssr")]
fn whole(name: Name) -> String {
    page(name)().to_html()
}

#[cfg(not(feature = "ssr"))]
fn whole(_: Name) -> String {
    String::new()
}

/// What is shown when it has arrived.
#[derive(Clone, Copy)]
pub struct Awaited {
    arrived: RwSignal<Option<Result<Page, NotFetched>>>,
}

impl Awaited {
    pub fn nothing() -> Awaited {
        Awaited { arrived: RwSignal::new(None) }
    }

    /// Fetches it.
    pub fn want(self, name: Name) {
        self.arrive(fetch(name));
    }

    fn arrive(self, fetching: Fetching) {
        let arrived = self.arrived;
        leptos::task::spawn_local(async move { arrived.set(Some(fetching.await)) });
    }

    /// Itself, or until then a skeleton of so many rows.
    pub fn shown(self, rows: usize) -> AnyView {
        (move || match self.arrived.get() {
            None if rows == 0 => ().into_any(),
            None => view! { <Skeleton rows=rows /> }.into_any(),
            Some(Ok(page)) => untrack(page),
            Some(Err(NotFetched)) => reload(),
        })
        .into_any()
    }
}

/// A page of this address can be had from the server whole.
fn reload() -> AnyView {
    // A browser that refuses to reload keeps the empty page, whose address is right.
    let _ = window().location().reload();
    ().into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_named_once() {
        for (at, name) in Name::ALL.iter().enumerate() {
            assert!(Name::ALL[at + 1..].iter().all(|other| other.as_str() != name.as_str()));
        }
    }
}
