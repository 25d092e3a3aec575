//! What one tenant feels of another whose rules are made to be slow.
//!
//! The other's calls are refused either way; only what is thought about them differs. Ordinary and
//! hostile rules take turns, so that both meet the same machine.

use super::account::Account;
use super::figures::{Figures, Times, spread};
use super::{Ground, ZONE, load};
use anyhow::{Result, anyhow};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const INSTANCES: usize = 50;
const LIST: &str = "/instance?limit=50";
const ROUNDS: usize = 4;
/// Clients of the other tenant, each of which asks without a pause.
const CROWD: usize = 4;
const RULES: usize = 30;
/// How many times as long the slow end may be.
const SLOWER_MAX: f64 = 2.0;

pub fn measure(ground: &Ground, figures: &mut Figures) -> Result<()> {
    let mut settings = ground.prepare("neighbour", &[format!("{ZONE}=sim:1")])?;
    settings.instant = true;
    let reader = Account::bootstrap(&settings, ZONE)?;
    let other = Account::another(&settings, ZONE, "neighbour")?;
    let progress = &ground.progress;
    let _server = settings.serve(progress)?;
    load::create(&reader, 0..INSTANCES, progress)?;
    load::drain(&reader, progress)?;
    let ordinary = "operation == 'reboot-instance' && parameters.name.startsWith('test-')";
    let ordinary = other.with_policy("ordinary", &policy(ordinary))?;
    let hostile = other.with_policy("hostile", &policy(&endless()))?;

    let mut alone = Times::default();
    let mut seen = [Felt::default(), Felt::default()];
    progress.step("reading beside a tenant with hostile rules", || {
        for _ in 0..ROUNDS {
            add(&mut alone, load::reads(&reader, LIST, 1)?);
            for (felt, crowd) in seen.iter_mut().zip([&ordinary, &hostile]) {
                felt.round(&reader, crowd)?;
            }
        }
        Ok(())
    })?;

    figures.times("list of 50, alone", &mut alone);
    let [mut ordinary, mut hostile] = seen;
    figures.times("… beside four refused by thirty ordinary rules", &mut ordinary.reads);
    let [usual, slow] = [&mut ordinary, &mut hostile].map(|felt| felt.reads.quantile(0.99));
    let times = slow.as_secs_f64() / usual.as_secs_f64().max(f64::MIN_POSITIVE);
    let shown = format!("{}  {times:.2} times", spread(&mut hostile.reads));
    let what = "… beside four refused by hostile rules";
    figures.goal(what, shown, times, SLOWER_MAX, "p99 ≤ 2 times");
    figures.times("a refusal by hostile rules, four clients", &mut hostile.refusals);
    Ok(())
}

/// What both had of it.
#[derive(Default)]
struct Felt {
    reads: Times,
    refusals: Times,
}

impl Felt {
    /// Reads while the other's clients ask.
    fn round(&mut self, reader: &Account, crowd: &Account) -> Result<()> {
        let over = AtomicBool::new(false);
        let (reads, refusals) = thread::scope(|scope| {
            let crowd = scope.spawn(|| load::refused(crowd, LIST, CROWD, &over));
            let reads = load::reads(reader, LIST, 1);
            over.store(true, Ordering::Relaxed);
            (reads, crowd.join())
        });
        add(&mut self.reads, reads?);
        add(&mut self.refusals, refusals.map_err(|_| anyhow!("a client panicked"))??);
        Ok(())
    }
}

fn add(sum: &mut Times, more: Times) {
    sum.each.extend(more.each);
    sum.together += more.together;
}

/// Denies all but what one of so many equal rules allows.
fn policy(rule: &str) -> Value {
    let rules = vec![json!({"action": "allow", "expression": rule}); RULES];
    let compute = json!({"type": "rules", "rules": rules});
    json!({"default-service-strategy": "deny", "services": {"compute": compute}})
}

/// Loops within loops: as much work as an expression of its length can ask for.
fn endless() -> String {
    let loops: String = (0..6).map(|n| format!("[0,1,2,3,4,5,6,7,8,9].all(v{n},")).collect();
    format!("{loops}true{}", ")".repeat(6))
}
