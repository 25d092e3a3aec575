//! Which crate may use which: among ours, in the pure ones, and in what the browser loads.

use super::Finding;
use super::tree::Tree;
use crate::cargo;
use crate::workspace::Workspace;
use anyhow::{Result, bail};

/// "May use": nothing else may.
const DIRECTION: [(&str, &[&str]); 8] = [
    ("policy", &[]),
    ("domain", &[]),
    ("api", &["domain"]),
    ("engine", &["domain"]),
    ("app", &["api", "domain", "policy"]),
    ("client", &["app"]),
    ("server", &["app", "api", "engine", "domain", "policy"]),
    ("xtask", &[]),
];

/// Our crates that compute and do nothing else, and what they may depend on: crates that do no more.
/// A new one wants a decision record.
const PURE: [(&str, &[&str]); 2] = [
    (
        "domain",
        &[
            "base64",
            "schemars",
            "serde",
            "serde_json",
            "serde_with_macros",
            "thiserror",
            "time",
            "toml",
            "uuid",
        ],
    ),
    ("policy", &["ipnet", "regex-lite", "serde_json"]),
];

/// Parts of the server that must never reach the browser.
const SERVER_ONLY: [&str; 5] = ["axum", "hyper", "sqlx", "sqlx-core", "tokio"];

/// Our crates use each other only as the architecture says.
pub fn direction(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, allowed) in DIRECTION {
        let path = format!("{name}/Cargo.toml");
        let ours = DIRECTION.map(|(name, _)| name);
        for (line, dependency) in tree.text(&path).map(dependencies).unwrap_or_default() {
            if ours.contains(&dependency) && !allowed.contains(&dependency) {
                findings.push(Finding::new(
                    &path,
                    line,
                    format!("{name} may not use {dependency}"),
                ));
            }
        }
    }
    findings
}

/// The pure crates depend on nothing that does I/O.
pub fn pure(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (ours, allowed) in PURE {
        let path = format!("{ours}/Cargo.toml");
        for (line, name) in tree.text(&path).map(dependencies).unwrap_or_default() {
            if !allowed.contains(&name) {
                let what = format!("{name} is not among the pure crates: {}", allowed.join(", "));
                findings.push(Finding::new(&path, line, what));
            }
        }
    }
    findings
}

/// What the browser loads contains nothing of the server.
pub fn of_the_browser(workspace: &Workspace) -> Result<Vec<Finding>> {
    let output = cargo::command(&workspace.root)
        .args(["tree", "-p", "app", "--features", "hydrate", "--target", "wasm32-unknown-unknown"])
        .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .output()?;
    if !output.status.success() {
        bail!("cargo tree failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(server_only(&String::from_utf8_lossy(&output.stdout)))
}

fn server_only(tree: &str) -> Vec<Finding> {
    let mut names: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| SERVER_ONLY.contains(name))
        .collect();
    names.sort_unstable();
    names.dedup();
    let found =
        |name| Finding::in_file("app/Cargo.toml", format!("the browser part contains {name}"));
    names.into_iter().map(found).collect()
}

/// The names under `[dependencies]`, also of a single target, with their lines.
fn dependencies(manifest: &str) -> Vec<(usize, &str)> {
    let mut inside = false;
    let mut found = Vec::new();
    for (index, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            inside = line == "[dependencies]"
                || line.starts_with("[target.") && line.ends_with(".dependencies]");
        } else if inside
            && let Some(name) = line.split(['.', ' ', '=']).next()
            && !name.is_empty()
            && !name.starts_with('#')
        {
            found.push((index + 1, name));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[dependencies]\nserde.workspace = true\nserver = { path = \"x\" }\n\n[dev-dependencies]\nproptest = \"1\"\n\n[target.'cfg(x)'.dependencies]\ntokio = \"1\"\n";

    #[test]
    fn a_wrong_direction_is_found() {
        let tree = Tree::of(&[("domain/Cargo.toml", MANIFEST), ("client/Cargo.toml", MANIFEST)]);
        let findings = direction(&tree);
        assert_eq!(findings[0], Finding::new("domain/Cargo.toml", 3, "domain may not use server"));
        assert_eq!(findings.len(), 2);
    }

    #[test]
    fn an_impure_crate_is_found() {
        let tree = Tree::of(&[("domain/Cargo.toml", MANIFEST), ("policy/Cargo.toml", MANIFEST)]);
        let places: Vec<_> = pure(&tree).into_iter().map(|finding| finding.place).collect();
        let domain = ["domain/Cargo.toml:3", "domain/Cargo.toml:9"];
        let policy = ["policy/Cargo.toml:2", "policy/Cargo.toml:3", "policy/Cargo.toml:9"];
        assert_eq!(places, [&domain[..], &policy].concat());
    }

    #[test]
    fn a_server_in_the_browser_is_found() {
        assert_eq!(server_only("app v0.1.0 (x)\nleptos v0.8\ntokio-stream v1\n"), []);
        assert_eq!(server_only("app v0.1.0\ntokio v1.2\nsqlx v0.9\ntokio v1.2 (*)\n").len(), 2);
    }
}
