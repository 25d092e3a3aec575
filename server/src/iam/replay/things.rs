//! What past calls named: as it is now, or as it was when it was deleted. Each is read once, and only
//! what whoever asks may read.

use crate::{
    call::Call,
    error::Result,
    iam::decision::{self, Named},
    view::View,
};
use api::{Endpoint, Event};
use policy::Value;
use serde_json::Value as Json;
use std::collections::HashMap;

/// So many things are read for one replay.
const READS_MAX: usize = 1_000;

pub struct Things<'a> {
    view: &'a View,
    /// What was deleted, by its operation and its id.
    deleted: HashMap<(&'static str, String), &'a Json>,
    /// What was read; nothing for what may not be.
    known: HashMap<(&'static str, String), Option<Option<Value>>>,
}

impl<'a> Things<'a> {
    /// Whatever was named and is gone was deleted later, so the same events have it.
    pub fn of(view: &'a View, events: &'a [Event]) -> Things<'a> {
        let mut deleted = HashMap::new();
        for event in events {
            for (kind, was) in event.resources.iter().flatten() {
                let getter = api::find(&format!("get-{kind}"));
                let id = event.path_params.values().next().and_then(Json::as_str);
                if let (Some(getter), Some(id)) = (getter, id) {
                    deleted.insert((getter.operation, id.to_owned()), was);
                }
            }
        }
        Things { view, deleted, known: HashMap::new() }
    }

    /// What a call named; nothing when some of it can't be known.
    pub async fn named(&mut self, call: &Call) -> Result<Option<Vec<Named>>> {
        let mut all = Vec::new();
        for (getter, id) in decision::named(call) {
            let key = (getter.operation, id.clone());
            let known = match self.known.get(&key) {
                Some(known) => known.clone(),
                None if self.known.len() >= READS_MAX => return Ok(None),
                None => {
                    let read = self.read(getter, &id).await?;
                    self.known.insert(key, read.clone());
                    read
                }
            };
            let Some(value) = known else { return Ok(None) };
            all.push(Named { getter, id, value });
        }
        Ok(Some(all))
    }

    async fn read(&self, getter: &'static Endpoint, id: &str) -> Result<Option<Option<Value>>> {
        let name = getter.path.split(['{', '}']).nth(1).unwrap_or_default();
        if !self.view.may(getter.operation, &[(name, id)]).await? {
            return Ok(None);
        }
        let now = decision::read(self.view, getter, id).await?;
        let was = self.deleted.get(&(getter.operation, id.to_owned()));
        let was = was.and_then(|was| was.as_object().cloned());
        now.or(was).as_ref().map(decision::bind).transpose().map(Some)
    }
}
