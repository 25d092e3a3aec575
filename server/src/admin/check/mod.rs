//! `couloir admin check`: database, audit and engine invariants; the first broken one is named.
//!
//! It may run beside a working server: what is being worked on may be between two states, and is
//! left out of the comparison with the engines.

mod store;

use super::Answer;
use crate::{
    audit,
    cloud::Cloud,
    error::{Error, Result},
};
use engine::{Observed, Power};
use std::collections::{HashMap, HashSet};
use store::InEngine;

/// The names of what is checked in the database alone.
pub fn names() -> impl Iterator<Item = &'static str> {
    store::INVARIANTS.iter().map(|(name, _)| *name)
}

pub async fn run(cloud: &Cloud) -> Result<Answer> {
    let broken = |what: String| Error::Startup(format!("broken: {what}"));
    let mut passed = Vec::new();
    // First the trail: what the other checks read of it must be what was written.
    audit::store::verify(cloud).await.map_err(broken)?;
    passed.push("audit chains are whole");
    for (name, found) in store::database(cloud).await? {
        match found {
            None => passed.push(name),
            Some(what) => return Err(broken(format!("{name}: {what}"))),
        }
    }
    for zone in cloud.zones.iter() {
        engine(cloud, zone).await.map_err(|what| broken(format!("zone {}: {what}", zone.name)))?;
    }
    passed.push("engines and database agree");
    match cloud.db.unrecorded().await? {
        None => passed.push("the newest versions are what there is"),
        Some(what) => return Err(broken(format!("{what} is not what its newest version says"))),
    }
    let pending = store::pending(cloud).await?;
    let mut text = passed.iter().map(|name| format!("ok  {name}\n")).collect::<String>();
    text.push_str(&format!("{pending} operations have not ended"));
    Ok(Answer {
        text,
        json: serde_json::json!({ "passed": passed, "operations-pending": pending }),
    })
}

/// What rests exists in the engine exactly once, as its row says, and the engine has nothing else of
/// ours.
async fn engine(cloud: &Cloud, zone: &crate::zones::Zone) -> Result<(), String> {
    let failed = |e: Error| e.to_string();
    let before = store::instances(cloud, &zone.name).await.map_err(failed)?;
    let listed = zone.engine.list().await.map_err(|e| e.to_string())?;
    let after = store::instances(cloud, &zone.name).await.map_err(failed)?;
    let seen: HashMap<&str, &Observed> = listed.iter().map(|o| (o.name.as_str(), o)).collect();
    if seen.len() != listed.len() {
        return Err("the engine lists an instance twice".into());
    }
    let earlier: HashMap<&str, &InEngine> =
        before.iter().map(|i| (i.engine_name.as_str(), i)).collect();
    for one in after.iter().filter(|i| i.rests && earlier.get(i.engine_name.as_str()) == Some(i)) {
        agree(one, seen.get(one.engine_name.as_str()).copied())?;
    }
    let known: HashSet<&str> =
        before.iter().chain(&after).map(|i| i.engine_name.as_str()).collect();
    match seen.keys().find(|name| !known.contains(*name)) {
        Some(stray) => Err(format!("the engine has {stray}, which no instance is")),
        None => Ok(()),
    }
}

fn agree(one: &InEngine, seen: Option<&Observed>) -> Result<(), String> {
    let name = &one.engine_name;
    let Some(seen) = seen else { return Err(format!("the instance {name} is not in the engine")) };
    let power = if one.state == "running" { Power::Running } else { Power::Stopped };
    if seen.power != power {
        return Err(format!(
            "the instance {name} is {}, and the engine says {:?}",
            one.state, seen.power
        ));
    }
    if let Some(missing) = one.snapshots.iter().find(|s| !seen.snapshots.contains(s)) {
        return Err(format!("the engine has no snapshot {missing} of {name}"));
    }
    match seen.snapshots.iter().find(|s| !one.snapshots.contains(s) && !one.unsure.contains(s)) {
        Some(stray) => Err(format!("the engine has the snapshot {stray} of {name}, which none is")),
        None => Ok(()),
    }
}
