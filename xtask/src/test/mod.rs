//! `cargo xtask test [tier…]`: every check there is, and one plain line at the end.

mod api;
pub mod browser;
mod clients;
mod count;
mod counted;
mod engine;
mod install;
mod patience;
mod postgres;
mod run;
mod scratch;
mod tally;
pub mod unit;

use crate::args::{Accepts, Args};
use crate::progress::Progress;
use crate::signals;
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use run::Run;
use std::process::ExitCode;

/// One tier: its name and what it runs.
type Tier = (&'static str, fn(&mut Run) -> Result<()>);

/// In the order of a whole run: what fails fastest comes first.
const TIERS: [Tier; 5] = [
    ("unit", unit::run),
    ("api", api::run),
    ("engine", engine::run),
    ("clients", clients::run),
    ("browser", browser::run),
];

/// Tiers whose tests mostly wait: they run beside each other.
const BESIDE: [&str; 2] = ["api", "engine"];

/// The command line of `test`.
pub fn command(given: &[String]) -> Result<ExitCode> {
    let accepts = Accepts { switches: &[], options: &["only"], words: true };
    let args = Args::parse(given, &accepts)?;
    if let Some(word) = args.words.iter().find(|word| TIERS.iter().all(|(name, _)| name != word)) {
        bail!("'{word}' is no tier; tiers are: {}", TIERS.map(|(name, _)| name).join(" "));
    }
    signals::forward(true)?;
    let mut run = Run::new(Workspace::find()?, Progress::start(), &args);
    for (name, tier) in TIERS {
        if args.words.is_empty() || args.words.iter().any(|word| word == name) {
            if !BESIDE.contains(&name) {
                run.gather();
            }
            run.tier(name, tier);
        }
    }
    run.gather();
    let tally = run.finish();
    println!("{}", tally.line());
    Ok(if tally.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
