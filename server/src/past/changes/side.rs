//! One of the two instants: what the API would have answered of each thing.

use super::{Read, Shown};
use crate::{
    call::Call,
    error::{Error, Result},
    iam::decision,
    past::Past,
    view::View,
};
use api::Endpoint;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The caller may not see what there was.
pub struct Hidden;

/// What there was.
pub type Seen = std::result::Result<Option<Value>, Hidden>;

pub struct Side {
    call: Call,
    /// Lists that were read, by their operations.
    lists: HashMap<&'static str, Map<String, Value>>,
}

impl Side {
    pub fn of(view: &View, past: &Past<'_>) -> Side {
        Side { call: view.looking_at(past.cloud.clone()), lists: HashMap::new() }
    }

    /// One thing, if the caller may read it as it was then.
    pub async fn read(&mut self, shown: &Shown, id: &str) -> Result<Seen> {
        match shown.read {
            Read::One(operation) => self.one(operation, id).await,
            Read::Of(operation) => self.of_list(operation, id).await,
            Read::Only(first, (name, second)) => {
                let seen = self.one(first, id).await?;
                let Ok(Some(mut thing)) = seen else { return Ok(seen) };
                if let Ok(Some(more)) = self.one(second, id).await? {
                    thing[name] = more;
                }
                Ok(Ok(Some(thing)))
            }
        }
    }

    async fn one(&self, operation: &'static str, id: &str) -> Result<Seen> {
        let getter = endpoint(operation)?;
        let Some(found) = decision::read(&self.call, getter, id).await? else {
            return Ok(Ok(None));
        };
        let name = getter.resource().unwrap_or_default();
        Ok(match self.call.may(operation, &[(name, id)]).await? {
            true => Ok(Some(Value::Object(found))),
            false => Err(Hidden),
        })
    }

    async fn of_list(&mut self, operation: &'static str, id: &str) -> Result<Seen> {
        if !self.call.may(operation, &[]).await? {
            return Ok(Err(Hidden));
        }
        if !self.lists.contains_key(operation) {
            let list = decision::read(&self.call, endpoint(operation)?, "").await?;
            self.lists.insert(operation, list.unwrap_or_default());
        }
        let items = self.lists[operation].values().filter_map(Value::as_array).flatten();
        Ok(Ok(items.into_iter().find(|item| item["id"] == id).cloned()))
    }
}

fn endpoint(operation: &str) -> Result<&'static Endpoint> {
    api::find(operation).ok_or_else(|| Error::internal(format!("unknown operation {operation}")))
}
