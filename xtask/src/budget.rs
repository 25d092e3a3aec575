//! How much a visitor downloads before the portal is alive.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Scripts, modules and styles of the shell and the list of instances together, as sent.
const COMPRESSED_BYTES_MAX: u64 = 350_000;
/// What only that page needs.
pub const OF_THE_PAGE: &str = "wasm of the page";
/// The page that is measured.
const PAGE: &str = "instances";

/// Bytes of one file of the portal, or of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub raw: u64,
    pub compressed: u64,
}

impl std::iter::Sum for Size {
    fn sum<I: Iterator<Item = Size>>(sizes: I) -> Self {
        sizes.fold(Size::default(), |sum, size| Size {
            raw: sum.raw + size.raw,
            compressed: sum.compressed + size.compressed,
        })
    }
}

/// What the shell and the list of instances need of a built site, kind by kind.
pub fn sizes(site: &Path) -> Result<[(&'static str, Size); 4]> {
    let manifest = fs::read(site.join("manifest.json")).context("the site is not built")?;
    let manifest: Value = serde_json::from_slice(&manifest)?;
    let of = |path: &Value| -> Result<Size> {
        let path = path.as_str().context("the manifest names no such file")?;
        size(&site.join(path))
    };
    let named = |kind: &str| of(&manifest[kind]["path"]);
    let parts = manifest["parts"][PAGE].as_array().context("the manifest names no such part")?;
    let page = parts.iter().map(of).collect::<Result<Vec<_>>>()?;
    Ok([
        ("js", [named("js")?, named("loader")?].into_iter().sum()),
        ("wasm of the shell", named("wasm")?),
        (OF_THE_PAGE, page.into_iter().sum()),
        ("css", named("css")?),
    ])
}

/// Every script, module and style of a built site.
pub fn whole(site: &Path) -> Result<Size> {
    let manifest = fs::read(site.join("manifest.json")).context("the site is not built")?;
    let manifest: Value = serde_json::from_slice(&manifest)?;
    let js = manifest["js"]["path"].as_str().context("the manifest names no script")?;
    let folder = site.join(js).parent().map(Path::to_path_buf).unwrap_or_default();
    let css = manifest["css"]["path"].as_str().context("the manifest names no style")?;
    let mut all = vec![site.join(css)];
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let counts = path.extension().is_some_and(|kind| kind == "js" || kind == "wasm");
        all.extend(counts.then_some(path));
    }
    all.iter().map(|path| size(path)).sum()
}

/// One file, and as it is sent.
fn size(path: &Path) -> Result<Size> {
    let raw = fs::metadata(path)?.len();
    let sent = format!("{}.br", path.display());
    Ok(Size { raw, compressed: fs::metadata(sent).map_or(raw, |br| br.len()) })
}

/// An error when the portal has grown beyond its budget.
pub fn check(site: &Path) -> Result<()> {
    let sizes = sizes(site)?;
    for (kind, size) in sizes {
        eprintln!("  {kind:<17} {:>9} bytes, {:>9} compressed", size.raw, size.compressed);
    }
    let sum = sizes.into_iter().map(|(_, size)| size).sum::<Size>().compressed;
    eprintln!("  sum               {sum:>26} compressed, at most {COMPRESSED_BYTES_MAX}");
    if sum > COMPRESSED_BYTES_MAX {
        bail!("the browser part has {sum} bytes compressed, more than {COMPRESSED_BYTES_MAX}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_over_budget_fails() {
        let site = std::env::temp_dir().join(format!("xtask-budget-{}", std::process::id()));
        fs::create_dir_all(&site).unwrap();
        let manifest = r#"{
            "js": {"path": "a.js"}, "loader": {"path": "b.js"}, "wasm": {"path": "a.wasm"},
            "css": {"path": "a.css"}, "parts": {"instances": ["b.wasm", "c.wasm"], "keys": []}
        }"#;
        fs::write(site.join("manifest.json"), manifest).unwrap();
        for name in ["a.js", "b.js", "a.css", "a.wasm", "b.wasm", "c.wasm"] {
            fs::write(site.join(name), [0; 500_000]).unwrap();
            fs::write(site.join(format!("{name}.br")), [0; 50_000]).unwrap();
        }
        check(&site).unwrap();
        fs::write(site.join("c.wasm.br"), [0; 200_000]).unwrap();
        assert!(check(&site).unwrap_err().to_string().contains("450000"));
        fs::remove_dir_all(&site).unwrap();
    }
}
