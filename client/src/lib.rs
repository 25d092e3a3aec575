//! The browser's entry, and the parts that the module is split into.

mod parts;

use wasm_bindgen::prelude::wasm_bindgen;

/// Brings the page to life. The page's script calls it once the module is there.
#[wasm_bindgen]
pub async fn hydrate() {
    app::hydrate(parts::fetch).await;
}
