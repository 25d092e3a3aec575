//! `cargo xtask fuzz`: arbitrary texts as rules of policies, guided by what they reach.
//!
//! The package is laid out as `cargo fuzz` expects it; this needs neither that nor another toolchain.
//! What is found, and the texts that reach something new, stay under `target/fuzz`.

use crate::args::{Accepts, Args};
use crate::cargo;
use crate::progress::Progress;
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::process::{Command, ExitCode};

const SECONDS: &str = "60";
/// Longer than the longest source that is parsed.
const LENGTH_MAX: usize = 5_000;
/// A text that takes longer has found something; none may take a twentieth of it.
const EACH_MAX_SECONDS: usize = 1;
/// What libFuzzer needs to see: which edges were taken, and what was compared.
const COVERAGE: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
    "-Cdebug-assertions",
];

/// The command line of `fuzz`.
pub fn command(given: &[String]) -> Result<ExitCode> {
    let accepts = Accepts { switches: &[], options: &["seconds"], words: false };
    let args = Args::parse(given, &accepts)?;
    let seconds: u32 = args.value("seconds").unwrap_or(SECONDS).parse().context("--seconds")?;
    let workspace = Workspace::find()?;
    let progress = Progress::start();
    let (package, target) = (workspace.root.join("policy/fuzz"), workspace.target.join("fuzz"));
    let host = host()?;
    progress.step("building the fuzzer", || {
        let mut command = cargo::command(&package);
        // Named even where it is the only one, so that build scripts are left as they are.
        command.args(["build", "--release", "--locked", "--target", &host, "--target-dir"]);
        cargo::add_rustflags(command.arg(&target), &COVERAGE);
        cargo::run(&mut command)
    })?;
    let corpus = target.join("corpus");
    fs::create_dir_all(&corpus)?;
    let mut fuzzer = Command::new(target.join(&host).join("release/rule"));
    fuzzer.arg(&corpus).arg(format!("-dict={}", package.join("words.dict").display()));
    fuzzer.arg(format!("-artifact_prefix={}/", target.display()));
    fuzzer.args([format!("-max_total_time={seconds}"), format!("-max_len={LENGTH_MAX}")]);
    fuzzer.args([format!("-timeout={EACH_MAX_SECONDS}"), "-print_final_stats=1".to_owned()]);
    let status = fuzzer.status().context("starting the fuzzer")?;
    ensure!(status.success(), "the fuzzer found something: {status}");
    Ok(ExitCode::SUCCESS)
}

/// The machine that compiles, as the compiler names it.
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("starting rustc")?;
    let text = String::from_utf8(output.stdout)?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say what it runs on")?.to_owned())
}
