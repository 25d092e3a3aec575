//! Answers that were given: a mutation that comes again, as a retry or a replay, gets the first
//! one's answer and has no second effect.
//!
//! A signature is remembered until it expires, an `Idempotency-Key` for a day. A signature that came
//! without a key is one request for ever; one that came with a key is one request per key, which is
//! how a client says that two equal requests within a second are two.

mod store;

use crate::{
    act::Act,
    error::{Error, Result},
    principal::Principal,
};
use domain::Timestamp;
use std::time::Duration;

pub use store::{Remembered, delete_expired};

const KEY_LIFETIME: Duration = Duration::from_secs(24 * 3_600);
const KEY_CHARACTERS_MAX: usize = 255;

/// By what a mutation is recognized.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub name: String,
    pub expires: Timestamp,
    /// SHA-256 of method, path, query and body.
    pub request_hash: String,
}

/// The scope of a mutation, when it has one.
pub fn scope(
    principal: &Principal,
    signature: Option<(&str, Timestamp)>,
    idempotency_key: Option<&str>,
    request_hash: String,
    now: Timestamp,
) -> Result<Option<Scope>> {
    if let Some(key) = idempotency_key {
        let plain = key.bytes().all(|b| b.is_ascii_graphic());
        if key.is_empty() || key.len() > KEY_CHARACTERS_MAX || !plain {
            return Err(Error::invalid("Idempotency-Key must be 1 to 255 visible ASCII characters."));
        }
    }
    let who = principal.actor.scope();
    Ok(match (signature, idempotency_key) {
        (_, Some(key)) => Some(Scope {
            name: format!("idempotency {} {who} {key}", principal.org),
            expires: now.plus(KEY_LIFETIME),
            request_hash,
        }),
        (Some((signature, expires)), None) => {
            Some(Scope { name: format!("signature {who} {signature}"), expires, request_hash })
        }
        (None, None) => None,
    })
}

/// The first answer, if this mutation was answered before; otherwise the act goes on and holds the
/// scope until it ends.
pub async fn first(act: &mut Act, scope: &Scope) -> Result<Option<Remembered>> {
    if store::hold(act, scope).await? {
        return Ok(None);
    }
    let found = store::read(act, scope).await?.ok_or_else(|| {
        Error::Conflict("The same request is being answered just now: try again in a second.".into())
    })?;
    if found.request_hash != scope.request_hash {
        return Err(Error::Conflict(
            "This Idempotency-Key was used for another request: use a new key for a new request.".into(),
        ));
    }
    Ok(Some(found))
}

/// Remembers the answer, with the act.
pub async fn remember(act: &mut Act, scope: &Scope, body: &str) -> Result<()> {
    store::fill(act, scope, body).await
}
