//! The browser's entry.

use wasm_bindgen::prelude::wasm_bindgen;

/// Brings the page to life. The page's script calls it once the module is there.
#[wasm_bindgen]
pub fn hydrate() {
    app::hydrate();
}
