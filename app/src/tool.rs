//! Which tool a visitor likes their code for. A cookie, so the server shows it from the first line.

use crate::as_code::Tool;

/// Cookie that keeps the chosen tool.
pub const TOOL_COOKIE: &str = "couloir-tool";

/// The chosen tool. The server provides what the browser sent.
#[cfg(not(target_arch = "wasm32"))]
pub fn chosen() -> Tool {
    leptos::prelude::use_context::<Tool>().unwrap_or_default()
}

/// Happens in browsers only.
#[cfg(not(target_arch = "wasm32"))]
pub fn choose(_: Tool) {}

#[cfg(target_arch = "wasm32")]
pub use browser::{choose, chosen};

#[cfg(target_arch = "wasm32")]
mod browser {
    use super::{TOOL_COOKIE, Tool};
    use leptos::prelude::document;
    use wasm_bindgen::JsCast;

    const YEAR_SECONDS: u32 = 31_536_000;

    /// The chosen tool.
    pub fn chosen() -> Tool {
        let cookies = document().unchecked_into::<web_sys::HtmlDocument>().cookie();
        let found = cookies.unwrap_or_default();
        let value =
            |pair: &str| pair.trim().strip_prefix(TOOL_COOKIE)?.strip_prefix('=').map(Tool::named);
        found.split(';').find_map(value).unwrap_or_default()
    }

    /// Remembers a tool.
    pub fn choose(tool: Tool) {
        let tool = tool.as_str();
        let cookie = format!("{TOOL_COOKIE}={tool}; path=/; max-age={YEAR_SECONDS}; samesite=lax");
        // A browser that keeps no cookies shows the first tool again.
        let _ = document().unchecked_into::<web_sys::HtmlDocument>().set_cookie(&cookie);
    }
}
