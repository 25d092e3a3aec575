//! What is sent, and how it is signed: as the specification “Standard Webhooks” says it, so that its
//! libraries verify ours.

use crate::{
    audit::{self, proof::Link},
    error::{Error, Result},
    random,
};
use api::{Event, WebhookFilter};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{OrgId, Timestamp, audit::AuditResult};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue};
use serde::Serialize;
use sha2::Sha256;

/// What secrets begin with.
const PREFIX: &str = "whsec_";
const SECRET_BYTES: usize = 32;

pub fn new_secret() -> String {
    format!("{PREFIX}{}", STANDARD.encode(random::bytes::<SECRET_BYTES>()))
}

/// Whether an operation leaves events in the chain.
pub fn is_told(operation: &str) -> bool {
    operation == audit::COMPLETED || api::find_act(operation).is_some_and(|e| e.is_mutation())
}

/// Whether paths begin with it.
pub fn is_kind(name: &str) -> bool {
    audit::kinds().any(|kind| kind == name)
}

/// Whether somebody wants to be told of an event.
pub fn matches(filter: &WebhookFilter, link: &Link, event: &Event) -> bool {
    fn has<T: PartialEq>(list: &Option<Vec<T>>, is: impl Fn(&T) -> bool) -> bool {
        list.as_ref().is_none_or(|list| list.is_empty() || list.iter().any(is))
    }
    has(&filter.operations, |operation| *operation == link.operation)
        && has(&filter.results, |result| *result == AuditResult::of(link.status))
        && has(&filter.resources, |kind| audit::kind_of(&event.uri) == Some(kind))
}

/// The event of a link, as the API answers it.
pub fn event(link: &Link) -> Result<Event> {
    let event: Event = serde_json::from_str(&link.data).map_err(Error::internal)?;
    Ok(Event {
        subject_id: Some(link.subject_id.clone()).filter(|id| !id.is_empty()),
        actor: Some(link.actor.clone()),
        sequence: Some(link.sequence),
        hash: Some(link.hash.clone()),
        ..event
    })
}

/// What is sent. Without an event it is a test.
#[derive(Serialize)]
struct Message {
    r#type: &'static str,
    organization: OrgId,
    event: Option<Event>,
}

/// The body; without an event it is a test.
pub fn body(organization: OrgId, event: Option<Event>) -> Result<String> {
    let r#type = if event.is_some() { "audit.event" } else { "webhook.test" };
    serde_json::to_string(&Message { r#type, organization, event }).map_err(Error::internal)
}

/// `webhook-id`, `webhook-timestamp`, and `webhook-signature` with a signature by each secret.
pub fn headers(id: &str, at: Timestamp, body: &str, secrets: &[String]) -> Result<HeaderMap> {
    let seconds = at.unix_seconds();
    let signatures: Vec<_> =
        secrets.iter().map(|secret| signature(secret, id, seconds, body)).collect::<Result<_>>()?;
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ] {
        headers.insert(name, HeaderValue::from_str(&value).map_err(Error::internal)?);
    }
    Ok(headers)
}

/// `v1,` and the HMAC-SHA-256 over `id.seconds.body` in base64.
fn signature(secret: &str, id: &str, seconds: i64, body: &str) -> Result<String> {
    let key = STANDARD.decode(secret.trim_start_matches(PREFIX)).map_err(Error::internal)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(Error::internal)?;
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn signatures_are_those_of_the_specification() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let body = "{\"test\": 2432232314}";
        let signed = signature(secret, id, 1_614_265_330, body).unwrap_or_default();
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
