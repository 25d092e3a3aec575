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
    /// A signature that came with an `Idempotency-Key`: another key is another request.
    pub keyed: bool,
}

/// The scopes of a mutation, in the order in which they are asked.
pub fn scopes(
    principal: &Principal,
    signature: Option<(&str, Timestamp)>,
    idempotency_key: Option<&str>,
    request_hash: &str,
    now: Timestamp,
) -> Result<Vec<Scope>> {
    let who = principal.actor.scope();
    let scope = |name: String, expires: Timestamp, keyed: bool| Scope {
        name,
        expires,
        request_hash: request_hash.to_owned(),
        keyed,
    };
    let mut scopes = Vec::new();
    if let Some((signature, expires)) = signature {
        let name = format!("signature {who} {signature}");
        scopes.push(scope(name, expires, idempotency_key.is_some()));
    }
    if let Some(key) = idempotency_key {
        let plain = key.bytes().all(|b| b.is_ascii_graphic());
        if key.is_empty() || key.len() > KEY_CHARACTERS_MAX || !plain {
            return Err(Error::invalid(format!(
                "Idempotency-Key must be 1 to {KEY_CHARACTERS_MAX} visible ASCII characters."
            )));
        }
        let name = format!("idempotency {} {who} {key}", principal.org);
        scopes.push(scope(name, now.plus(KEY_LIFETIME), false));
    }
    Ok(scopes)
}

/// The first answer, if this mutation was answered before; otherwise the act goes on and holds the
/// scopes until it ends.
pub async fn first(act: &mut Act, scopes: &[Scope]) -> Result<Option<Remembered>> {
    for scope in scopes {
        if store::hold(act, scope).await? {
            continue;
        }
        let found = store::read(act, scope).await?.ok_or_else(|| {
            Error::Conflict(
                "The same request is being answered just now: try again in a second.".into(),
            )
        })?;
        // Both came with a key of their own: the keys decide. If either came without one, it is the
        // same request, whatever was put beside the signature.
        if scope.keyed && found.keyed {
            continue;
        }
        if found.request_hash != scope.request_hash {
            return Err(Error::Conflict(
                "This Idempotency-Key was used for another request: use a new key for a new \
                 request."
                    .into(),
            ));
        }
        return Ok(Some(found));
    }
    Ok(None)
}

/// Remembers the answer, with the act.
pub async fn remember(act: &mut Act, scopes: &[Scope], body: &str) -> Result<()> {
    for scope in scopes {
        store::fill(act, scope, body).await?;
    }
    Ok(())
}
