//! `cargo xtask build`: the browser part, the styles, then the server that carries them inside.

pub mod css;
mod files;
mod manifest;
mod names;
mod prune;
mod split;
pub mod wasm;

use crate::args::{Accepts, Args};
use crate::budget;
use crate::cargo;
use crate::progress::Progress;
use crate::workspace::{Profile, Workspace};
use anyhow::Result;
use files::Site;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// The command line of `build`.
pub fn command(given: &[String]) -> Result<ExitCode> {
    let accepts = Accepts { switches: &["release", "site"], options: &[], words: false };
    let args = Args::parse(given, &accepts)?;
    let workspace = Workspace::find()?;
    let profile = Profile::from_release(args.has("release"));
    let progress = Progress::start();
    if args.has("site") {
        let site = site(&workspace, profile, &progress)?;
        return budget::check(&site).map(|()| ExitCode::SUCCESS);
    }
    let binary = everything(&workspace, profile, &progress)?;
    progress.say(&format!("ready: {}", workspace.shown(&binary)));
    Ok(ExitCode::SUCCESS)
}

/// Builds all and returns the path of the server's binary.
pub fn everything(workspace: &Workspace, profile: Profile, progress: &Progress) -> Result<PathBuf> {
    site(workspace, profile, progress)?;
    server(workspace, profile, progress, |command| cargo::with_site(command, workspace, profile))
}

/// Builds what tests run: a server that is quickly compiled, with the browser part as it is shipped.
///
/// Optimising and splitting change more than the speed of the browser part. The server is named with
/// its stories, as the tier that runs them names it: alone it would have dependencies of fewer
/// features, and they would all be compiled again.
pub fn for_tests(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    site(workspace, Profile::Release, progress)?;
    server(workspace, Profile::Debug, progress, |command| {
        cargo::with_tested_site(command.args(["--bins", "--test", "*"]), workspace)
    })
}

/// Builds the server around a site, which `with_site` names.
fn server(
    workspace: &Workspace,
    profile: Profile,
    progress: &Progress,
    with_site: impl FnOnce(&mut Command),
) -> Result<PathBuf> {
    let kind = profile.folder();
    progress.step(&format!("building the server ({kind})"), || {
        let mut command = cargo::command(&workspace.root);
        command.args(["build", "-p", "server"]).args(profile.flags());
        with_site(&mut command);
        cargo::run(&mut command)
    })?;
    Ok(workspace.binary(profile))
}

/// Builds the folder that the server embeds.
///
/// Only files whose content changed are written, so an unchanged site makes cargo rebuild nothing.
pub fn site(workspace: &Workspace, profile: Profile, progress: &Progress) -> Result<PathBuf> {
    let module = wasm::build(workspace, profile, progress)?;
    let mut site = Site::new(workspace.site(profile), profile);
    progress.step("writing the site: script, module, styles, static files", || {
        let css = css::styles(&workspace.root)?;
        let manifest = manifest::add(&mut site, &module, css.into_bytes())?;
        for (path, bytes) in files::tree(&workspace.root.join("public"))? {
            site.add(path, bytes)?;
        }
        site.add("manifest.json".into(), manifest.into_bytes())?;
        site.finish()
    })?;
    Ok(workspace.site(profile))
}
