//! `couloir admin check`: database, audit and engine invariants; the first broken one is named.

mod store;

use super::Answer;
use crate::{
    audit,
    cloud::Cloud,
    error::{Error, Result},
};
use std::collections::HashSet;

pub async fn run(cloud: &Cloud) -> Result<Answer> {
    let broken = |what: String| Error::Startup(format!("broken: {what}"));
    let mut passed = Vec::new();
    for (name, found) in store::database(cloud).await? {
        match found {
            None => passed.push(name),
            Some(what) => return Err(broken(format!("{name}: {what}"))),
        }
    }
    audit::store::verify(cloud.db.reader()).await.map_err(broken)?;
    passed.push("audit chains are whole");
    for zone in cloud.zones.iter() {
        engine(cloud, zone).await?;
    }
    passed.push("engines and database agree");
    let text = passed.iter().map(|name| format!("ok  {name}\n")).collect::<String>();
    Ok(Answer { text: text.trim_end().to_owned(), json: serde_json::json!({ "passed": passed }) })
}

/// What rests exists in the engine exactly once, and the engine has nothing else of ours.
async fn engine(cloud: &Cloud, zone: &crate::zones::Zone) -> Result<()> {
    let broken = |what: String| Error::Startup(format!("broken: zone {}: {what}", zone.name));
    let before = store::instances(cloud, &zone.name).await?;
    let listed = zone.engine.list().await.map_err(|e| broken(e.to_string()))?;
    let after = store::instances(cloud, &zone.name).await?;
    let names: HashSet<&str> = listed.iter().map(|o| o.name.as_str()).collect();
    if names.len() != listed.len() {
        return Err(broken("the engine lists an instance twice".into()));
    }
    for one in after.iter().filter(|i| i.rests && before.contains(i)) {
        if !names.contains(one.engine_name.as_str()) {
            return Err(broken(format!("the instance {} is not in the engine", one.engine_name)));
        }
    }
    let known: HashSet<&str> =
        before.iter().chain(&after).map(|i| i.engine_name.as_str()).collect();
    match names.iter().find(|name| !known.contains(*name)) {
        Some(stray) => Err(broken(format!("the engine has {stray}, which no instance is"))),
        None => Ok(()),
    }
}
