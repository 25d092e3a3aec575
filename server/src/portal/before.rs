//! How a thing was before a form changes it: what a merge compares with, and what an undo goes back
//! to. Read from the API as the visitor, who so learns nothing that they may not see.

use super::{fields::given, in_process::InProcess};
use api::{
    Endpoint, RawRequest,
    forms::{EXPECT, Fields, PATH_PREFIX},
    inverse,
};
use http::header;
use serde_json::Value;

/// A thing at one version.
pub struct Before {
    pub thing: Value,
    pub etag: Option<String>,
}

/// What reads the thing that the form changes; none where nothing follows from it.
fn question(endpoint: &Endpoint, fields: &Fields) -> Option<RawRequest> {
    let of_undone = || {
        // What was made is read before it is deleted again.
        (given(fields, EXPECT).is_some() && endpoint.operation.starts_with("delete-"))
            .then(|| endpoint.operation.replacen("delete-", "get-", 1))
    };
    let read = inverse::reader(endpoint.operation).map(str::to_owned).or_else(of_undone)?;
    let read = api::find(&read)?;
    let params = params(fields);
    let params: Vec<_> = params.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Some(RawRequest {
        method: read.method,
        path_and_query: format!("/v2{}", api::fill(read.path, &params)),
        headers: Vec::new(),
        body: None,
    })
}

/// Reads it. What can't be read is refused by the form's own call, which says why.
pub async fn read(transport: &InProcess, endpoint: &Endpoint, fields: &Fields) -> Option<Before> {
    let answer = transport.call(question(endpoint, fields)?).await.ok()?;
    if !answer.status.is_success() {
        return None;
    }
    let etag = answer.headers.get(header::ETAG).and_then(|etag| etag.to_str().ok());
    Some(Before { thing: serde_json::from_str(&answer.body).ok()?, etag: etag.map(str::to_owned) })
}

/// Values of the path's parameters.
pub fn params(fields: &Fields) -> Vec<(&str, String)> {
    fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(PATH_PREFIX)?, value.clone())))
        .collect()
}
