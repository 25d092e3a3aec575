//! The module in parts: the shell, and a file for each page and for what several pages share.
//!
//! A page's part is fetched when the page is first shown (`client/src/parts.rs`).

use super::files;
use anyhow::{Context, Result, anyhow};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use walrus::ModuleConfig;
use wasm_split_cli_support::{Options, transform};

/// The name of the script and of the shell's module.
pub const NAME: &str = "portal";
/// The script that fetches parts, beside [`NAME`]'s.
pub const LOADER: &str = "parts.js";
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

/// Writes the parts again as small as they can be: without names, and without the room that the
/// linker leaves in every reference. For the shell wasm-bindgen does the same.
pub fn shrink(output: &Path) -> Result<()> {
    for (name, module) in files::tree(output)?.iter().filter(|(name, _)| name.ends_with(".wasm")) {
        let mut config = ModuleConfig::new();
        config.generate_name_section(false).generate_producers_section(false);
        fs::write(output.join(name), config.parse(module)?.emit_wasm())?;
    }
    Ok(())
}

/// What [`split`] found, also from an earlier run.
pub fn parts(output: &Path) -> Result<Parts> {
    let text = fs::read(output.join(PARTS)).context("the module was never split")?;
    Ok(serde_json::from_slice(&text)?)
}
