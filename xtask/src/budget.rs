//! How much a visitor downloads before the portal is alive.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Script, module and styles together, as sent: what we aim at. It is not reached yet.
const COMPRESSED_BYTES_GOAL: u64 = 350_000;
/// What must not be exceeded meanwhile. Lower it whenever the portal gets smaller.
const COMPRESSED_BYTES_MAX: u64 = 620_000;

/// Bytes of one file of the portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub raw: u64,
    pub compressed: u64,
}

/// The sizes of `js`, `wasm` and `css` in a built site.
pub fn sizes(site: &Path) -> Result<[(&'static str, Size); 3]> {
    let manifest = fs::read(site.join("manifest.json")).context("the site is not built")?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    let size = |kind: &'static str| -> Result<(&'static str, Size)> {
        let path = manifest[kind]["path"].as_str().context("the manifest names no such file")?;
        let raw = fs::metadata(site.join(path))?.len();
        let compressed = fs::metadata(site.join(format!("{path}.br"))).map_or(raw, |br| br.len());
        Ok((kind, Size { raw, compressed }))
    };
    Ok([size("js")?, size("wasm")?, size("css")?])
}

/// An error when the portal has grown beyond its budget.
pub fn check(site: &Path) -> Result<()> {
    let sizes = sizes(site)?;
    let sum: u64 = sizes.iter().map(|(_, size)| size.compressed).sum();
    for (kind, size) in sizes {
        eprintln!("  {kind:<5} {:>9} bytes, {:>9} compressed", size.raw, size.compressed);
    }
    eprintln!("  sum   {sum:>26} compressed, at most {COMPRESSED_BYTES_MAX}");
    if sum > COMPRESSED_BYTES_GOAL {
        eprintln!("  NOT REACHED: the goal is {COMPRESSED_BYTES_GOAL}");
    }
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
        let manifest = r#"{"js":{"path":"a.js"},"wasm":{"path":"a.wasm"},"css":{"path":"a.css"}}"#;
        fs::write(site.join("manifest.json"), manifest).unwrap();
        for name in ["a.js", "a.css", "a.wasm"] {
            fs::write(site.join(name), [0; 500_000]).unwrap();
            fs::write(site.join(format!("{name}.br")), [0; 100_000]).unwrap();
        }
        check(&site).unwrap();
        fs::write(site.join("a.wasm.br"), [0; 500_000]).unwrap();
        assert!(check(&site).unwrap_err().to_string().contains("700000"));
        fs::remove_dir_all(&site).unwrap();
    }
}
