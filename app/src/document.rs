//! The document around the application, made on the server: theme before the first paint, styles,
//! the visit for the browser, and the script that brings the page to life.

use crate::{
    path,
    routes::App,
    text::{forgive as text, shell, t, t_with},
    visit::{META, visit},
};
use api::forms::Undo;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

/// Names of the built files under the site, as its manifest has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    pub css: String,
    pub js: String,
    /// The script that fetches pages later.
    pub loader: String,
    pub wasm: String,
}

/// How what was just done is taken back, where no script offers that.
fn way_back(undo: Undo) -> AnyView {
    let done = t_with(text::done(&undo.done), &[("name", &undo.name)]);
    view! {
        <aside class="toasts" aria-label=t(shell::NOTICES)>
            <form class="toast" method="post" action=path::form(&undo.operation)>
                {undo
                    .fields
                    .into_iter()
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                    .collect_view()}
                <span class="toast-text">{done}</span>
                <button type="submit" class="button button-small">{t(text::UNDO)}</button>
            </form>
        </aside>
    }
    .into_any()
}

/// One page. Without a script it stays readable and its forms work.
pub fn document(assets: &Assets) -> impl IntoView + use<> {
    let visit = visit();
    let nonce = use_nonce();
    let carried = serde_json::to_string(&visit).unwrap_or_default();
    let [js, loader, wasm] =
        [&assets.js, &assets.loader, &assets.wasm].map(|name| path::asset(name));
    let start = format!(
        "import({js:?}).then(m=>m.default({{module_or_path:{wasm:?}}}).then(()=>m.hydrate()))"
    );
    let alive = !assets.js.is_empty();
    // Outside of the application: browsers take over nothing of it.
    let undo = visit.undo.clone().map(way_back);
    view! {
        <!DOCTYPE html>
        <html lang=visit.language.as_str() data-theme=visit.theme.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name=META content=carried />
                <link rel="icon" href=path::favicon() type="image/svg+xml" />
                <link
                    rel="preload"
                    href=path::sans_font()
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                <link rel="stylesheet" href=path::asset(&assets.css) />
                {alive.then(|| view! {
                    <link rel="modulepreload" href=js nonce=nonce.clone() />
                    <link rel="modulepreload" href=loader nonce=nonce.clone() />
                    <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
                    <script type="module" nonce=nonce inner_html=start></script>
                })}
                <MetaTags />
            </head>
            <body>
                <App />
                {undo}
            </body>
        </html>
    }
}
