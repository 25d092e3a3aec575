//! The portal: rendered on the server, alive in the browser, a client of the public API and of
//! nothing else.
//!
//! [`App`] is what both render; [`document`] is the page around it, made on the server only. What
//! both must agree on (language, theme, time, who is signed in) is a [`visit::Visit`]. Every URL is
//! made in [`path`], every text stands in [`text`], and no view asks for anything but through
//! [`load`] and [`ui::Form`].

#![recursion_limit = "256"]

pub mod as_code;
#[cfg(feature = "ssr")]
mod document;
pub mod live;
pub mod load;
pub mod pages;
pub mod path;
mod routes;
mod shell;
pub mod text;
pub mod tool;
pub mod ui;
pub mod visit;

#[cfg(feature = "ssr")]
pub use document::{Assets, document};
#[cfg(feature = "ssr")]
pub use pages::reference::shown as reference;
pub use routes::App;

/// Takes over the page that the server rendered, once its part of the module is there.
#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
pub async fn hydrate(fetch: fn(pages::later::Name) -> pages::later::Fetching) {
    console_error_panic_hook::set_once();
    pages::later::arrive_by(fetch);
    if pages::later::fetch_shown().await.is_err() {
        // The page stays readable and its forms work; the browser has said why on its console.
        return;
    }
    stand_on_the_page();
    leptos::mount::hydrate_body(App);
    say_alive();
}

/// Marks the page as alive, for whoever waits for that.
#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
fn say_alive() {
    let document = leptos::prelude::document();
    if let Some(root) = document.document_element() {
        // A page that can't be marked is alive all the same.
        let _ = root.set_attribute("data-alive", "");
    }
}

/// A form that was refused is shown at the form's address; the page it stands on has another, and
/// that is the one to be routed by, bookmarked and reloaded.
#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
fn stand_on_the_page() {
    let visit = visit::visit();
    if visit.form.is_some() {
        let history = leptos::prelude::window().history();
        // A browser that refuses leaves an address that leads nowhere, and a page that works.
        let _ = history.and_then(|history| {
            history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&visit.path))
        });
    }
}
