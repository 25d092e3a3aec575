//! Which address shows which page.

use crate::{
    live::Live,
    pages,
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
            <Routes fallback=|| view! { <Frame><pages::NotFound /></Frame> }>
                <Route path=path!("/sign-in") view=pages::sign_in::SignIn />
                <Route path=path!("/sign-in/link") view=pages::sign_in::SignInLink />
                <ParentRoute path=path!("") view=|| view! { <Frame><Outlet /></Frame> }>
                    <Route path=path!("/") view=pages::Home />
                    <Route path=path!("/instances") view=pages::instances::List />
                    <Route path=path!("/instances/create") view=pages::instances::Create />
                    <Route path=path!("/instances/:id/confirm/:act") view=pages::instances::Ask />
                    <Route path=path!("/instances/:id/:tab?") view=pages::instances::Detail />
                    <Route path=path!("/ssh-keys") view=pages::ssh_keys::List />
                    <Route path=path!("/ssh-keys/:name/delete") view=pages::ssh_keys::Delete />
                    <Route path=path!("/api-keys") view=pages::api_keys::List />
                    <Route path=path!("/api-keys/:key/delete") view=pages::api_keys::Delete />
                    <Route path=path!("/access-tokens/:id/delete") view=pages::api_keys::DeleteToken />
                    <Route path=path!("/operations") view=pages::operations::List />
                    <Route path=path!("/sessions") view=pages::sessions::List />
                    <Route path=path!("/style") view=pages::Style />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
