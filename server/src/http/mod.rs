//! The public API over HTTP: from bytes to a call and back.

mod answer;
pub(crate) mod answers;
pub mod compression;
mod credentials;
mod dispatch;
mod export;
pub(crate) mod handlers;
mod headers;
pub mod input;
pub mod on_behalf;
pub mod openapi;
mod order;
pub(crate) mod origin;
pub mod signature;
pub mod source;
mod stream;

pub use answers::delete_expired as delete_expired_answers;
pub use dispatch::SourceIp;
pub use headers::security_headers;

use crate::cloud::Cloud;
use axum::{
    Json, Router,
    extract::{Request, State},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use http::StatusCode;
use std::sync::Arc;

/// Every route of the API. The portal stands beside it and calls it.
pub fn api_router(cloud: Arc<Cloud>) -> Router {
    Router::new()
        .route("/healthz", get(health))
        .route("/v2/openapi.json", get(document))
        .route("/v2/{*path}", any(global))
        .route("/{zone}/v2/{*path}", any(zoned))
        .route("/export/audit/{org}/{name}", get(export::audit))
        .route("/export/{id}", get(export::unnamed))
        .route("/export/{id}/{name}", get(export::named))
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
