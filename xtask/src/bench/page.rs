//! The list of instances in a real browser, whose processor is slowed down to a quarter.

use super::Ground;
use super::account::Account;
use super::figures::{Figures, sized};
use crate::server::Settings;
use crate::test::browser::{Tools, tools};
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::process::{Command, Stdio};

/// What is measured, where it stands in what the script prints, and its goal in milliseconds.
const TIMES: [(&str, &str, f64); 7] = [
    ("first paint", "/paint", 800.0),
    ("largest paint (LCP)", "/largest", 800.0),
    ("alive", "/alive", 1_500.0),
    ("ticking a box (INP)", "/touches/tick", 100.0),
    ("opening a menu (INP)", "/touches/menu", 100.0),
    ("typing a filter (INP)", "/touches/type", 100.0),
    ("asking for it (INP)", "/touches/filter", 100.0),
];
const SERVER_MS_MAX: f64 = 25.0;
const HTML_BYTES_MAX: f64 = 25_000.0;
const SHIFTS_MAX: f64 = 0.02;

/// Runs `end2end/bench/page.mjs` beside the running server.
pub fn measure(
    ground: &Ground,
    workspace: &Workspace,
    settings: &Settings,
    figures: &mut Figures,
) -> Result<()> {
    let Tools { browser, node } = tools(workspace, &ground.progress)?;
    let link = Account::sign_in_link(settings)?;
    let seen = ground.progress.step("loading and using the list in a browser", || {
        let mut command = Command::new(node);
        command.arg("bench/page.mjs").current_dir(workspace.root.join("end2end"));
        command.env("COULOIR_BENCH_LINK", link).env("COULOIR_TEST_BROWSER", browser);
        let output = command.stderr(Stdio::inherit()).output()?;
        ensure!(output.status.success(), "bench/page.mjs failed ({})", output.status);
        Ok(serde_json::from_slice::<Value>(&output.stdout)?)
    })?;
    let at = |place: &str| {
        let found = seen.pointer(place).and_then(Value::as_f64);
        found.with_context(|| format!("bench/page.mjs tells no {place}"))
    };

    let (p50, p99) = (at("/html/p50")?, at("/html/p99")?);
    let shown = format!("p50 {p50:.1} ms  p99 {p99:.1} ms");
    figures.goal("page: HTML from the server", shown, p50, SERVER_MS_MAX, "p50 ≤ 25 ms");
    let (raw, sent) = (at("/html/raw")?, at("/html/sent")?);
    let shown = format!("{} ({} raw)", sized(sent as u64), sized(raw as u64));
    figures.goal("page: HTML, as sent", shown, sent, HTML_BYTES_MAX, "≤ 25 kB");
    let (bytes, requests) = (at("/loaded/bytes")?, at("/loaded/requests")?);
    let shown = format!("{} in {requests} answers", sized(bytes as u64));
    figures.text("page: everything that is loaded, as sent", shown);
    for (what, place, most) in TIMES {
        let (what, took) = (format!("page, 4x slower: {what}"), at(place)?);
        figures.goal(&what, format!("{took:.0} ms"), took, most, &format!("≤ {most:.0} ms"));
    }
    let shifts = at("/shifts")?;
    figures.goal("page: shifts (CLS)", format!("{shifts:.3}"), shifts, SHIFTS_MAX, "≤ 0.02");
    Ok(())
}
