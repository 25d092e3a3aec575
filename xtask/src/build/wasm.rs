//! The portal as WebAssembly: cargo for the module, the splitter for its parts, wasm-bindgen as a
//! library for its script.

use super::split::{self, Parts};
use super::{files, names, prune};
use crate::cargo;
use crate::progress::Progress;
use crate::workspace::{Profile, Workspace};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// Size before speed. Given as settings of one call, so that procedural macros and build scripts
/// stay shared with the server's release build; aborting panics are for the browser only.
const RELEASE: [&str; 4] = [
    "profile.release.opt-level=\"z\"",
    "profile.release.lto=\"fat\"",
    "profile.release.codegen-units=1",
    "profile.release.panic=\"abort\"",
];

/// What the browser loads.
pub struct Module {
    /// Scripts and modules, by their names beside each other.
    pub files: Vec<(String, Vec<u8>)>,
    pub parts: Parts,
}

/// Builds the module and its script.
pub fn build(workspace: &Workspace, profile: Profile, progress: &Progress) -> Result<Module> {
    ensure_target(progress)?;
    let kind = profile.folder();
    progress.step(&format!("building the browser part ({kind})"), || {
        let mut command = cargo::command(&workspace.root);
        command.args(["build", "-p", "client", "--target", TARGET]).args(profile.flags());
        let sources = format!("--remap-path-prefix={}=", cargo::registry().display());
        // The splitter must know what refers to what; where the sources lie concerns nobody.
        cargo::add_rustflags(&mut command, &["-Clink-arg=--emit-relocs", &sources]);
        if profile == Profile::Release {
            command.args(RELEASE.iter().flat_map(|setting| ["--config", setting]));
        }
        cargo::run(&mut command)
    })?;
    let input = workspace.target.join(TARGET).join(kind).join("client.wasm");
    let output = workspace.target.join(format!("bindgen-{kind}"));
    bind(&input, &output, profile, progress)?;
    let parts = split::parts(&output)?;
    let served = |name: &str| name.ends_with(".js") || name.ends_with(".wasm");
    let files = files::tree(&output)?.into_iter().filter(|(name, _)| served(name)).collect();
    Ok(Module { files, parts })
}

/// Splits the module and generates its script, unless the last run had the same input.
fn bind(input: &Path, output: &Path, profile: Profile, progress: &Progress) -> Result<()> {
    let module = std::fs::read(input).with_context(|| format!("reading {}", input.display()))?;
    let stamp = output.join("input.sha256");
    let hash: String = Sha256::digest(&module).iter().map(|b| format!("{b:02x}")).collect();
    if std::fs::read_to_string(&stamp).is_ok_and(|last| last == hash) {
        return Ok(());
    }
    progress.step("splitting the module and generating the script that loads it", || {
        let _ = std::fs::remove_dir_all(output);
        let shell = split::split(&prune::prune(&module)?, output)?;
        if profile == Profile::Release {
            split::shrink(output)?;
        }
        Bindgen::new()
            .input_bytes(split::NAME, shell)
            .out_name(split::NAME)
            .typescript(false)
            // The parts import the shell's memory and table.
            .keep_lld_exports(true)
            .remove_name_section(profile == Profile::Release)
            .remove_producers_section(profile == Profile::Release)
            .web(true)?
            .generate(output)?;
        if profile == Profile::Release {
            names::shorten(output, split::NAME)?;
        }
        Ok(std::fs::write(&stamp, &hash)?)
    })
}

/// Adds the wasm target of the pinned toolchain when it is missing.
///
/// `rust-toolchain.toml` names it, but rustup's automatic installation can be switched off.
pub fn ensure_target(progress: &Progress) -> Result<()> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output()?.stdout;
    let sysroot = String::from_utf8(sysroot)?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib").is_dir() {
        return Ok(());
    }
    progress.step(&format!("adding the target {TARGET} to the toolchain"), || {
        match Command::new("rustup").args(["target", "add", TARGET]).status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => bail!("rustup target add {TARGET} failed ({status})"),
            Err(_) => bail!(
                "this Rust has no {TARGET} and there is no rustup to add it: install the \
                 toolchain with rustup, or the distribution's package with the wasm target"
            ),
        }
    })
}
