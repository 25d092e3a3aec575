//! How long one decision about a call takes, beside cedar-policy in the same run.

use super::Ground;
use super::figures::Figures;
use crate::cargo;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use serde_json::Value;

pub fn measure(ground: &Ground, workspace: &Workspace, figures: &mut Figures) -> Result<()> {
    let package = workspace.root.join("policy/beside");
    let target = workspace.target.join("beside");
    let said =
        ground.progress.step("thirty rules: our evaluator and cedar-policy in turn", || {
            let mut command = cargo::command(&package);
            command.args(["run", "--quiet", "--release", "--locked", "--target-dir"]).arg(&target);
            let output = command.stderr(std::process::Stdio::inherit()).output()?;
            anyhow::ensure!(
                output.status.success(),
                "{}: {}",
                cargo::shown(&command),
                output.status
            );
            Ok(serde_json::from_slice::<Value>(&output.stdout)?)
        })?;
    let nanoseconds = |whose: &str, which: &str| {
        said[whose][which].as_f64().with_context(|| format!("no {which} of {whose} in {said}"))
    };
    let microseconds = |value: f64| format!("{:.1} µs", value / 1e3);
    let (p50, p99) = (nanoseconds("couloir", "p50")?, nanoseconds("couloir", "p99")?);
    let [cedar50, cedar99] = [nanoseconds("cedar", "p50")?, nanoseconds("cedar", "p99")?];
    let (shown50, shown99) = (microseconds(p50), microseconds(p99));
    let shown = format!(
        "p50 {shown50}  p99 {shown99}; cedar-policy p50 {}  p99 {}, {:.1} times as long",
        microseconds(cedar50),
        microseconds(cedar99),
        cedar50 / p50,
    );
    figures.goal("decision with 30 rules", shown, p99, 20_000.0, "p99 ≤ 20 µs");
    Ok(())
}
