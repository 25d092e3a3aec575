//! `cargo xtask tidy`: the architecture's invariants, each a function that names what breaks it.

mod classes;
mod dependencies;
mod documents;
mod paths;
mod rust;
mod shown;
mod size;
mod sql;
mod texts;
mod tree;
mod words;

use crate::args::{Accepts, Args};
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::process::ExitCode;
use tree::Tree;

/// What breaks a rule, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    pub place: String,
    pub what: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Finding { place: format!("{path}:{line}"), what: what.into() }
    }

    fn in_file(path: &str, what: impl Into<String>) -> Self {
        Finding { place: path.to_owned(), what: what.into() }
    }
}

/// A rule over the repository's files.
type Rule = (&'static str, fn(&Tree) -> Vec<Finding>);

const RULES: [Rule; 15] = [
    ("crates depend only in the direction of the architecture", dependencies::direction),
    ("domain and policy stay pure", dependencies::pure),
    ("SQL is spoken only by db, act, view, error and store files", words::sqlx),
    ("the portal has no server functions", words::server_functions),
    ("the clock is read in one place", words::clock),
    ("randomness comes from one place", words::random),
    ("no text names a private place", words::private_places),
    ("the portal builds addresses only in path.rs", paths::addresses),
    ("the portal fetches only through the API client", paths::fetches),
    ("files that documents name exist", documents::exist),
    ("a migration for one database has its twin", sql::twins),
    ("texts of the portal come from the catalog", texts::in_catalog),
    ("texts of the catalog are shown", shown::everywhere),
    ("class names of the portal have rules", classes::have_rules),
    ("files are short, or say why not", size::files),
];

/// The command line of `tidy`.
pub fn command(given: &[String]) -> Result<ExitCode> {
    Args::parse(given, &Accepts { switches: &[], options: &[], words: false })?;
    check(&Workspace::find()?)?;
    println!("tidy");
    Ok(ExitCode::SUCCESS)
}

/// Checks every rule; all that is found is printed before it fails.
pub fn check(workspace: &Workspace) -> Result<()> {
    let tree = Tree::read(&workspace.root)?;
    let mut broken = 0;
    let browser = dependencies::of_the_browser(workspace)?;
    let found = RULES.iter().map(|(rule, check)| (*rule, check(&tree)));
    for (rule, findings) in found.chain([("the browser part carries no server", browser)]) {
        broken += usize::from(!findings.is_empty());
        for Finding { place, what } in findings {
            eprintln!("{place}: {what} ({rule})");
        }
    }
    if broken > 0 {
        bail!("{broken} of the {} rules are broken", RULES.len() + 1);
    }
    Ok(())
}
