//! Puts the portal's files into the binary, so that it runs from any folder.
//!
//! Reads the folder that `COULOIR_SITE` names, or `target/site-debug` and `target/site-release`,
//! where `cargo xtask build` writes it. Without a site the list is empty: the API works, and
//! `cargo check` needs no browser part. The list is `site.rs` in `OUT_DIR`:
//! `&[(path, content)]`, sorted by path; `manifest.json` names what a page loads.

use std::env;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=COULOIR_SITE");
    println!("cargo::rerun-if-changed=build.rs");
    let site = match env::var_os("COULOIR_SITE") {
        Some(named) => PathBuf::from(named),
        None => {
            let crate_folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
            crate_folder.join("../target").join(format!("site-{}", env::var("PROFILE")?))
        }
    };
    // Watching a folder that is not there would compile this crate every time.
    fs::create_dir_all(&site)?;
    let site = site.canonicalize()?;
    println!("cargo::rerun-if-changed={}", site.display());

    let mut files = Vec::new();
    collect(&site, &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let path = file.strip_prefix(&site)?;
        writeln!(list, "    ({path:?}, include_bytes!({file:?}).as_slice()),")?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("site.rs"), list)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
