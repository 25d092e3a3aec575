//! Files that were exported, behind addresses that are signed.

use super::answer;
use crate::{
    audit::{self, export::Asked},
    cloud::Cloud,
    download,
    error::{Error, Result},
};
use axum::{
    body::Body,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    response::Response,
};
use domain::{OrgId, Uuid, audit::AuditFormat};
use http::{HeaderValue, header};
use std::sync::Arc;

#[derive(serde::Deserialize)]
pub struct Signed {
    expires: i64,
    signature: String,
}

type Address = std::result::Result<Query<Signed>, QueryRejection>;

/// The file of an exported snapshot. The address itself is the credential.
pub async fn unnamed(
    State(cloud): State<Arc<Cloud>>,
    id: std::result::Result<Path<Uuid>, PathRejection>,
    signed: Address,
) -> Response {
    let named = id.map(|Path(id)| Path((id, format!("snapshot-{id}"))));
    send(&cloud, named, signed).await
}

/// The file of an exported list, under the name that it is to have on whoever's disk.
pub async fn named(
    State(cloud): State<Arc<Cloud>>,
    id_and_name: std::result::Result<Path<(Uuid, String)>, PathRejection>,
    signed: Address,
) -> Response {
    send(&cloud, id_and_name, signed).await
}

async fn send(
    cloud: &Cloud,
    id_and_name: std::result::Result<Path<(Uuid, String)>, PathRejection>,
    signed: Address,
) -> Response {
    let opened = match (id_and_name, signed) {
        (Ok(Path((id, name))), Ok(Query(signed))) => open(cloud, id, &name, &signed).await,
        _ => Err(no_export()),
    };
    match opened {
        Ok(response) => response,
        Err(error) => answer::error(&error, domain::RequestId(crate::random::id(cloud.now()))),
    }
}

#[derive(serde::Deserialize)]
pub struct Trail {
    first: i64,
    last: i64,
    expires: i64,
    signature: String,
}

/// An audit trail, read while it is sent.
pub async fn audit(
    State(cloud): State<Arc<Cloud>>,
    org_and_name: std::result::Result<Path<(OrgId, String)>, PathRejection>,
    trail: std::result::Result<Query<Trail>, QueryRejection>,
) -> Response {
    let good = |org, name: &str, Trail { first, last, expires, signature }| {
        let format = *AuditFormat::ALL.iter().find(|format| format.file_name() == name)?;
        let asked = Asked { format, first, last, expires };
        asked.is_good(&cloud, org, &signature).then_some((org, asked))
    };
    let opened = match (org_and_name, trail) {
        (Ok(Path((org, name))), Ok(Query(trail))) => good(org, &name, trail),
        _ => None,
    };
    let opened = opened.ok_or_else(no_export).and_then(|(org, asked)| {
        let pieces = audit::export::stream(cloud.clone(), org, asked)?;
        Ok(file(Body::from_stream(pieces), asked.format.file_name()))
    });
    match opened {
        Ok(response) => response,
        Err(error) => answer::error(&error, domain::RequestId(crate::random::id(cloud.now()))),
    }
}

fn no_export() -> Error {
    Error::NotFound(
        "This download address is not good, or not any more: read what was exported again for a new one."
            .into(),
    )
}

async fn open(cloud: &Cloud, id: Uuid, name: &str, signed: &Signed) -> Result<Response> {
    // The name is not signed, so it may be anything.
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c));
    if !is_plain || !download::is_good(cloud, id, signed.expires, &signed.signature) {
        return Err(no_export());
    }
    let file = tokio::fs::File::open(download::file(cloud, id)).await.map_err(|_| no_export())?;
    let length = file.metadata().await.map_err(Error::internal)?.len();
    let stream = futures::stream::try_unfold(file, |mut file| async move {
        use tokio::io::AsyncReadExt;
        let mut buffer = vec![0; 1 << 16];
        let n = file.read(&mut buffer).await?;
        buffer.truncate(n);
        Ok::<_, std::io::Error>((n > 0).then_some((buffer, file)))
    });
    let mut response = self::file(Body::from_stream(stream), name);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Ok(response)
}

/// A file that a browser saves under a name.
fn file(body: Body, name: &str) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = format!("attachment; filename=\"{name}\"");
    if let Ok(value) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
