//! Where things are: the repository, cargo's target folder, the profile in use.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// The two ways to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    Debug,
    Release,
}

impl Profile {
    pub fn from_release(release: bool) -> Self {
        if release { Profile::Release } else { Profile::Debug }
    }

    /// The folder cargo uses for this profile.
    pub fn folder(self) -> &'static str {
        match self {
            Profile::Debug => "debug",
            Profile::Release => "release",
        }
    }

    /// The flag cargo wants for it.
    pub fn flags(self) -> &'static [&'static str] {
        match self {
            Profile::Debug => &[],
            Profile::Release => &["--release"],
        }
    }
}

/// The repository and its target folder, both absolute.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Workspace {
    /// Finds the repository from the manifest cargo runs us for, and the target folder from cargo.
    pub fn find() -> Result<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("the xtask crate stands in the workspace")?.to_owned();
        let output = crate::cargo::command(&root)
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .output()
            .context("cargo metadata could not be started")?;
        if !output.status.success() {
            bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let target =
            metadata["target_directory"].as_str().context("cargo names no target folder")?;
        Ok(Workspace { root, target: PathBuf::from(target) })
    }

    /// The folder that the server embeds.
    pub fn site(&self, profile: Profile) -> PathBuf {
        self.target.join(format!("site-{}", profile.folder()))
    }

    /// The server's binary.
    pub fn binary(&self, profile: Profile) -> PathBuf {
        self.target.join(profile.folder()).join("couloir")
    }

    /// A path as people want to read it: relative to the repository where possible.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}
