//! The hashed files of the portal and `manifest.json`, which tells the server their names.

use super::files::Site;
use super::split::{LOADER, NAME};
use super::wasm::Module;
use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256, Sha384};

/// Adds scripts, modules and styles under names that change with their content.
///
/// Scripts and modules name each other, so they share a folder whose name stands for all of them.
/// Returns the manifest: for each its `path` under the site, for what a page loads by a tag its
/// `integrity`, and for each part of the module the files that it needs beside the shell.
pub fn add(site: &mut Site, module: &Module, css: Vec<u8>) -> Result<String> {
    let all = module.files.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes]);
    let folder = format!("pkg/{}", short_hash(all));
    let script = module.files.iter().find(|(name, _)| *name == format!("{NAME}.js"));
    let (_, script) = script.context("no script was generated")?;
    let css_path = format!("pkg/{NAME}.{}.css", short_hash([css.as_slice()]));
    let in_folder = |name: &String| format!("{folder}/{name}");
    let parts = module.parts.iter();
    let manifest = json!({
        "js": {"path": format!("{folder}/{NAME}.js"), "integrity": integrity(script)},
        "loader": {"path": format!("{folder}/{LOADER}")},
        "wasm": {"path": format!("{folder}/{NAME}_bg.wasm")},
        "css": {"path": css_path, "integrity": integrity(&css)},
        "parts": parts
            .map(|(part, files)| (part.clone(), files.iter().map(in_folder).collect()))
            .collect::<serde_json::Map<_, _>>(),
    });
    for (name, bytes) in &module.files {
        site.add(in_folder(name), bytes.clone())?;
    }
    site.add(css_path, css)?;
    Ok(format!("{manifest:#}\n"))
}

/// Sixteen hexadecimal digits: enough that two builds never share a name.
fn short_hash<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let hash = pieces.into_iter().fold(Sha256::new(), Sha256::chain_update).finalize();
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
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
        assert_ne!(short_hash([&b"a"[..]]), short_hash([&b"b"[..]]));
        assert_eq!(short_hash([&b"a"[..]]).len(), 16);
    }
}
