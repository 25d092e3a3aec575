//! The hashed files of the portal and `manifest.json`, which tells the server their names.

use super::files::Site;
use super::wasm::Module;
use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256, Sha384};

/// Adds script, module and styles under names that change with their content.
///
/// Returns the manifest: for each its `path` under the site and, for what a page loads by a tag,
/// its `integrity`.
pub fn add(site: &mut Site, module: &Module, css: Vec<u8>) -> Result<String> {
    let js_path = format!("pkg/portal.{}.js", short_hash(&module.js));
    let wasm_path = format!("pkg/portal_bg.{}.wasm", short_hash(&module.wasm));
    let css_path = format!("pkg/portal.{}.css", short_hash(&css));
    let manifest = json!({
        "js": {"path": js_path, "integrity": integrity(&module.js)},
        "wasm": {"path": wasm_path},
        "css": {"path": css_path, "integrity": integrity(&css)},
    });
    site.add(js_path, module.js.clone())?;
    site.add(wasm_path, module.wasm.clone())?;
    site.add(css_path, css)?;
    for (path, bytes) in &module.snippets {
        site.add(format!("pkg/{path}"), bytes.clone())?;
    }
    Ok(format!("{manifest:#}\n"))
}

/// Sixteen hexadecimal digits: enough that two builds never share a name.
fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The value of an `integrity` attribute.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_is_the_one_browsers_compute() {
        // The example of the Subresource Integrity specification.
        let expected = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
        assert_eq!(integrity(b"alert('Hello, world.');"), expected);
    }

    #[test]
    fn names_follow_the_content() {
        assert_ne!(short_hash(b"a"), short_hash(b"b"));
        assert_eq!(short_hash(b"a").len(), 16);
    }
}
