//! The module in parts: the shell, and a file for each page and for what several pages share.
//!
//! A page's part is fetched when the page is first shown (`client/src/parts.rs`).

use super::files;
use anyhow::{Context, Result, anyhow};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// The name of the script and of the shell's module.
pub const NAME: &str = "portal";
/// The script that fetches parts, beside [`NAME`]'s.
pub const LOADER: &str = "parts.js";
/// Magic number and version.
const HEADER: usize = 8;
const PARTS: &str = "parts.json";

/// For each part the files that a page of it needs beside the shell.
pub type Parts = BTreeMap<String, Vec<String>>;

/// Writes the parts and the script that fetches them; returns the shell's module.
pub fn split(module: &[u8], output: &Path) -> Result<Vec<u8>> {
    fs::create_dir_all(output)?;
    let shell = output.join("shell");
    let (script, loader) = (format!("./{NAME}.js"), format!("./{LOADER}"));
    let mut options = Options::new(module);
    options.output_dir = output;
    options.main_out_path = &shell;
    options.main_module = &script;
    options.link_name = &loader;
    let split = transform(options).map_err(|error| anyhow!("{error:?}"))?;
    let parts: Parts = split
        .prefetch_map
        .into_iter()
        .map(|(part, files)| (part, files.iter().map(|file| format!("{file}.wasm")).collect()))
        .collect();
    fs::write(output.join(PARTS), serde_json::to_vec(&parts)?)?;
    let bytes = fs::read(&shell)?;
    fs::remove_file(&shell)?;
    Ok(bytes)
}

/// Strips the parts of what only a debugger asks for; for the shell wasm-bindgen does the same.
pub fn strip(output: &Path) -> Result<()> {
    for (name, module) in files::tree(output)?.iter().filter(|(name, _)| name.ends_with(".wasm")) {
        fs::write(output.join(name), without_names(module)?)?;
    }
    Ok(())
}

/// A module without the names of its functions and of the tools that made it.
fn without_names(module: &[u8]) -> Result<Vec<u8>> {
    let mut kept = module.get(..HEADER).context("no module")?.to_vec();
    let mut end = HEADER;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let named = matches!(&payload, Payload::CustomSection(section)
            if ["name", "producers"].contains(&section.name()));
        // A section begins where the one before it ended: with its number and its length.
        let Some((_, range)) = payload.as_section() else { continue };
        let next = usize::try_from(range.end)?;
        kept.extend_from_slice(if named { &[] } else { &module[end..next] });
        end = next;
    }
    Ok(kept)
}

/// What [`split`] found, also from an earlier run.
pub fn parts(output: &Path) -> Result<Parts> {
    let text = fs::read(output.join(PARTS)).context("the module was never split")?;
    Ok(serde_json::from_slice(&text)?)
}
