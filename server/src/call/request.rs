//! What was asked, before anybody decides about it.

use crate::{
    error::{Error, Result},
    random,
};
use api::Endpoint;
use domain::{RequestId, Timestamp};
use std::net::IpAddr;

/// A request that found its endpoint.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: RequestId,
    pub endpoint: &'static Endpoint,
    pub params: api::Params,
    pub query: Vec<(String, String)>,
    pub body: serde_json::Value,
    /// Path as it was sent.
    pub uri: String,
    /// The zone of the address that was used, when it was a zone's.
    pub zone: Option<String>,
    pub source_ip: Option<IpAddr>,
    pub user_agent: Option<String>,
    /// Version that the caller has seen.
    pub if_match: Option<i64>,
    pub dry_run: bool,
    /// Hash of the session token that came with a sign-in: that session ends with it.
    pub replaces_session: Option<String>,
    pub started: Timestamp,
}

impl Request {
    /// What the platform asks of itself: nobody sent it.
    pub fn of_platform(endpoint: &'static Endpoint, uri: String, now: Timestamp) -> Request {
        Request {
            id: RequestId(random::id(now)),
            endpoint,
            params: Vec::new(),
            query: Vec::new(),
            body: serde_json::json!({}),
            uri,
            zone: None,
            source_ip: None,
            user_agent: None,
            if_match: None,
            dry_run: false,
            replaces_session: None,
            started: now,
        }
    }

    /// As [`Request::of_platform`], by the name of the operation and what its path names.
    pub fn by_platform(
        operation: &str,
        params: &[(&'static str, String)],
        now: Timestamp,
    ) -> Result<Request> {
        let endpoint = endpoint_of(operation)?;
        let named: Vec<_> = params.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let uri = format!("/v2{}", api::fill(endpoint.path, &named));
        Ok(Request { params: params.to_vec(), ..Request::of_platform(endpoint, uri, now) })
    }
}

/// The endpoint of an operation, or an act of the operator.
///
/// # Errors
/// [`Error::Internal`] where there is none of that name: names come from our own code.
pub fn endpoint_of(operation: &str) -> Result<&'static Endpoint> {
    api::find_act(operation)
        .ok_or_else(|| Error::internal(format!("unknown operation {operation}")))
}
