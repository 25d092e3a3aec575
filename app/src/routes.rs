//! Which address shows which page.

mod address;

use crate::{
    live::Live,
    pages::{
        NotFound,
        later::{Name as Page, later},
    },
    shell::Frame,
    text::{common, t},
    ui::{Toasts, escaped},
};
use address::Address;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};

/// The portal. On the server a [`api::Client`] and a [`crate::visit::Visit`] are given to it.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    #[cfg(target_arch = "wasm32")]
    provide_context(api::Client::new(std::sync::Arc::new(api::browser::Fetch)));
    provide_context(Toasts::new());
    let live = Live::new();
    provide_context(live);
    live.start();
    // The title is put together after the page, where nobody knows the language any more.
    let product = t(common::PRODUCT);
    view! {
        <Title formatter=move |page: String| title(&page, product) />
        <Router>
            <Routes fallback=|| view! { <Frame><NotFound /></Frame> }>
                <Route path=Address("/sign-in") view=page(Page::SignIn) />
                <Route path=Address("/sign-in/:how") view=page(Page::SignInBy) />
                <ParentRoute path=Address("") view=|| view! { <Frame><Outlet /></Frame> }>
                    <Route path=Address("/") view=page(Page::Home) />
                    <Route path=Address("/instances") view=page(Page::Instances) />
                    <Route path=Address("/instances/create") view=page(Page::InstanceCreate) />
                    <Route path=Address("/instances/bulk") view=page(Page::InstancesBulk) />
                    <Route path=Address("/instances/:id/confirm/:act") view=page(Page::InstanceAsk) />
                    <Route path=Address("/instances/:id/:tab?") view=page(Page::Instance) />
                    <Route path=Address("/lists/:list/:what?") view=page(Page::ListSettings) />
                    <Route path=Address("/templates") view=page(Page::Templates) />
                    <Route path=Address("/templates/:id/:act?") view=page(Page::Template) />
                    <Route path=Address("/snapshots") view=page(Page::Snapshots) />
                    <Route path=Address("/ssh-keys") view=page(Page::SshKeys) />
                    <Route path=Address("/ssh-keys/:name/delete") view=page(Page::SshKeyDelete) />
                    <Route path=Address("/api-keys") view=page(Page::ApiKeys) />
                    <Route path=Address("/api-keys/:key/:act") view=page(Page::ApiKey) />
                    <Route path=Address("/access-tokens/:id/delete") view=page(Page::AccessTokenDelete) />
                    <Route path=Address("/roles") view=page(Page::Roles) />
                    <Route path=Address("/roles/create") view=page(Page::RoleCreate) />
                    <Route path=Address("/roles/:id/:act?") view=page(Page::Role) />
                    <Route path=Address("/organization-policy/:act?") view=page(Page::OrganizationPolicy) />
                    <Route path=Address("/simulator") view=page(Page::Simulator) />
                    <Route path=Address("/permissions/:of/:id") view=page(Page::Permissions) />
                    <Route path=Address("/users") view=page(Page::Users) />
                    <Route path=Address("/users/:id/:act?") view=page(Page::User) />
                    <Route path=Address("/single-sign-on/:act?") view=page(Page::SingleSignOn) />
                    <Route path=Address("/access-requests") view=page(Page::AccessRequests) />
                    <Route path=Address("/access-requests/new") view=page(Page::AccessRequestNew) />
                    <Route path=Address("/access-requests/:id/:act?") view=page(Page::AccessRequest) />
                    <Route path=Address("/operations") view=page(Page::Operations) />
                    <Route path=Address("/quotas") view=page(Page::Quotas) />
                    <Route path=Address("/audit-trail") view=page(Page::AuditTrail) />
                    <Route path=Address("/audit-trail/webhooks") view=page(Page::Webhooks) />
                    <Route path=Address("/audit-trail/webhooks/:id/:act?") view=page(Page::Webhook) />
                    <Route path=Address("/past/:what?") view=page(Page::Past) />
                    <Route path=Address("/organization/:act?") view=page(Page::Organization) />
                    <Route path=Address("/bulk-actions") view=page(Page::BulkActions) />
                    <Route path=Address("/bulk-actions/:id/:act?") view=page(Page::BulkAction) />
                    <Route path=Address("/search") view=page(Page::Search) />
                    <Route path=Address("/keyboard") view=page(Page::Keyboard) />
                    <Route path=Address("/security/:act?") view=page(Page::Security) />
                    <Route path=Address("/api") view=page(Page::Reference) />
                    <Route path=Address("/api/:operation") view=page(Page::ReferenceOne) />
                    <Route path=Address("/style") view=page(Page::Style) />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// A page for a route. One function for all of them, so that the router is compiled for each shape
/// of address and not for each address.
fn page(name: Page) -> impl Fn() -> AnyView + Clone {
    move || later(name)
}

/// What the window is called. The server writes it into the page, the browser sets it as a text.
fn title(page: &str, product: &str) -> String {
    let title = format!("{page} · {product}");
    if cfg!(target_arch = "wasm32") { title } else { escaped(&title) }
}
