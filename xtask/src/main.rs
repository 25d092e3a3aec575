//! The project's commands: `cargo xtask build | start | test | tidy | bless | bench | fuzz`.
//!
//! Everything runs through cargo and the ordinary package registries; the product's crates are
//! never linked here, so this program compiles while they are being changed.

mod args;
mod bench;
mod bless;
mod budget;
mod build;
mod cargo;
mod fuzz;
mod net;
mod progress;
mod server;
mod signals;
mod start;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  build [--release]      browser part, styles and server: target/<profile>/couloir
  test [TIER…] [--only WORD] [-- ARGS]
                         everything, or some of: unit api engine clients browser;
                         --only: steps whose name has the word; ARGS go to the runners
  bench [--instances N] [--listeners N] [--resources N] [--pending N]
        [--incus SOCKET --image FILE]
                         the figures: latency, memory, sizes, the page in a browser,
                         listeners, start, cost beside Incus
  fuzz [--seconds N]     arbitrary texts as rules of policies
  tidy                   the architecture's invariants
  bless [--check]        write (or compare) the generated files that are checked in
  start [--engine incus] [--listen ADDR] [--data DIR] [--release]
                         build, prepare the data folder, serve, print how to sign in";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    let outcome = match command.as_str() {
        "build" => build::command(&rest),
        "bench" => bench::command(&rest),
        "bless" => bless::command(&rest),
        "fuzz" => fuzz::command(&rest),
        "tidy" => tidy::command(&rest),
        "test" => test::command(&rest),
        "start" => start::command(&rest),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        other => Err(anyhow::anyhow!("there is no command '{other}'\n\n{USAGE}")),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("\nerror: {error:#}");
        ExitCode::FAILURE
    })
}
