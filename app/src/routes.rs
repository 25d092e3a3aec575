//! Which address shows which page.

use crate::{
    live::Live,
    pages::{
        NotFound,
        later::{Name as Page, later},
    },
    shell::Frame,
    text::{common, t},
    ui::Toasts,
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
        <Title formatter=move |page: String| format!("{page} · {product}") />
        <Router>
            <Routes fallback=|| view! { <Frame><NotFound /></Frame> }>
                <Route path=path!("/sign-in") view=|| later(Page::SignIn) />
                <Route path=path!("/sign-in/link") view=|| later(Page::SignInLink) />
                <ParentRoute path=path!("") view=|| view! { <Frame><Outlet /></Frame> }>
                    <Route path=path!("/") view=|| later(Page::Home) />
                    <Route path=path!("/instances") view=|| later(Page::Instances) />
                    <Route path=path!("/instances/create") view=|| later(Page::InstanceCreate) />
                    <Route path=path!("/instances/:id/confirm/:act") view=|| later(Page::InstanceAsk) />
                    <Route path=path!("/instances/:id/:tab?") view=|| later(Page::Instance) />
                    <Route path=path!("/templates") view=|| later(Page::Templates) />
                    <Route path=path!("/templates/:id/:act?") view=|| later(Page::Template) />
                    <Route path=path!("/snapshots") view=|| later(Page::Snapshots) />
                    <Route path=path!("/ssh-keys") view=|| later(Page::SshKeys) />
                    <Route path=path!("/ssh-keys/:name/delete") view=|| later(Page::SshKeyDelete) />
                    <Route path=path!("/api-keys") view=|| later(Page::ApiKeys) />
                    <Route path=path!("/api-keys/:key/delete") view=|| later(Page::ApiKeyDelete) />
                    <Route path=path!("/access-tokens/:id/delete") view=|| later(Page::AccessTokenDelete) />
                    <Route path=path!("/operations") view=|| later(Page::Operations) />
                    <Route path=path!("/quotas") view=|| later(Page::Quotas) />
                    <Route path=path!("/sessions") view=|| later(Page::Sessions) />
                    <Route path=path!("/style") view=|| later(Page::Style) />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
