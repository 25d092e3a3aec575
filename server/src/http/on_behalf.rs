//! A mutation that the platform asks for in somebody's name: through the same door as if they had
//! sent it, with their policy of now, and written down as theirs.

use super::{answers, credentials, dispatch};
use crate::{
    call::{Call, Request},
    cloud::Cloud,
    error::{Error, Result},
    principal::Principal,
    seal::sha256,
};
use std::{net::IpAddr, sync::Arc};

/// What is asked.
pub struct Mutation {
    /// `stop-instance`
    pub operation: &'static str,
    /// The path's `{id}`.
    pub id: String,
    /// Where whoever it is for has asked from.
    pub source_ip: Option<IpAddr>,
    /// Asked again under the same key, it has no second effect and is given the first answer.
    pub key: String,
}

/// The answer's JSON.
pub async fn ask(cloud: &Arc<Cloud>, principal: Principal, what: Mutation) -> Result<String> {
    let endpoint = api::find(what.operation)
        .ok_or_else(|| Error::Internal(format!("unknown operation {}", what.operation)))?;
    let uri = format!("/v2{}", api::fill(endpoint.path, &[("id", &what.id)]));
    let request = Request {
        params: vec![("id", what.id)],
        body: serde_json::json!({}),
        source_ip: what.source_ip,
        ..Request::of_platform(endpoint, uri.clone(), cloud.now())
    };
    let hash = sha256(&format!("{} {uri}", endpoint.method.as_str()));
    credentials::check_access(endpoint, Some(&principal))?;
    let scopes = answers::scopes(&principal, None, Some(&what.key), &hash, cloud.now())?;
    match Call::open(cloud.clone(), request, Some(principal)).await {
        Ok(call) => dispatch::mutate(call, scopes).await,
        Err(refused) => Err(dispatch::written_down(*refused).await),
    }
}
