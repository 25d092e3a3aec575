//! Whatever happens, the past stays what it was: random requests of every kind, engines that fail,
//! work that is half done, housekeeping; and at each instant the lists and details that were answered
//! then are answered again for it.

use crate::harness::{Everything, Platform, Tenant, Who, requests};
use api::{Access, Endpoint, Method};
use engine::sim::{CallName, Fault};
use serde_json::Value;
use server::housekeeping;
use std::{collections::BTreeMap, time::Duration};

const SEEDS: [u64; 2] = [1, 2];
const STEPS: usize = 40;
/// Details that are asked at each instant, beside all lists.
const DETAILS: usize = 5;
/// Of answers that were the same an instant before, one of so many is asked for again.
const SAME_LOOKED_AT: usize = 5;
/// What is not kept: it moves by itself, or gives something away.
const FORGOTTEN: [&str; 7] = [
    "request-id",
    "last-used-at",
    "presigned-url",
    "sequence",
    "attempts",
    "failing-since",
    "next-attempt-at",
];

/// A few bits that decide what happens next.
struct Pick(u64);

impl Pick {
    /// splitmix64
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

struct History {
    platform: Platform,
    acme: Tenant,
    with: Everything,
    pick: Pick,
    /// Ids by the first segment of the path, of everything that there ever was.
    known: BTreeMap<String, Vec<String>>,
}

/// What reads answered at an instant, by their paths.
type Moment = (String, BTreeMap<String, (u16, Value)>);

fn noun(endpoint: &Endpoint) -> &'static str {
    endpoint.path.trim_start_matches('/').split(['/', ':']).next().unwrap()
}

fn without_forgotten(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|name, _| !FORGOTTEN.contains(&name.as_str()));
            map.values_mut().for_each(without_forgotten);
        }
        Value::Array(items) => items.iter_mut().for_each(without_forgotten),
        _ => {}
    }
}

impl History {
    async fn read(&self, path: &str) -> (u16, Value) {
        let answer = self.platform.door.get(&self.with.session, path).await;
        let mut json = answer.json();
        without_forgotten(&mut json);
        (answer.status, json)
    }

    fn note_ids(&mut self, noun: &str, list: &Value) {
        let known = self.known.entry(noun.to_owned()).or_default();
        for item in list.as_object().into_iter().flat_map(|map| map.values()) {
            for one in item.as_array().into_iter().flatten() {
                let id = ["id", "key", "resource", "name"].iter().find_map(|n| one[*n].as_str());
                if let Some(id) = id
                    && !known.iter().any(|of| of == id)
                {
                    known.push(id.to_owned());
                }
            }
        }
    }

    /// All lists, and some details.
    async fn moment(&mut self) -> Moment {
        let now = self.platform.cloud.now().to_string();
        let mut answers = BTreeMap::new();
        let mut details = Vec::new();
        let past = api::ENDPOINTS.iter().filter(|e| api::is_known_of_the_past(e.operation));
        for endpoint in past {
            if endpoint.path.contains('{') {
                details.push(endpoint);
                continue;
            }
            let answer = self.read(endpoint.path).await;
            self.note_ids(noun(endpoint), &answer.1);
            answers.insert(endpoint.path.to_owned(), answer);
        }
        let more = [
            "/instance?state=destroyed",
            "/instance?sort=name&totals=true&limit=2",
            "/template?visibility=private",
            "/instance?q=new",
        ];
        for path in more {
            answers.insert(path.to_owned(), self.read(path).await);
        }
        for _ in 0..DETAILS {
            let endpoint = *self.pick.of(&details);
            if let Some(path) = self.path(endpoint) {
                answers.insert(path.clone(), self.read(&path).await);
            }
        }
        (now, answers)
    }

    /// With an id of something that there is or was.
    fn path(&mut self, endpoint: &Endpoint) -> Option<String> {
        let known = self.known.get(noun(endpoint)).filter(|known| !known.is_empty())?;
        let id = self.pick.of(known);
        let path = endpoint.path.replace("{field}", "labels");
        let (before, rest) = path.split_once('{')?;
        let (_, after) = rest.split_once('}')?;
        Some(format!("{before}{id}{after}"))
    }

    /// Asks for something, possible or not.
    async fn ask(&mut self, step: usize) {
        let mutations: Vec<&Endpoint> = api::ENDPOINTS
            .iter()
            .filter(|e| e.is_mutation() && e.access != Access::Public)
            .filter(|e| !e.service.is_empty() || noun(e) == "access-request")
            .collect();
        let endpoint = *self.pick.of(&mutations);
        let path = match endpoint.path.contains('{') {
            true => self.path(endpoint),
            false => Some(endpoint.path.to_owned()),
        };
        let Who::Key { key, .. } = &self.acme.owner else { unreachable!() };
        // Bodies are put together with this key.
        let Some(path) = path.filter(|path| !path.contains(key.as_str())) else { return };
        let (platform, acme, with) = (&self.platform, &self.acme, &self.with);
        let body = requests::body(platform, acme, with, endpoint.operation).await;
        let body = body.to_string().replace("new", &format!("new{step}"));
        let who = if noun(endpoint) == "access-request" && endpoint.method == Method::POST {
            &with.two_step
        } else {
            &with.session
        };
        let ask = platform.door.ask(endpoint.method.as_str(), &path).by(who);
        let answer = ask.json(&serde_json::from_str(&body).unwrap()).send().await;
        assert!(answer.status < 500, "{}: {}", endpoint.operation, answer.text());
    }

    async fn happens(&mut self, step: usize) {
        match self.pick.below(8) {
            0 => self.platform.work().await,
            1 => housekeeping::once(&self.platform.cloud).await.unwrap(),
            2 => {
                let call = *self.pick.of(&[CallName::Create, CallName::Stop, CallName::Publish]);
                let fault = *self.pick.of(&[Fault::Refuses, Fault::Unreachable]);
                self.platform.sims[0].inject(call, fault, 1);
                self.platform.work().await;
            }
            _ => self.ask(step).await,
        }
    }
}

async fn run(seed: u64) {
    println!("seed {seed}");
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let mut history = History { platform, acme, with, pick: Pick(seed), known: BTreeMap::new() };
    let mut moments = Vec::new();
    for step in 0..STEPS {
        history.happens(step).await;
        moments.push(history.moment().await);
        let millis = 1 + history.pick.below(40_000) as u64;
        history.platform.clock.advance(Duration::from_millis(millis));
    }
    let changed = moments.windows(2).filter(|pair| pair[0].1 != pair[1].1).count();
    assert!(changed > STEPS / 3, "too little happened: {changed}");
    for (n, (at, answers)) in moments.iter().enumerate() {
        let earlier = n.checked_sub(1).map(|n| &moments[n].1);
        for (path, then) in answers {
            // What is new at that instant, and some of the rest.
            let same = earlier.is_some_and(|earlier| earlier.get(path) == Some(then));
            if same && history.pick.below(SAME_LOOKED_AT) > 0 {
                continue;
            }
            let mark = if path.contains('?') { '&' } else { '?' };
            let again = history.read(&format!("{path}{mark}at={at}")).await;
            assert_eq!(&again, then, "seed {seed}: {path} at {at}");
        }
    }
    for sim in &history.platform.sims {
        sim.heal();
    }
    history.platform.finish().await;
}

#[tokio::test]
async fn whatever_happened_each_instant_is_answered_as_it_was() {
    for seed in SEEDS {
        run(seed).await;
    }
}
