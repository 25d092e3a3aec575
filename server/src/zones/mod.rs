//! Zones: names, and the engine behind each.

use crate::{
    error::{Error, Result},
    view::View,
};
use api::Nothing;
use domain::Timestamp;
use engine::{
    Engine,
    incus::Incus,
    sim::{Pace, Sim, SimOptions},
};
use std::{
    collections::HashMap,
    path::Path,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// Longest name of a zone, so that it fits every URL and label.
const NAME_CHARACTERS_MAX: usize = 63;
const HEALTH_TIMEOUT: Duration = Duration::from_secs(5);

#[derive(Clone)]
pub struct Zone {
    pub name: String,
    pub engine: Arc<dyn Engine>,
}

/// Since when engines have not answered. One that was never asked counts as there.
#[derive(Default)]
pub struct Availability(Mutex<HashMap<String, Timestamp>>);

impl Availability {
    pub fn away_since(&self, zone: &str) -> Option<Timestamp> {
        let away = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        away.get(zone).copied()
    }

    /// Asks every engine.
    pub async fn refresh(&self, zones: &Zones, now: Timestamp) {
        for zone in zones.iter() {
            let answer = tokio::time::timeout(HEALTH_TIMEOUT, zone.engine.health()).await;
            let up = matches!(answer, Ok(Ok(_)));
            let mut away = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if up == away.contains_key(&zone.name) {
                tracing::warn!(zone = zone.name, up, "the zone's engine changed");
            }
            if up {
                away.remove(&zone.name);
            } else {
                away.entry(zone.name.clone()).or_insert(now);
            }
        }
    }
}

/// The zones of this platform, in the operator's order. The first is the default.
#[derive(Clone, Default)]
pub struct Zones(Vec<Zone>);

impl Zones {
    pub fn new(zones: Vec<Zone>) -> Zones {
        Zones(zones)
    }

    /// Makes the engines of the configured zones. None of them needs to be up.
    pub fn open(configured: &[ZoneSetting], sim_pace: Pace, data: &Path) -> Result<Zones> {
        let mut zones: Vec<Zone> = Vec::new();
        for setting in configured {
            if zones.iter().any(|z| z.name == setting.name) {
                return Err(Error::Startup(format!("the zone {} is given twice", setting.name)));
            }
            let engine: Arc<dyn Engine> = match &setting.engine {
                EngineSetting::Sim { seed } => {
                    let journal = Some(data.join(format!("sim-{}.jsonl", setting.name)));
                    let sim = Sim::open(SimOptions { seed: *seed, journal, pace: sim_pace });
                    Arc::new(
                        sim.map_err(|e| Error::Startup(format!("zone {}: {e}", setting.name)))?,
                    )
                }
                EngineSetting::Incus { url } => Arc::new(
                    Incus::connect(url)
                        .map_err(|e| Error::Startup(format!("zone {}: {e}", setting.name)))?,
                ),
            };
            zones.push(Zone { name: setting.name.clone(), engine });
        }
        Ok(Zones(zones))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Zone> {
        self.0.iter()
    }

    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|z| z.name.clone()).collect()
    }

    pub fn find(&self, name: &str) -> Option<&Zone> {
        self.0.iter().find(|z| z.name == name)
    }

    /// The engine of a zone that a row names.
    pub fn engine(&self, name: &str) -> Result<Arc<dyn Engine>> {
        let found = self.find(name).map(|z| z.engine.clone());
        found.ok_or_else(|| {
            Error::Unavailable(format!("The zone {name} is not served by this platform any more."))
        })
    }

    /// The zone that a call means: the address's, the body's, or the first.
    pub fn choose(&self, address: Option<&str>, body: Option<&str>) -> Result<&Zone> {
        match (address, body) {
            (Some(of_address), Some(of_body)) if of_address != of_body => Err(Error::field(
                "zone",
                format!("is {of_body}, but the address used is that of {of_address}"),
            )),
            (Some(name), _) | (None, Some(name)) => self.find(name).ok_or_else(|| {
                Error::field("zone", format!("is {name:?}; there are {}", self.names().join(", ")))
            }),
            (None, None) => {
                self.0.first().ok_or_else(|| Error::Unavailable("No zone is configured.".into()))
            }
        }
    }
}

/// How a zone is written.
const FORM: &str = "write NAME=sim, NAME=sim:SEED, NAME=incus:unix:///PATH or \
    NAME=incus:https://HOST:8443?cert=FILE&key=FILE&server=FILE";

/// A zone as it is written: `NAME=ENGINE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneSetting {
    pub name: String,
    pub engine: EngineSetting,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineSetting {
    Sim { seed: u64 },
    Incus { url: String },
}

impl FromStr for ZoneSetting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, engine) = text.split_once('=').ok_or(format!("{text:?} is no zone: {FORM}"))?;
        let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if name.is_empty() || name.len() > NAME_CHARACTERS_MAX || !plain || name == "v2" {
            return Err(format!("the zone name {name:?} must be 1–63 of a–z, 0–9 and hyphens"));
        }
        let engine = match engine.split_once(':') {
            None if engine == "sim" => EngineSetting::Sim { seed: 1 },
            Some(("sim", seed)) => EngineSetting::Sim {
                seed: seed.parse().map_err(|_| format!("the seed {seed:?} is not a number"))?,
            },
            Some(("incus", url)) if url.starts_with("unix://") || url.starts_with("https://") => {
                EngineSetting::Incus { url: url.to_owned() }
            }
            _ => return Err(format!("{engine:?} is no engine: {FORM}")),
        };
        Ok(ZoneSetting { name: name.to_owned(), engine })
    }
}

/// `list-zones`
pub async fn list(view: &View, _: Nothing) -> Result<api::Zones> {
    let cloud = &view.cloud;
    let zones = cloud
        .zones
        .iter()
        .map(|zone| api::Zone {
            name: zone.name.clone(),
            api_endpoint: format!("{}/{}/v2", cloud.origin, zone.name),
            engine: Some(zone.engine.kind().as_str().to_owned()),
            available: Some(cloud.availability.away_since(&zone.name).is_none()),
            unavailable_since: cloud.availability.away_since(&zone.name),
        })
        .collect();
    Ok(api::Zones { zones })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read_from_text() {
        let sim: ZoneSetting = "ch-gva-2=sim:7".parse().expect("a zone");
        assert_eq!(sim.engine, EngineSetting::Sim { seed: 7 });
        let incus: ZoneSetting = "a=incus:unix:///x/unix.socket".parse().expect("a zone");
        assert_eq!(incus.engine, EngineSetting::Incus { url: "unix:///x/unix.socket".into() });
        for wrong in ["", "a", "a=", "a=docker", "A=sim", "v2=sim", "a=sim:x", "a=incus:http://x"] {
            assert!(wrong.parse::<ZoneSetting>().is_err(), "{wrong}");
        }
    }
}
