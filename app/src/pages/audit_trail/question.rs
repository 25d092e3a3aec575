//! What the address asks of the trail.

use crate::{
    pages::address,
    path,
    text::{Text, audit_trail as text},
};
use api::{ErrorBody, ListAuditTrail, PAGE_DEFAULT};
use domain::{
    Timestamp,
    audit::{AuditCalls, AuditResult},
};
use leptos_router::params::ParamsMap;

pub fn calls(calls: AuditCalls) -> Text {
    match calls {
        AuditCalls::Changes => text::CHANGES,
        AuditCalls::Reads => text::READS,
    }
}

pub fn result(result: AuditResult) -> Text {
    match result {
        AuditResult::Done => text::DONE,
        AuditResult::Refused => text::REFUSED,
        AuditResult::Failed => text::FAILED,
    }
}

/// The kinds of resources, as paths begin with them, each once.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    let kind = |path: &'static str| path.trim_start_matches('/').split(['/', ':']).next();
    let mut kinds: Vec<_> = api::ENDPOINTS.iter().filter_map(|e| kind(e.path)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.into_iter()
}

/// Reads the address. What the API knows better, it says itself.
pub fn read(query: &ParamsMap) -> Result<ListAuditTrail, ErrorBody> {
    let mut asked = ListAuditTrail { limit: Some(PAGE_DEFAULT), ..Default::default() };
    address::read(query, |name, value| {
        let text = Some(value.to_owned());
        let time = || {
            let example = || address::not_one_of(name, value, ["2026-11-21T02:46:00Z"]);
            Timestamp::parse(value).ok_or_else(example).map(Some)
        };
        match name {
            "q" => asked.q = text,
            "cursor" => asked.cursor = text,
            "operation" => asked.operation = text,
            "actor" => asked.actor = text,
            "subject-id" => asked.subject_id = text,
            "from" => asked.from = time()?,
            "to" => asked.to = time()?,
            "resource" if kinds().any(|kind| kind == value) => asked.resource = text,
            "resource" => return Err(address::not_one_of(name, value, kinds())),
            "calls" => {
                let possible = AuditCalls::ALL.iter().map(|calls| calls.as_str());
                let wrong = |_| address::not_one_of(name, value, possible);
                asked.calls = Some(value.parse().map_err(wrong)?);
            }
            "result" => {
                let possible = AuditResult::ALL.iter().map(|result| result.as_str());
                let wrong = |_| address::not_one_of(name, value, possible);
                asked.result = Some(value.parse().map_err(wrong)?);
            }
            _ => return Err(address::unknown(name)),
        }
        Ok(())
    })?;
    Ok(asked)
}

/// The address of a page of the same question.
pub fn page(asked: &ListAuditTrail, cursor: Option<String>) -> String {
    path::audit_trail_where(&ListAuditTrail { cursor, limit: None, ..asked.clone() })
}

/// Whether anything is filtered by.
pub fn is_filtered(asked: &ListAuditTrail) -> bool {
    let nothing = ListAuditTrail { limit: asked.limit, ..Default::default() };
    *asked != nothing
}
