//! Which address shows which page.

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
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    components::{Outlet, ParentRoute, Route, Router, Routes},
    path,
};

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
                <Route path=path!("/sign-in") view=page(Page::SignIn) />
                <Route path=path!("/sign-in/:how") view=page(Page::SignInBy) />
                <ParentRoute path=path!("") view=|| view! { <Frame><Outlet /></Frame> }>
                    <Route path=path!("/") view=page(Page::Home) />
                    <Route path=path!("/instances") view=page(Page::Instances) />
                    <Route path=path!("/instances/create") view=page(Page::InstanceCreate) />
                    <Route path=path!("/instances/bulk") view=page(Page::InstancesBulk) />
                    <Route path=path!("/instances/:id/confirm/:act") view=page(Page::InstanceAsk) />
                    <Route path=path!("/instances/:id/:tab?") view=page(Page::Instance) />
                    <Route path=path!("/lists/:list/:what?") view=page(Page::ListSettings) />
                    <Route path=path!("/templates") view=page(Page::Templates) />
                    <Route path=path!("/templates/:id/:act?") view=page(Page::Template) />
                    <Route path=path!("/snapshots") view=page(Page::Snapshots) />
                    <Route path=path!("/ssh-keys") view=page(Page::SshKeys) />
                    <Route path=path!("/ssh-keys/:name/delete") view=page(Page::SshKeyDelete) />
                    <Route path=path!("/api-keys") view=page(Page::ApiKeys) />
                    <Route path=path!("/api-keys/:key/:act") view=page(Page::ApiKey) />
                    <Route path=path!("/access-tokens/:id/delete") view=page(Page::AccessTokenDelete) />
                    <Route path=path!("/roles") view=page(Page::Roles) />
                    <Route path=path!("/roles/create") view=page(Page::RoleCreate) />
                    <Route path=path!("/roles/:id/:act?") view=page(Page::Role) />
                    <Route path=path!("/organization-policy/:act?") view=page(Page::OrganizationPolicy) />
                    <Route path=path!("/simulator") view=page(Page::Simulator) />
                    <Route path=path!("/permissions/:of/:id") view=page(Page::Permissions) />
                    <Route path=path!("/users") view=page(Page::Users) />
                    <Route path=path!("/users/:id/:act?") view=page(Page::User) />
                    <Route path=path!("/access-requests") view=page(Page::AccessRequests) />
                    <Route path=path!("/access-requests/new") view=page(Page::AccessRequestNew) />
                    <Route path=path!("/access-requests/:id/:act?") view=page(Page::AccessRequest) />
                    <Route path=path!("/operations") view=page(Page::Operations) />
                    <Route path=path!("/quotas") view=page(Page::Quotas) />
                    <Route path=path!("/audit-trail") view=page(Page::AuditTrail) />
                    <Route path=path!("/audit-trail/webhooks") view=page(Page::Webhooks) />
                    <Route path=path!("/audit-trail/webhooks/:id/:act?") view=page(Page::Webhook) />
                    <Route path=path!("/organization") view=page(Page::Organization) />
                    <Route path=path!("/bulk-actions") view=page(Page::BulkActions) />
                    <Route path=path!("/bulk-actions/:id") view=page(Page::BulkAction) />
                    <Route path=path!("/search") view=page(Page::Search) />
                    <Route path=path!("/keyboard") view=page(Page::Keyboard) />
                    <Route path=path!("/security/:act?") view=page(Page::Security) />
                    <Route path=path!("/api") view=page(Page::Reference) />
                    <Route path=path!("/api/:operation") view=page(Page::ReferenceOne) />
                    <Route path=path!("/style") view=page(Page::Style) />
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
