//! The public API over HTTP: from bytes to a call and back.

mod answer;
pub(crate) mod answers;
pub mod compression;
mod credentials;
mod dispatch;
mod handlers;
mod headers;
pub mod input;
pub mod on_behalf;
pub mod openapi;
mod origin;
pub mod signature;
pub mod source;
mod stream;

pub use answers::delete_expired as delete_expired_answers;
pub use dispatch::SourceIp;
pub use headers::security_headers;

use crate::{
    cloud::Cloud,
    error::{Error, Result},
    snapshots::download,
};
use axum::{
    Json, Router,
    body::Body,
    extract::{
        Path, Query, Request, State,
        rejection::{PathRejection, QueryRejection},
    },
    response::{IntoResponse, Response},
    routing::{any, get},
};
use domain::SnapshotId;
use http::{HeaderValue, StatusCode, header};
use std::sync::Arc;

/// Every route of the API. The portal stands beside it and calls it.
pub fn api_router(cloud: Arc<Cloud>) -> Router {
    Router::new()
        .route("/healthz", get(health))
        .route("/v2/openapi.json", get(document))
        .route("/v2/{*path}", any(global))
        .route("/{zone}/v2/{*path}", any(zoned))
        .route("/export/{id}", get(export))
        .with_state(cloud)
}

async fn health(State(cloud): State<Arc<Cloud>>) -> Response {
    match cloud.db.ping().await {
        Ok(()) => (StatusCode::OK, Json(serde_json::json!({"status": "ok"}))).into_response(),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            let body = Json(serde_json::json!({"status": "the database does not answer"}));
            (StatusCode::SERVICE_UNAVAILABLE, body).into_response()
        }
    }
}

async fn document() -> Response {
    let mut response = Json(openapi::document()).into_response();
    compression::allow(&mut response);
    response
}

async fn global(State(cloud): State<Arc<Cloud>>, request: Request) -> Response {
    dispatch::handle(cloud, None, request).await
}

async fn zoned(State(cloud): State<Arc<Cloud>>, request: Request) -> Response {
    let zone = request.uri().path().split('/').nth(1).unwrap_or_default().to_owned();
    dispatch::handle(cloud, Some(zone), request).await
}

#[derive(serde::Deserialize)]
struct Signed {
    expires: i64,
    signature: String,
}

/// The file of an exported snapshot. The address itself is the credential.
async fn export(
    State(cloud): State<Arc<Cloud>>,
    id: std::result::Result<Path<SnapshotId>, PathRejection>,
    signed: std::result::Result<Query<Signed>, QueryRejection>,
) -> Response {
    let opened = match (id, signed) {
        (Ok(Path(id)), Ok(Query(signed))) => open_export(&cloud, id, &signed).await,
        _ => Err(no_export()),
    };
    match opened {
        Ok(response) => response,
        Err(error) => answer::error(&error, domain::RequestId(crate::random::id(cloud.now()))),
    }
}

fn no_export() -> Error {
    Error::NotFound(
        "This download address is not good, or not any more: read the snapshot again for a new one."
            .into(),
    )
}

async fn open_export(cloud: &Cloud, id: SnapshotId, signed: &Signed) -> Result<Response> {
    if !download::is_good(cloud, id, signed.expires, &signed.signature) {
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
    let mut response = Response::new(Body::from_stream(stream));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = format!("attachment; filename=\"snapshot-{id}\"");
    if let Ok(value) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
