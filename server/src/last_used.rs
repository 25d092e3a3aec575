//! When credentials were last used: noted in memory at every request, written now and then, so that
//! reading stays reading.

use crate::{cloud::Cloud, error::Result, iam, principal::Actor, sessions};
use domain::{AccessTokenId, SessionId, Timestamp};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Credential {
    Session(SessionId),
    Token(AccessTokenId),
    Key(String),
}

#[derive(Default)]
pub struct LastUsed(Mutex<HashMap<Credential, Timestamp>>);

impl LastUsed {
    pub fn note(&self, actor: &Actor, now: Timestamp) {
        let credential = match actor {
            Actor::Session { session, .. } => Credential::Session(*session),
            Actor::Token { token, .. } => Credential::Token(*token),
            Actor::Key { key, .. } => Credential::Key(key.clone()),
            Actor::System { .. } | Actor::Claimed { .. } => return,
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(credential, now);
    }
}

/// Writes what was noted since the last time.
pub async fn write(cloud: &Cloud) -> Result<()> {
    let noted =
        std::mem::take(&mut *cloud.last_used.0.lock().unwrap_or_else(PoisonError::into_inner));
    if noted.is_empty() {
        return Ok(());
    }
    let mut housekeeping = cloud.housekeeping().await?;
    for (credential, at) in noted {
        let db = housekeeping.db();
        match credential {
            Credential::Session(id) => sessions::store::touch(db, id, at).await?,
            Credential::Token(id) => iam::store::token_was_used(db, id, at).await?,
            Credential::Key(key) => iam::keys::store::key_was_used(db, &key, at).await?,
        }
    }
    housekeeping.commit().await
}
